"use strict";
// Controls, keyboard, and the state in the URL fragment; the page starts at the end.
function readHash() {
  const given = new URLSearchParams(location.hash.slice(1));
  for (const name of Object.keys(DEFAULTS)) state[name] = given.get(name) ?? DEFAULTS[name];
  if (state.view !== "table" && !DATA.views[state.view]) state.view = DATA.views[DEFAULTS.view] ? DEFAULTS.view : "people";
  if (!["degree", "betweenness", "meetings"].includes(state.size)) state.size = DEFAULTS.size;
}

function writeHash() {
  const kept = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) if (value !== DEFAULTS[name]) kept.set(name, value);
  const hash = kept.toString();
  if (hash !== location.hash.slice(1)) history.replaceState(null, "", `#${hash}`);
}

function set(name, value) { state[name] = value; update({}); }

function update({ fit = false, fresh = false } = {}) {
  writeHash();
  if (fresh) freshView();
  else { compute(); redraw(); }
  const index = focused();
  if (index !== undefined && nodeSet.get(index)) network.selectNodes([index]); else network.unselectAll();
  showControls();
  showLegend();
  showPanel();
  if (state.view === "table") showTable();
  if (fresh || fit) fitAll();
}

function select(name, at) {
  const change = state.view !== name && state.view !== "full";
  if (change || !view().at.has(at)) state.view = name;
  state.sel = at;
  state.open = at;
  const index = view().at.get(at);
  if (index !== undefined && !front.has(index)) pin(index);
  update({ fresh: change });
  if (index !== undefined) bringIntoView(index);
}

function openEvent(index) {
  state.open = `event:${E[index].key}`;
  if (state.view === "full" && view().at.has(E[index].key)) { select("full", E[index].key); return; }
  update({});
}

function bringIntoView(index) {
  const live = network.body.nodes[index] || view().nodes[index];
  const at = network.canvasToDOM({ x: live.x, y: live.y });
  const { clientWidth: wide, clientHeight: high } = $("net");
  if (at.x < 60 || at.y < 60 || at.x > wide - 60 || at.y > high - 60) {
    network.moveTo({ position: { x: live.x, y: live.y }, scale: Math.max(network.getScale(), 0.5) });
    touched = true;
  }
}

function showControls() {
  const names = { people: ["person", "people"], countries: ["country or party", "countries and parties"], full: ["thing", "things"] };
  const current = state.view === "table" ? "people" : state.view;
  $("summary").textContent = `${plural(shown.nodes.length, ...names[current])}, ${plural(shown.edges.length, "line")}; `
    + `${plural(shown.events, "meeting or visit", "meetings and visits")} of ${E.length.toLocaleString("en-GB")}, `
    + `from ${plural(DATA.articles.length, "article")}`;
  for (const button of $("views").children) button.setAttribute("aria-pressed", String(button.dataset.view === state.view));
  for (const name of ["q", "country", "topic", "colour", "size", "least"]) $(name).value = state[name];
  $("near").checked = !!state.near;
  $("linked").checked = !!state.linked;
  $("leastOut").textContent = state.least;
  $("table").hidden = state.view !== "table";
  const off = state.off.split(",");
  for (const box of $("statuses").querySelectorAll("input")) box.checked = !off.includes(box.value);
  const most = Math.max(1, ...view().edges.slice(0, 50000).map((edge) => edge.m.length));
  $("least").max = most;
  $("leastField").hidden = most < 2 || state.view === "full";
  $("empty").hidden = shown.nodes.length > 0 || state.view === "table";
  $("empty").textContent = E.length ? "Nothing matches these filters. Reset shows everything again." : "There are no meetings in this graph yet.";
  const part = front.size < shown.nodes.length;
  $("note").hidden = !part || state.view === "table";
  if (part) $("note").textContent = `The ${front.size.toLocaleString("en-GB")} most linked of ${shown.nodes.length.toLocaleString("en-GB")} are drawn in full; `
    + "zoom in, search or click a dot for the others";
  showPeriod();
}

// ---- period ------------------------------------------------------------------------------
function showPeriod() {
  $("period").hidden = LAST <= FIRST;
  const from = state.from === "" ? FIRST : +state.from;
  const to = state.to === "" ? LAST : +state.to;
  $("from").value = from;
  $("to").value = to;
  $("fromOut").textContent = dayText(from);
  $("toOut").textContent = dayText(to);
  const undated = E.length - dated.length;
  $("periodNote").textContent = undated ? (state.from === "" && state.to === "" ? `${undated} without a date included` : `${undated} without a date left out`) : "";
  const step = (LAST - FIRST + 1) / $("bars").children.length;
  [...$("bars").children].forEach((bar, index) => {
    const start = FIRST + index * step;
    bar.setAttribute("class", start + step > from && start <= to ? "on" : "");
  });
}

function buildPeriod() {
  for (const name of ["from", "to"]) Object.assign($(name), { min: FIRST, max: LAST, step: 1 });
  const days = LAST - FIRST + 1;
  const bins = Math.min(72, Math.max(1, days));
  const counts = new Array(bins).fill(0);
  for (const event of dated) {
    const middle = ((event.from ?? event.to) + (event.to ?? event.from)) / 2;
    counts[Math.min(bins - 1, Math.floor(((middle - FIRST) / days) * bins))] += 1;
  }
  const most = Math.max(...counts, 1);
  const wide = Math.min(8, bins * 0.3); // two days are not two walls
  $("bars").setAttribute("viewBox", `0 0 ${bins * 10} 34`);
  counts.forEach((count, index) => {
    const high = count ? Math.max(3, 32 * Math.sqrt(count / most)) : 0;
    $("bars").append(vector("rect", { x: index * 10 + 5 - wide / 2, y: 34 - high, width: wide, height: high, rx: wide / 8 }));
  });
  const slide = (name) => () => {
    let value = +$(name).value;
    if (name === "from") value = Math.min(value, +$("to").value); else value = Math.max(value, +$("from").value);
    state[name] = value === (name === "from" ? FIRST : LAST) ? "" : String(value);
    later(() => update({}), "slide");
  };
  $("from").addEventListener("input", slide("from"));
  $("to").addEventListener("input", slide("to"));
}

const waiting = new Map();
function later(action, name = action) {
  cancelAnimationFrame(waiting.get(name));
  waiting.set(name, requestAnimationFrame(action));
}

// ---- form --------------------------------------------------------------------------------
function buildForm() {
  $("country").append(make("option", { value: "" }, "all"), ...DATA.parties.map((party, index) =>
    make("option", { value: index }, `${party.label} (${party.n})`)));
  const topics = new Map();
  E.forEach((event) => (event.topics || []).forEach((topic) => topics.set(topic, (topics.get(topic) || 0) + 1)));
  const list = [...topics].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).slice(0, 300);
  $("topic").append(make("option", { value: "" }, "all"), ...list.map(([topic, n]) => make("option", { value: topic }, `${topic} (${n})`)));
  RANK.forEach((status) => {
    const n = E.filter((event) => event.status === status).length;
    if (!n) return;
    const box = make("input", { type: "checkbox", value: status });
    box.addEventListener("change", () => {
      const off = new Set(state.off.split(",").filter(Boolean));
      if (box.checked) off.delete(status); else off.add(status);
      set("off", [...off].join(","));
    });
    $("statuses").append(make("label", { class: "check" }, box, sample(status), STATUS[status].label, make("span", { class: "n" }, n)));
  });
  for (const name of ["country", "topic", "least"]) $(name).addEventListener("input", () => set(name, $(name).value));
  for (const name of ["colour", "size"]) $(name).addEventListener("input", () => { state[name] = $(name).value; measure(); update({}); });
  for (const name of ["near", "linked"]) $(name).addEventListener("change", () => set(name, $(name).checked ? "1" : ""));
  $("q").addEventListener("input", () => { state.q = $("q").value; writeHash(); showHits(); });
  $("q").addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); $("hits").querySelector("button")?.click(); } });
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("reset").addEventListener("click", () => {
    const fresh = state.view !== DEFAULTS.view;
    Object.assign(state, DEFAULTS, { view: state.view });
    pinned = new Set();
    measure();
    update({ fit: true, fresh });
    showHits();
  });
  for (const button of $("views").children) {
    button.addEventListener("click", () => changeView(button.dataset.view));
    if (button.dataset.view !== "table" && !DATA.views[button.dataset.view]) {
      button.disabled = true;
      button.title = "Too many meetings for one picture: draw a person, a country or a period";
    }
  }
  $("skip").addEventListener("click", (event) => { event.preventDefault(); changeView("table"); $("table").querySelector("button")?.focus(); });
  $("png").addEventListener("click", savePng);
  $("svg").addEventListener("click", saveSvg);
  $("theme").addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; restyle(); });
  $("in").addEventListener("click", () => zoom(1.35));
  $("out").addEventListener("click", () => zoom(1 / 1.35));
  $("fit").addEventListener("click", fitAll);
}

function changeView(name) {
  if (name === state.view) return;
  Object.assign(state, { view: name, sel: "", open: "" });
  update({ fresh: true });
  showHits();
}

function showHits() {
  $("hits").replaceChildren(...search(state.q).map((hit) => make("li", {}, make("button", {
    type: "button", onclick: () => (hit.node !== undefined ? select(state.view, view().nodes[hit.node].key) : openEvent(hit.event)),
  }, hit.label, make("small", {}, hit.node !== undefined
    ? KINDS[view().nodes[hit.node].kind][1] : [E[hit.event].kind, whenText(E[hit.event])].filter(Boolean).join(", "))))));
}

function restyle() { statusSamples(); update({}); }
function statusSamples() {
  for (const label of $("statuses").querySelectorAll("label")) label.querySelector("svg").replaceWith(sample(label.querySelector("input").value));
}
function zoom(factor) { touched = true; network.moveTo({ scale: network.getScale() * factor }); refreshWindow(); }
function refreshWindow() {
  clearTimeout(refreshWindow.timer);
  refreshWindow.timer = setTimeout(() => {
    regrow();
    if (front.size < shown.nodes.length) { redraw({ inWindow: true }); showControls(); }
  }, 140);
}
function resized() {
  if (!network) return;
  if (touched) network.setSize("100%", "100%"); else fitAll();
  network.redraw();
}

// ---- pointer and keyboard ------------------------------------------------------------------
function listen() {
  network.on("hoverNode", ({ node, pointer }) => { hovered = node; nodeTip(node); placeTip(pointer.DOM); });
  network.on("hoverEdge", ({ edge, pointer }) => { if (hovered === null) { edgeTip(edge); placeTip(pointer.DOM); } });
  network.on("blurNode", () => { hovered = null; $("tip").hidden = true; network.redraw(); });
  network.on("blurEdge", () => { if (hovered === null) $("tip").hidden = true; });
  network.on("dragStart", ({ nodes }) => { $("tip").hidden = true; if (nodes.length) wakeSprings(); });
  network.on("dragEnd", () => { touched = true; keepPositions(); restSprings(); refreshWindow(); });
  network.on("zoom", () => { touched = true; $("tip").hidden = true; refreshWindow(); });
  network.on("click", ({ nodes, edges, pointer }) => {
    if (nodes.length) select(state.view, view().nodes[nodes[0]].key);
    else if (edges.length) {
      const edge = view().edges[edges[0]];
      const named = view().nodes;
      state.open = `edge:${named[edge.from].key}|${named[edge.to].key}`;
      update({});
    } else {
      const dot = front.size < shown.nodes.length ? dotAt(pointer.canvas) : null;
      if (dot !== null) select(state.view, view().nodes[dot].key);
      else if (state.sel || state.open) { state.sel = ""; state.open = ""; update({}); }
    }
  });
  $("net").addEventListener("keydown", onKey);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { $("tip").hidden = true; closePanel(); } });
  window.addEventListener("hashchange", () => { readHash(); measure(); update({ fresh: true }); showHits(); });
  new ResizeObserver(() => later(resized)).observe($("net"));
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function onKey(event) {
  if (event.key === "+" || event.key === "=") zoom(1.35);
  else if (event.key === "-") zoom(1 / 1.35);
  else if (event.key === "0") fitAll();
  else if (event.key === "Enter" && focused() !== undefined) { state.open = state.sel; update({}); $("panel").focus(); }
  else if (ARROWS[event.key]) step(ARROWS[event.key]);
  else return;
  event.preventDefault();
}

// From the selected node to the nearest one in the arrow's direction; at first to the largest.
function step([dx, dy]) {
  const from = focused();
  const { nodes } = view();
  let best = ranking.find((index) => front.has(index));
  if (from !== undefined) {
    let least = Infinity;
    best = from;
    for (const index of front) {
      const along = (nodes[index].x - nodes[from].x) * dx + (nodes[index].y - nodes[from].y) * dy;
      const aside = Math.abs((nodes[index].x - nodes[from].x) * dy) + Math.abs((nodes[index].y - nodes[from].y) * dx);
      if (along > 1 && along + aside * 2 < least) { least = along + aside * 2; best = index; }
    }
  }
  if (best === undefined) return;
  state.sel = nodes[best].key;
  if (state.open) state.open = state.sel;
  update({});
  bringIntoView(best);
  const events = eventsOf(nodes[best]);
  $("summary").textContent = `${nodes[best].label}${nodes[best].sub ? ", " + nodes[best].sub : ""}: ${plural(events.length, "meeting or visit", "meetings and visits")}`;
}

function begin() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  root.dataset.theme = dark.matches ? "dark" : "light";
  dark.addEventListener("change", (event) => { root.dataset.theme = event.matches ? "dark" : "light"; restyle(); });
  readHash();
  buildForm();
  buildPeriod();
  freshView();
  listen();
  update({});
  fitAll(); // now that the legend has its size
  if (state.q) showHits();
  // for scripts that drive the page: tests, screen readers, notebooks
  window.dipmeet = { state, get network() { return network; }, get shown() { return shown; }, get front() { return front; }, get nodes() { return view().nodes; } };
  root.dataset.ready = "1";
}
begin();
