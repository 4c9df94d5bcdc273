"use strict";
// The chart from its specification; the menu saves it, and offers nothing that would leave the page.
const spec = JSON.parse(document.getElementById("spec").textContent);
vegaEmbed("#chart", spec, {
  renderer: "svg",
  actions: { export: true, source: false, compiled: false, editor: false },
  downloadFileName: document.title,
}).then(() => { document.documentElement.dataset.ready = "1"; });
