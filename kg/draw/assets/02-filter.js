"use strict";
// Which events, nodes and lines are wanted now: pure functions of the data and the state.
const passing = new Uint8Array(E.length);
let shown = { nodes: [], edges: [], weight: null, events: 0 };

function passes(event) {
  if (state.off && state.off.split(",").includes(event.status)) return false;
  if (state.country !== "" && !(event.parties || []).includes(+state.country) && event.home !== +state.country) return false;
  if (state.topic && !(event.topics || []).includes(state.topic)) return false;
  if (state.from !== "" || state.to !== "") {
    if (event.from === undefined && event.to === undefined) return false;
    if (state.from !== "" && event.to < +state.from) return false;
    if (state.to !== "" && event.from > +state.to) return false;
  }
  return true;
}

function compute() {
  E.forEach((event, index) => { passing[index] = passes(event) ? 1 : 0; });
  const { nodes, edges } = view();
  const asked = E.length > 0 && passing.includes(0);
  const count = (list) => { let sum = 0; for (const index of list) sum += passing[index]; return sum; };
  const alive = new Uint8Array(nodes.length);
  nodes.forEach((node, index) => { alive[index] = node.m.length ? (count(node.m) > 0 ? 1 : 0) : asked ? 0 : 1; });
  const weight = new Uint16Array(edges.length);
  const degree = new Uint16Array(nodes.length);
  const selected = state.sel === "" ? undefined : view().at.get(state.sel);
  const near = state.near && selected !== undefined ? new Set([selected]) : null;
  const kept = [];
  edges.forEach((edge, index) => {
    if (!alive[edge.from] || !alive[edge.to]) return;
    weight[index] = Math.min(count(edge.m), 65535);
    if (weight[index] < +state.least) weight[index] = 0;
    if (weight[index] && near && (edge.from === selected || edge.to === selected)) near.add(edge.from).add(edge.to);
  });
  edges.forEach((edge, index) => {
    if (!weight[index] || (near && !(near.has(edge.from) && near.has(edge.to)))) return;
    kept.push(index);
    degree[edge.from] += 1;
    degree[edge.to] += 1;
  });
  const left = [];
  nodes.forEach((node, index) => {
    if (!alive[index] || (near && !near.has(index)) || (state.linked && !degree[index])) return;
    left.push(index);
  });
  shown = { nodes: left, edges: kept, weight, degree, events: passing.reduce((sum, one) => sum + one, 0) };
}

// The line's status: the best one among the meetings that pass.
function edgeStatus(edge) {
  let best = RANK.length - 1;
  for (const index of edge.m) if (passing[index]) best = Math.min(best, RANK.indexOf(E[index].status));
  return RANK[best];
}

function eventsOf(node) { return node.m.filter((index) => passing[index]); }

function search(text) {
  const words = key(text).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const has = (thing) => words.every((word) => thing.text.includes(word));
  const found = [];
  view().nodes.forEach((node, index) => { if (has(node)) found.push({ node: index, label: node.label }); });
  // what is called just so comes first, then what starts so, then what is linked most
  const fit = (hit) => { const name = key(hit.label); return name === words.join(" ") ? 2 : name.startsWith(words.join(" ")) ? 1 : 0; };
  const degree = (hit) => view().nodes[hit.node].degree;
  found.sort((one, other) => fit(other) - fit(one) || degree(other) - degree(one));
  const events = [];
  for (let index = 0; index < E.length && events.length < 12; index += 1) {
    if (has(E[index])) events.push({ event: index, label: E[index].title });
  }
  return [...found.slice(0, 12), ...events].slice(0, 20);
}
