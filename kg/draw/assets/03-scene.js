"use strict";
// The picture: vis-network for what can be handled, a raster of dots behind it for the rest.
const LIMIT = { nodes: 450, edges: 1400, front: 260 }; // all of it up to here; beyond, so many in front
let network = null;
let nodeSet = null;
let edgeSet = null;
let front = new Set();
let pinned = new Set();
let hovered = null;
let sizes = new Float32Array(0);
let grow = 1; // far out, nodes and lines are drawn larger so that they can still be seen
let touched = false; // moved by hand: a change of size then leaves the view alone
let crowded = new Set(); // lines that stem from meetings of many alone
let ranking = [];
let backdrop = null;
let springs = 0;
const widths = new Map();

function colourOf(node) {
  if (node.kind === "meeting" || node.kind === "visit") return statusColour(node.status);
  if (node.kind === "place") return OTHER;
  const index = state.colour === "community" ? node.community : node.party;
  return index >= 0 && index < PALETTE.length ? PALETTE[index] : OTHER;
}

function measure() {
  const { nodes } = view();
  const value = (node) => (state.size === "meetings" ? node.m.length : node[state.size] || 0);
  const most = nodes.reduce((high, node) => Math.max(high, value(node)), 0) || 1;
  const base = state.view === "full" ? [5, 13] : [7, 19];
  sizes = Float32Array.from(nodes, (node) =>
    node.kind === "meeting" || node.kind === "visit" ? 7 : base[0] + base[1] * Math.sqrt(value(node) / most));
  const last = (node) => (node.kind === "meeting" || node.kind === "visit" ? 1 : 0);
  crowded = new Set();
  view().edges.forEach((edge, index) => { if (edge.m.length && edge.m.every((at) => E[at].who.length > 6)) crowded.add(index); });
  ranking = nodes.map((_, index) => index);
  ranking.sort((one, other) => last(nodes[one]) - last(nodes[other]) || sizes[other] - sizes[one] || one - other);
}

function visNode(index) {
  const node = view().nodes[index];
  const colour = colourOf(node);
  const open = node.status && node.status !== "held" && node.status !== "ongoing";
  const fill = open ? css("--paper") : colour;
  const dim = focus() && !focus().has(index);
  return {
    id: index, x: node.x, y: node.y, size: sizes[index] * grow, shape: KINDS[node.kind][0], opacity: dim ? 0.22 : 1,
    borderWidth: open ? 2 : 1, borderWidthSelected: 2.5, // vis-network keeps these at every zoom
    color: {
      background: fill, border: open ? colour : css("--halo"),
      highlight: { background: fill, border: css("--ink") }, hover: { background: fill, border: css("--ink") },
    },
  };
}

function visEdge(index) {
  const edge = view().edges[index];
  const status = edgeStatus(edge);
  const dim = focus() && edge.from !== focused() && edge.to !== focused();
  const plain = state.view === "full" && (edge.kind === "place" || edge.kind === "destination" || edge.kind === "partOf");
  return {
    id: index, from: edge.from, to: edge.to,
    width: (state.view === "full" ? 1.3 : crowded.has(index) ? 0.7 : Math.min(1.4 + 1.6 * Math.sqrt(shown.weight[index] - 1), 11)) * grow,
    dashes: (plain ? [1, 4] : STATUS[status].dash).map((step) => step * grow),
    color: { color: plain ? OTHER : statusColour(status), opacity: dim ? 0.07 : crowded.has(index) ? 0.3 : status === "held" ? 0.65 : 0.9,
      highlight: css("--ink"), hover: css("--ink") },
  };
}

// The selected node and its neighbours, or null when nothing is selected.
function focused() { return state.sel === "" ? undefined : view().at.get(state.sel); }
let focusCache = { sel: null, set: null };
function focus() {
  const index = focused();
  if (index === undefined) return null;
  if (focusCache.sel !== `${state.view} ${state.sel}` || focusCache.shown !== shown) {
    const set = new Set([index]);
    for (const at of shown.edges) {
      const edge = view().edges[at];
      if (edge.from === index) set.add(edge.to);
      if (edge.to === index) set.add(edge.from);
    }
    focusCache = { sel: `${state.view} ${state.sel}`, shown, set };
  }
  return focusCache.set;
}

// What vis-network gets: all of it, or what matters most in the window, with what was asked for.
function chooseFront(inWindow) {
  if (shown.nodes.length <= LIMIT.nodes && shown.edges.length <= LIMIT.edges) return new Set(shown.nodes);
  const wanted = new Set(shown.nodes);
  const chosen = new Set();
  for (const index of pinned) if (wanted.has(index)) chosen.add(index);
  const box = inWindow && network ? windowBox() : null;
  const { nodes } = view();
  const limit = LIMIT.front + pinned.size;
  for (const index of ranking) {
    if (chosen.size >= limit) break;
    const node = nodes[index];
    if (!wanted.has(index)) continue;
    if (box && (node.x < box[0] || node.x > box[2] || node.y < box[1] || node.y > box[3])) continue;
    chosen.add(index);
  }
  return chosen;
}

function chooseEdges() {
  const { edges } = view();
  const inside = shown.edges.filter((at) => front.has(edges[at].from) && front.has(edges[at].to));
  const limit = front.size < shown.nodes.length ? LIMIT.front * 2 : LIMIT.edges;
  if (inside.length <= limit) return inside;
  const index = focused();
  const mine = (at) => (edges[at].from === index || edges[at].to === index ? 1 : 0);
  inside.sort((one, other) => mine(other) - mine(one) || shown.weight[other] - shown.weight[one] || one - other);
  return inside.slice(0, limit);
}

function windowBox() {
  const { clientWidth: wide, clientHeight: high } = $("net");
  const low = network.DOMtoCanvas({ x: -60, y: -60 });
  const top = network.DOMtoCanvas({ x: wide + 60, y: high + 60 });
  return [low.x, low.y, top.x, top.y];
}

function redraw({ inWindow = false } = {}) {
  front = chooseFront(inWindow);
  const chosen = chooseEdges();
  const nodeItems = [...front].map(visNode);
  const edgeItems = chosen.map(visEdge);
  if (!network) start(nodeItems, edgeItems);
  else {
    replaceItems(nodeSet, nodeItems);
    replaceItems(edgeSet, edgeItems);
  }
  paintBackdrop(chosen);
  network.redraw();
}

function replaceItems(set, items) {
  const ids = new Set(items.map((item) => item.id));
  const gone = set.getIds().filter((id) => !ids.has(id));
  if (gone.length) set.remove(gone);
  set.update(items);
}

function start(nodeItems, edgeItems) {
  nodeSet = new vis.DataSet(nodeItems);
  edgeSet = new vis.DataSet(edgeItems);
  network = new vis.Network($("net"), { nodes: nodeSet, edges: edgeSet }, DATA.options);
  network.on("beforeDrawing", drawBackdrop);
  network.on("afterDrawing", drawLabels);
}

// A change of view takes new positions: the old items must not linger with equal ids.
function freshView() {
  pinned = new Set();
  front = new Set();
  backdrop = null;
  hovered = null;
  measure();
  compute();
  if (network) { edgeSet.clear(); nodeSet.clear(); }
  redraw();
  fitAll();
}

function extent() {
  const { nodes } = view();
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const index of shown.nodes) {
    const { x, y } = nodes[index];
    box[0] = Math.min(box[0], x); box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x); box[3] = Math.max(box[3], y);
  }
  return shown.nodes.length ? box : [-200, -150, 200, 150];
}

// The field beside the open legend or the one above it, whichever shows the picture larger.
function fields() {
  const { clientWidth: wide, clientHeight: high } = $("net");
  const legend = $("legend");
  if (legend.hidden || !legend.open) return [[0, 0, wide, high]];
  return [[legend.offsetWidth + 8, 0, wide, high], [0, 0, wide, high - legend.offsetHeight - 8]];
}

function fitAll() {
  network.setSize("100%", "100%"); // or vis-network keeps the size of a moment ago
  touched = false;
  const box = extent();
  const { clientWidth: wide, clientHeight: high } = $("net");
  const scaleIn = ([left, top, right, bottom]) =>
    Math.min((right - left - 140) / (box[2] - box[0] + 40), (bottom - top - 100) / (box[3] - box[1] + 40), 1.5);
  const [left, top, right, bottom] = fields().sort((one, other) => scaleIn(other) - scaleIn(one))[0];
  const scale = Math.max(scaleIn([left, top, right, bottom]), 0.02);
  network.moveTo({ scale, position: {
    x: (box[0] + box[2]) / 2 - ((left + right) / 2 - wide / 2) / scale,
    y: (box[1] + box[3]) / 2 - ((top + bottom) / 2 - high / 2) / scale,
  } });
  regrow();
}

// How much larger than life nodes and lines are drawn: far out they must be seen, but never fill the field.
function growAt(scale) {
  const box = extent();
  const field = Math.min((box[2] - box[0] + 60) * (box[3] - box[1] + 60), ($("net").clientWidth * $("net").clientHeight) / scale ** 2);
  const discs = [...front].reduce((sum, index) => sum + 3.14 * sizes[index] ** 2, 0);
  const room = Math.max(Math.sqrt((0.16 * field) / Math.max(discs, 1)), 1);
  return scale < 0.75 ? Math.min((0.75 / scale) ** 0.88, 14, room) : 1;
}

function regrow() {
  const wanted = growAt(network.getScale());
  if (Math.abs(wanted / grow - 1) < 0.1) return;
  grow = wanted;
  nodeSet.update([...front].map(visNode));
  edgeSet.update(edgeSet.getIds().map(visEdge));
}

// Everything that is not in front: dots and hair lines, painted once into a bitmap.
function paintBackdrop(chosen) {
  backdrop = null;
  if (front.size >= shown.nodes.length && chosen.length >= shown.edges.length) return;
  const { nodes, edges } = view();
  const box = extent();
  const sharp = Math.min(2400 / Math.max(box[2] - box[0], box[3] - box[1], 1), 2);
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil((box[2] - box[0] + 40) * sharp);
  canvas.height = Math.ceil((box[3] - box[1] + 40) * sharp);
  const pen = canvas.getContext("2d");
  pen.setTransform(sharp, 0, 0, sharp, (20 - box[0]) * sharp, (20 - box[1]) * sharp);
  pen.strokeStyle = isDark() ? "rgba(150,170,190,.10)" : "rgba(70,90,110,.10)";
  pen.lineWidth = 0.7 / sharp;
  const lines = shown.edges.length > 12000
    ? [...shown.edges].sort((one, other) => shown.weight[other] - shown.weight[one] || one - other).slice(0, 12000)
    : shown.edges;
  pen.beginPath();
  for (const at of lines) {
    const one = nodes[edges[at].from];
    const other = nodes[edges[at].to];
    pen.moveTo(one.x, one.y);
    pen.lineTo(other.x, other.y);
  }
  pen.stroke();
  const dot = Math.max(4.5 / sharp, 6);
  pen.globalAlpha = 0.55;
  for (const index of shown.nodes) {
    if (front.has(index)) continue;
    pen.fillStyle = colourOf(nodes[index]);
    pen.fillRect(nodes[index].x - dot / 2, nodes[index].y - dot / 2, dot, dot);
  }
  backdrop = { canvas, x: box[0] - 20, y: box[1] - 20, wide: canvas.width / sharp, high: canvas.height / sharp };
}

function drawBackdrop(pen) {
  if (backdrop) pen.drawImage(backdrop.canvas, backdrop.x, backdrop.y, backdrop.wide, backdrop.high);
}

// The dot behind a click where vis-network has nothing.
function dotAt(pointer) {
  const { nodes } = view();
  let best = null;
  let least = 14 / network.getScale();
  for (const index of shown.nodes) {
    const away = Math.hypot(nodes[index].x - pointer.x, nodes[index].y - pointer.y);
    if (away < least) { least = away; best = index; }
  }
  return best;
}

function pin(index) {
  pinned.add(index);
  const mine = shown.edges.map((at) => view().edges[at]).filter((edge) => edge.from === index || edge.to === index);
  mine.sort((one, other) => other.m.length - one.m.length);
  for (const edge of mine.slice(0, 60)) pinned.add(edge.from).add(edge.to);
}

// Labels keep their size at every zoom, the most important first. Each takes the free side of its
// node; one that would cover another label waits for a nearer look.
function labelPlan(toScreen, wide, high, pen) {
  const scale = network.getScale();
  const discs = [...front].map((index) => ({ index, at: toScreen(view().nodes[index]), r: sizes[index] * grow * scale }))
    .filter(({ at }) => at.x > -80 && at.y > -20 && at.x < wide + 80 && at.y < high + 20);
  const seen = new Map(discs.map((disc) => [disc.index, disc]));
  const taken = margins(wide, high);
  const plan = [];
  const near = focus();
  for (const index of labelOrder(near)) {
    if (plan.length > 220) break;
    const disc = seen.get(index);
    if (!disc || !wantsLabel(index, scale)) continue;
    const label = { index, ...lettering(index), dim: near && !near.has(index) };
    if (!widths.has(label.font + label.text)) { pen.font = label.font; widths.set(label.font + label.text, pen.measureText(label.text).width); }
    const place = freeSide(disc, widths.get(label.font + label.text), label.type, taken, discs);
    if (!place) continue;
    taken.push(place.box);
    plan.push({ ...label, x: place.x, y: place.y });
  }
  return plan;
}

// Where no label may be: outside, and under the buttons and the legend.
function margins(wide, high) {
  const around = [[-999, -999, 2, high + 999], [wide - 2, -999, wide + 999, high + 999], [-999, -999, wide + 999, 2]];
  if (wide !== $("net").clientWidth) return around; // a picture to be saved has none
  for (const id of ["zoom", "legend"]) {
    const part = $(id);
    around.push([part.offsetLeft, part.offsetTop, part.offsetLeft + part.offsetWidth, part.offsetTop + part.offsetHeight]);
  }
  return around;
}

function labelOrder(near) {
  const order = ranking.filter((index) => front.has(index));
  if (near) order.sort((one, other) => (near.has(other) ? 1 : 0) - (near.has(one) ? 1 : 0));
  return [...new Set([hovered, focused(), ...order])].filter((index) => index !== null && index !== undefined && front.has(index));
}

const isStrong = (index) => index === hovered || index === focused();
function wantsLabel(index, scale) {
  return view().nodes[index].kind !== "meeting" || isStrong(index) || scale > 0.9 || shown.nodes.length <= 40;
}

function lettering(index) {
  const node = view().nodes[index];
  const soft = node.kind === "meeting" || node.kind === "visit" || node.kind === "place";
  const type = isStrong(index) ? 13.5 : soft ? 11 : 12.5;
  const bold = isStrong(index) || sizes[index] > 18;
  const text = node.label.length > 34 ? node.label.slice(0, 33) + "…" : node.label;
  return { text, type, soft, bold, font: `${bold ? 600 : 400} ${type}px ${FONT}` };
}

function freeSide({ index, at, r }, width, type, taken, discs) {
  const half = width / 2;
  const sides = [[0, r + type * 0.95], [0, -r - type * 0.35], [r + half + 5, type * 0.35], [-r - half - 5, type * 0.35]];
  let best = null;
  for (const [dx, dy] of sides) {
    const x = at.x + dx;
    const y = at.y + dy;
    const box = [x - half - 3, y - type * 0.85, x + half + 3, y + type * 0.3];
    if (!isStrong(index) && taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) continue;
    let covers = 0;
    for (const disc of discs) {
      if (disc.index !== index && disc.at.x + disc.r > box[0] && disc.at.x - disc.r < box[2] && disc.at.y + disc.r > box[1] && disc.at.y - disc.r < box[3]) covers += 1;
    }
    if (!best || covers < best.covers) best = { x, y, box, covers };
    if (!covers) break;
  }
  return best && (!best.covers || isStrong(index) || (sizes[index] > 18 && best.covers < 2)) ? best : null;
}
const FONT = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif';

function drawLabels(pen) {
  const { clientWidth: wide, clientHeight: high } = $("net");
  const ratio = pen.canvas.width / pen.canvas.clientWidth || 1;
  for (const id of network.getSelectedNodes()) if (!nodeSet.get(id)) network.unselectAll();
  pen.save();
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.textAlign = "center";
  pen.lineJoin = "round";
  const positions = network.body.nodes; // dragged nodes have left their stored place
  const place = (node) => {
    const live = positions[view().at.get(node.key)];
    return network.canvasToDOM(live ? { x: live.x, y: live.y } : node);
  };
  for (const label of labelPlan(place, wide, high, pen)) {
    pen.globalAlpha = label.dim ? 0.25 : 1;
    pen.font = label.font;
    pen.strokeStyle = css("--halo");
    pen.lineWidth = 3.5;
    pen.strokeText(label.text, label.x, label.y);
    pen.fillStyle = label.soft ? css("--soft") : css("--ink");
    pen.fillText(label.text, label.x, label.y);
  }
  pen.restore();
}

// Springs answer a drag and rest soon afterwards.
function wakeSprings() {
  if (shown.nodes.length > DATA.physicsLimit || springs) return;
  springs = 1;
  network.setOptions({ physics: { enabled: true } });
}

function restSprings() {
  if (!springs) return;
  clearTimeout(restSprings.timer);
  restSprings.timer = setTimeout(() => {
    network.setOptions({ physics: { enabled: false } });
    springs = 0;
    keepPositions();
  }, 1200);
}

function keepPositions() {
  const places = network.getPositions();
  for (const [id, at] of Object.entries(places)) Object.assign(view().nodes[id], { x: at.x, y: at.y });
}
