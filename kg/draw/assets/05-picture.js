"use strict";
// The picture as SVG (for saving and printing) and as PNG, with title and legend.
function shapePath(kind, x, y, r) {
  const poly = (points) => `M${points.map(([px, py]) => `${(x + px * r).toFixed(1)} ${(y + py * r).toFixed(1)}`).join("L")}Z`;
  switch (KINDS[kind][0]) {
    case "square": return poly([[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]]);
    case "diamond": return poly([[0, -1.1], [1.1, 0], [0, 1.1], [-1.1, 0]]);
    case "triangle": return poly([[0, -1.1], [1.05, 0.85], [-1.05, 0.85]]);
    case "star": {
      const points = [];
      for (let step = 0; step < 10; step += 1) {
        const away = step % 2 ? 0.5 : 1.2;
        points.push([away * Math.sin((step * Math.PI) / 5), -away * Math.cos((step * Math.PI) / 5)]);
      }
      return poly(points);
    }
    default: return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
  }
}

function symbol(kind, colour, open) {
  const picture = vector("svg", { width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true" });
  picture.append(vector("path", { d: shapePath(kind, 7, 7, 5), fill: open ? "none" : colour, stroke: open ? colour : "none", "stroke-width": 1.5 }));
  return picture;
}

function sample(status) {
  const picture = vector("svg", { width: 26, height: 10, "aria-hidden": "true" });
  picture.append(vector("line", { x1: 1, x2: 25, y1: 5, y2: 5, stroke: statusColour(status), "stroke-width": 2.5,
    "stroke-dasharray": STATUS[status].dash.join(" ") }));
  return picture;
}

// Which colours, shapes and lines occur in what is shown.
function legendParts() {
  const { nodes, edges } = view();
  const colours = new Map();
  const kinds = new Set();
  for (const index of shown.nodes) {
    const node = nodes[index];
    kinds.add(node.kind);
    if (["meeting", "visit", "place"].includes(node.kind)) continue;
    const group = state.colour === "community" ? node.community : node.party;
    const at = group >= 0 && group < PALETTE.length ? group : -1;
    colours.set(at, (colours.get(at) || 0) + 1);
  }
  const statuses = new Set(shown.edges.slice(0, 5000).map((at) => edgeStatus(edges[at])));
  for (const index of shown.nodes) if (nodes[index].status) statuses.add(nodes[index].status);
  return {
    colours: [...colours.keys()].sort((one, other) => (one < 0) - (other < 0) || one - other),
    kinds: Object.keys(KINDS).filter((kind) => kinds.has(kind)), statuses: RANK.filter((status) => statuses.has(status)),
  };
}

function colourName(group) {
  if (group < 0) return "other or unknown";
  return state.colour === "community" ? `community ${group + 1}` : DATA.parties[group].label;
}

function showLegend() {
  const parts = legendParts();
  const keys = $("keys");
  keys.replaceChildren();
  const add = (items) => { if (items.length) keys.append(make("div", { class: "row" }, ...items)); };
  add(parts.colours.map((group) => {
    const mark = symbol("person", group < 0 ? OTHER : PALETTE[group], false);
    if (group < 0 || state.colour === "community") return make("span", { class: "key" }, mark, colourName(group));
    return make("button", { type: "button", class: "key", title: "Show only its meetings",
      onclick: () => set("country", state.country === String(group) ? "" : String(group)) }, mark, colourName(group));
  }));
  add(parts.kinds.map((kind) => make("span", { class: "key" }, symbol(kind, css("--soft"), false), KINDS[kind][1])));
  $("legend").hidden = !shown.nodes.length;
}

function buildSvg(paper) {
  const { nodes, edges } = view();
  const box = extent();
  const places = network ? network.getPositions() : {};
  const at = (index) => places[index] || nodes[index];
  const scale = Math.max(Math.min(1400 / (box[2] - box[0] + 120), 900 / (box[3] - box[1] + 120), 1.6), 0.02);
  const wide = Math.max((box[2] - box[0]) * scale + 200, 560);
  const parts = legendParts();
  const longest = Math.min(Math.max(parts.colours.length, parts.kinds.length, parts.statuses.length), LEGEND_ROWS);
  const high = Math.max((box[3] - box[1]) * scale + 130, 260) + 64 + longest * 17;
  const colour = (name) => paper[name];
  const keep = { grow, scale: network.getScale };
  grow = growAt(scale);
  network.getScale = () => scale; // labels are planned for the picture's scale
  const picture = vector("svg", { xmlns: SVG, width: Math.round(wide), height: Math.round(high),
    viewBox: `0 0 ${Math.round(wide)} ${Math.round(high)}`, "font-family": "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif" });
  picture.append(vector("title", {}, document.title), vector("rect", { width: "100%", height: "100%", fill: colour("paper") }));
  const x = (value) => (value - (box[0] + box[2]) / 2) * scale + wide / 2;
  const y = (value) => (value - box[1]) * scale + 110;
  const lines = vector("g", { fill: "none", "stroke-linecap": "round" });
  for (const index of chooseEdges()) {
    const edge = visEdge(index);
    const one = at(edge.from);
    const other = at(edge.to);
    lines.append(vector("line", { x1: x(one.x).toFixed(1), y1: y(one.y).toFixed(1), x2: x(other.x).toFixed(1), y2: y(other.y).toFixed(1),
      stroke: edge.color.color, "stroke-opacity": edge.color.opacity, "stroke-width": (edge.width * scale).toFixed(2),
      ...(edge.dashes.length ? { "stroke-dasharray": edge.dashes.map((step) => (step * scale).toFixed(1)).join(" ") } : {}) }));
  }
  const dots = vector("g");
  const rest = vector("g", { "fill-opacity": 0.5 });
  for (const index of shown.nodes) {
    const node = nodes[index];
    const place = at(index);
    if (!front.has(index)) {
      rest.append(vector("circle", { cx: x(place.x).toFixed(1), cy: y(place.y).toFixed(1), r: 1.2, fill: colourOf(node) }));
      continue;
    }
    const open = node.status && node.status !== "held" && node.status !== "ongoing";
    dots.append(vector("path", { d: shapePath(node.kind, x(place.x), y(place.y), Math.max(sizes[index] * grow * scale, 2)),
      fill: open ? colour("paper") : colourOf(node), stroke: open ? colourOf(node) : colour("paper"), "stroke-width": 1.5 }));
  }
  const words = vector("g", { "text-anchor": "middle", "paint-order": "stroke", stroke: colour("paper"), "stroke-width": 3,
    "stroke-linejoin": "round", fill: colour("ink") });
  const pen = document.createElement("canvas").getContext("2d");
  const plan = labelPlan((node) => { const place = at(view().at.get(node.key)); return { x: x(place.x), y: y(place.y) }; }, wide, high, pen);
  grow = keep.grow;
  network.getScale = keep.scale;
  for (const label of plan) words.append(vector("text", { x: label.x.toFixed(1), y: label.y.toFixed(1), "font-size": label.type,
    ...(label.bold ? { "font-weight": 600 } : {}) }, label.text));
  const head = vector("text", { x: 28, y: 40, "font-size": 20, "font-weight": 650, fill: colour("ink") }, document.title);
  const sub = vector("text", { x: 28, y: 62, "font-size": 12.5, fill: colour("soft") }, $("summary").textContent);
  picture.append(lines, rest, dots, words, head, sub, svgLegend(parts, 28, high - longest * 17 - 18, paper));
  return picture;
}

const LEGEND_ROWS = 7;

function svgLegend(parts, left, top, paper) {
  const group = vector("g", { "font-size": 11.5, fill: paper.soft });
  let x = left;
  const column = (items, mark) => {
    items.forEach((item, index) => {
      if (index && index % LEGEND_ROWS === 0) x += 150;
      const y = top + (index % LEGEND_ROWS) * 17;
      group.append(mark(item.each, x, y), vector("text", { x: x + 34, y: y + 4 }, item.name));
    });
    x += 170;
  };
  column(parts.colours.map((each) => ({ each, name: colourName(each) })), (each, at, y) =>
    vector("circle", { cx: at + 20, cy: y, r: 5, fill: each < 0 ? OTHER : PALETTE[each] }));
  column(parts.kinds.map((each) => ({ each, name: KINDS[each][1] })), (each, at, y) =>
    vector("path", { d: shapePath(each, at + 20, y, 5), fill: paper.soft }));
  column(parts.statuses.map((each) => ({ each, name: STATUS[each].label })), (each, at, y) =>
    vector("line", { x1: at, x2: at + 27, y1: y, y2: y, stroke: statusColour(each), "stroke-width": 2.5,
      "stroke-dasharray": STATUS[each].dash.join(" ") }));
  return group;
}

function paperColours() { return { paper: css("--paper"), ink: css("--ink"), soft: css("--soft") }; }

function save(blob, name) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 5000);
}

const svgText = () => new XMLSerializer().serializeToString(buildSvg(paperColours()));
function saveSvg() { save(new Blob([svgText()], { type: "image/svg+xml" }), `${DATA.name}-${state.view}.svg`); }

function savePng() {
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement("canvas");
    canvas.width = image.width * 2;
    canvas.height = image.height * 2;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(blob, `${DATA.name}-${state.view}.png`), "image/png");
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svgText());
}

window.addEventListener("beforeprint", () => {
  const was = root.dataset.theme;
  root.dataset.theme = "light";
  if (state.view === "table") $("print").replaceChildren($("table").cloneNode(true).firstChild);
  else $("print").replaceChildren(buildSvg({ paper: "#ffffff", ink: "#000000", soft: "#444444" }));
  root.dataset.theme = was || "light";
});
window.addEventListener("afterprint", () => $("print").replaceChildren());
