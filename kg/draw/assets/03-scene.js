"use strict";
// The picture: vis-network for what can be handled, a raster of dots behind it for the rest.
const LIMIT = { nodes: 450, edges: 1400 };
let network = null;
let nodeSet = null;
let edgeSet = null;
let front = new Set();
let pinned = new Set();
let hovered = null;
let sizes = new Float32Array(0);
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
    id: index, x: node.x, y: node.y, size: sizes[index], shape: KINDS[node.kind][0], opacity: dim ? 0.22 : 1,
    borderWidth: open ? 2 : 1.5, borderWidthSelected: 3,
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
    width: state.view === "full" ? 1.2 : Math.min(1.1 + 1.5 * Math.sqrt(shown.weight[index] - 1), 11),
    dashes: plain ? [1, 4] : STATUS[status].dash.length ? STATUS[status].dash : false,
    color: { color: plain ? OTHER : statusColour(status), opacity: dim ? 0.07 : status === "held" ? 0.55 : 0.9,
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
  const limit = Math.min(LIMIT.nodes, shown.nodes.length) + pinned.size;
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
  if (inside.length <= LIMIT.edges) return inside;
  const index = focused();
  const mine = (at) => (edges[at].from === index || edges[at].to === index ? 1 : 0);
  inside.sort((one, other) => mine(other) - mine(one) || shown.weight[other] - shown.weight[one] || one - other);
  return inside.slice(0, LIMIT.edges);
}

function windowBox() {
  const { clientWidth: wide, clientHeight: high } = $("net");
  const low = network.DOMtoCanvas({ x: -60, y: -60 });
  const top = network.DOMtoCanvas({ x: wide + 60, y: high + 60 });
  return [low.x, low.y, top.x, top.y];
}

function redraw({ fit = false, inWindow = false } = {}) {
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
  if (fit) fitAll();
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
  hovered = null;
  measure();
  compute();
  if (network) { edgeSet.clear(); nodeSet.clear(); }
  redraw({ fit: true });
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

function fitAll() {
  const box = extent();
  const { clientWidth: wide, clientHeight: high } = $("net");
  const scale = Math.min((wide - 130) / (box[2] - box[0] + 60), (high - 110) / (box[3] - box[1] + 60), 1.5);
  network.moveTo({ position: { x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 }, scale: Math.max(scale, 0.02) });
}

// Everything that is not in front: dots and hair lines, painted once into a bitmap.
function paintBackdrop(chosen) {
  backdrop = null;
  if (front.size >= shown.nodes.length && chosen.length >= shown.edges.length) return;
  const { nodes, edges } = view();
  const box = extent();
  const grow = Math.min(2000 / Math.max(box[2] - box[0], box[3] - box[1], 1), 2);
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil((box[2] - box[0] + 40) * grow);
  canvas.height = Math.ceil((box[3] - box[1] + 40) * grow);
  const pen = canvas.getContext("2d");
  pen.setTransform(grow, 0, 0, grow, (20 - box[0]) * grow, (20 - box[1]) * grow);
  pen.strokeStyle = isDark() ? "rgba(150,170,190,.10)" : "rgba(70,90,110,.10)";
  pen.lineWidth = 0.7 / grow;
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
  const dot = Math.max(1.1 / grow, 3);
  pen.globalAlpha = 0.5;
  for (const index of shown.nodes) {
    if (front.has(index)) continue;
    pen.fillStyle = colourOf(nodes[index]);
    pen.fillRect(nodes[index].x - dot / 2, nodes[index].y - dot / 2, dot, dot);
  }
  backdrop = { canvas, x: box[0] - 20, y: box[1] - 20, wide: canvas.width / grow, high: canvas.height / grow };
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

// Labels keep their size at every zoom, the most important first; one that would cover another waits.
function labelPlan(toScreen, wide, high, pen) {
  const { nodes } = view();
  const taken = [];
  const plan = [];
  const scale = network.getScale();
  const near = focus();
  const order = ranking.filter((index) => front.has(index));
  if (near) order.sort((one, other) => (near.has(other) ? 1 : 0) - (near.has(one) ? 1 : 0));
  if (hovered !== null && front.has(hovered)) order.unshift(hovered);
  const done = new Set();
  for (const index of order) {
    if (plan.length > 220) break;
    if (done.has(index)) continue;
    done.add(index);
    const node = nodes[index];
    const strong = index === hovered || index === focused();
    if (node.kind === "meeting" && !strong && scale < 0.9 && shown.nodes.length > 40) continue;
    const at = toScreen(node);
    if (at.x < -80 || at.y < -20 || at.x > wide + 80 || at.y > high + 20) continue;
    const type = strong ? 13.5 : node.kind === "meeting" || node.kind === "visit" || node.kind === "place" ? 11 : 12.5;
    const text = node.label.length > 34 ? node.label.slice(0, 33) + "…" : node.label;
    const font = `${strong || sizes[index] > 18 ? 600 : 400} ${type}px ${FONT}`;
    const key_ = font + text;
    if (!widths.has(key_)) { pen.font = font; widths.set(key_, pen.measureText(text).width); }
    const half = widths.get(key_) / 2;
    const y = at.y + sizes[index] * scale + type * 0.95;
    const box = [at.x - half - 3, y - type + 1, at.x + half + 3, y + 4];
    if (!strong && taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) continue;
    taken.push(box);
    plan.push({ index, text, font, type, x: at.x, y, dim: near && !near.has(index), soft: type === 11 });
  }
  return plan;
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
