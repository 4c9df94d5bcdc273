"use strict";
// What a hover and a click tell: facts, sentences, articles. Also the table of all meetings.
const personName = (index) => DATA.persons[index].label;
const partyName = (index) => (index >= 0 ? DATA.parties[index].label : "");

function chip(event) {
  const info = STATUS[event.status];
  const element = make("span", { class: info.dash.length ? "chip dashed" : "chip" }, info.label);
  element.style.setProperty("--c", statusColour(event.status));
  return element;
}

function whenText(event) {
  if (event.date) return event.date;
  return event.kind === "visit" ? "" : "date not told";
}

const MODES = { phone: "by phone", video: "by video", "in-person": "in person" };

function factLine(event) {
  return [whenText(event), event.where, event.long, event.mode && event.mode !== "in-person" ? MODES[event.mode] : ""]
    .filter(Boolean).join(" · ");
}

function brief(event, withTitle) {
  const quote = (event.quotes || [])[0];
  return make("div", { class: "meeting" },
    withTitle ? make("b", {}, event.title) : null,
    make("p", { class: "facts" }, chip(event), factLine(event)),
    event.topics && event.topics.length ? make("p", { class: "facts" }, "On " + event.topics.slice(0, 6).join(", ")) : null,
    quote ? make("blockquote", {}, quote[1].length > 220 ? quote[1].slice(0, 219) + "…" : quote[1]) : null);
}

// ---- hover ---------------------------------------------------------------------------
function nodeTip(index) {
  const node = view().nodes[index];
  const events = eventsOf(node);
  const tip = $("tip");
  if (node.event !== undefined) {
    tip.replaceChildren(make("strong", {}, node.label), brief(E[node.event], false));
    return;
  }
  const linked = shown.degree[index];
  tip.replaceChildren(
    make("strong", {}, node.label),
    make("p", { class: "sub" }, [node.sub, node.kind === "party" ? "" : partyName(node.party)].filter(Boolean).join(" · ")),
    make("p", { class: "sub" }, `${plural(events.length, "meeting or visit", "meetings and visits")}, ${plural(linked, "line")}`));
  if (events.length) tip.append(brief(E[events[events.length - 1]], true));
}

function edgeTip(index) {
  const edge = view().edges[index];
  const { nodes } = view();
  const events = edge.m.filter((each) => passing[each]);
  const minutes = events.reduce((sum, each) => sum + (E[each].minutes || 0), 0);
  $("tip").replaceChildren(
    make("strong", {}, `${nodes[edge.from].label} – ${nodes[edge.to].label}`),
    make("p", { class: "sub" }, [plural(events.length, "meeting"), minutes ? `${hours(minutes)} told` : ""].filter(Boolean).join(" · ")),
    ...events.slice(-3).reverse().map((each) => brief(E[each], events.length > 1)));
  if (events.length > 3) $("tip").append(make("p", { class: "sub" }, `… and ${events.length - 3} more: click`));
}

function placeTip(pointer) {
  const tip = $("tip");
  tip.hidden = false;
  const { clientWidth: wide, clientHeight: high } = $("stage");
  const x = pointer.x + 16 + tip.offsetWidth > wide ? Math.max(pointer.x - 16 - tip.offsetWidth, 4) : pointer.x + 16;
  const y = Math.max(4, Math.min(pointer.y + 12, high - tip.offsetHeight - 4));
  tip.style.left = `${x}px`;
  tip.style.top = `${y}px`;
}

// ---- panel ---------------------------------------------------------------------------
function articleLink(index) {
  const article = DATA.articles[index];
  const url = webLink(article.url);
  const words = [article.title, article.publisher, article.published].filter(Boolean).join(", ");
  return url ? make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, words) : document.createTextNode(words);
}

function quoteBlock(quote) {
  const [article, text, properties, accepted] = quote;
  return make("blockquote", accepted === 0 ? { class: "overruled" } : {}, `“${text}”`,
    make("footer", {}, articleLink(article),
      properties.length ? ` — for ${properties.join(", ")}` : "",
      accepted === 0 ? make("span", { class: "warn" }, " (other articles say otherwise)") : ""));
}

function row(list, name, value) {
  if (value) list.append(make("dt", {}, name), make("dd", {}, value));
}

function card(index, level = "h3") {
  const event = E[index];
  const list = make("dl");
  const who = make("span");
  event.who.forEach(([person, role, party], at) => {
    if (at) who.append("; ");
    who.append(make("button", { type: "button", class: "link", onclick: () => select("people", DATA.persons[person].key) }, personName(person)));
    const extra = [role, partyName(party)].filter(Boolean).join(", ");
    if (extra) who.append(` (${extra})`);
  });
  row(list, "Who", who);
  row(list, "When", whenText(event));
  row(list, "Where", event.where);
  row(list, "How long", event.long);
  row(list, "How", MODES[event.mode]);
  row(list, "On", (event.topics || []).join(", "));
  row(list, "Outcome", (event.outcomes || []).join("; "));
  row(list, "Within", event.within);
  if (event.disputed) row(list, "Disputed", make("span", { class: "warn" }, event.disputed.join(", ")));
  const quotes = (event.quotes || []).map(quoteBlock);
  const told = make("p", { class: "facts" }, "Reported by ");
  (event.articles || []).slice(0, 8).forEach((article, at) => told.append(at ? "; " : "", articleLink(article)));
  return make("article", { class: "card", "data-event": event.key },
    make(level, {}, event.title), make("p", {}, chip(event), event.kind === "visit" ? "visit" : "meeting"), list, ...quotes,
    event.more ? make("p", { class: "facts" }, `${plural(event.more, "more sentence")} in the graph`) : null,
    event.articles && event.articles.length ? told : null);
}

function fillPanel(title, sub, events) {
  const panel = $("panel");
  const first = events.slice(0, 40);
  panel.replaceChildren(
    make("button", { type: "button", class: "close", "aria-label": "Close", onclick: closePanel }, "×"),
    make("h2", {}, title), make("p", { class: "sub" }, sub), ...first.map((index) => card(index)));
  if (events.length > first.length) panel.append(make("p", { class: "facts" }, `${events.length - first.length} more: narrow the period or a filter`));
  panel.hidden = false;
  panel.scrollTop = 0;
}

function closePanel() {
  if ($("panel").hidden) return;
  $("panel").hidden = true;
  state.open = "";
  state.sel = "";
  update({});
}

// `open` in the state: "edge:one|other", "event:key", or the key of a node.
function showPanel() {
  if (!state.open) { $("panel").hidden = true; return; }
  const { nodes, edges, at } = view();
  if (state.open.startsWith("event:")) {
    const index = E.findIndex((event) => event.key === state.open.slice(6));
    if (index >= 0) fillPanel(E[index].title, factLine(E[index]), [index]);
    return;
  }
  if (state.open.startsWith("edge:")) {
    const [one, other] = state.open.slice(5).split("|").map((each) => at.get(each));
    const edge = edges.find((each) => (each.from === one && each.to === other) || (each.from === other && each.to === one));
    if (!edge) return;
    const events = edge.m.filter((each) => passing[each]);
    fillPanel(`${nodes[one].label} – ${nodes[other].label}`, plural(events.length, "meeting"), [...events].reverse());
    return;
  }
  const node = nodes[at.get(state.open)];
  if (!node) return;
  if (node.event !== undefined) { fillPanel(node.label, factLine(E[node.event]), [node.event]); return; }
  const events = eventsOf(node);
  const sub = [node.sub, node.kind === "party" ? "" : partyName(node.party),
    (node.aliases || []).length ? `also ${node.aliases.join(", ")}` : "", plural(events.length, "meeting or visit", "meetings and visits")];
  fillPanel(node.label, sub.filter(Boolean).join(" · "), [...events].reverse());
}

// ---- table ---------------------------------------------------------------------------
const COLUMNS = [
  ["Date", (event) => whenText(event), (event) => event.from ?? event.to ?? 1e9],
  ["What", (event) => event.title, (event) => event.title],
  ["Where", (event) => event.where || "", (event) => event.where || "~"],
  ["How long", (event) => event.long || "", (event) => -(event.minutes || 0)],
  ["Topics", (event) => (event.topics || []).join(", "), (event) => (event.topics || ["~"])[0]],
  ["Status", (event) => event.status, (event) => RANK.indexOf(event.status)],
];
let sorted = 0;
let rows = 400;

function showTable() {
  const events = E.map((_, index) => index).filter((index) => passing[index]);
  const by = COLUMNS[sorted][2];
  events.sort((one, other) => (by(E[one]) < by(E[other]) ? -1 : by(E[one]) > by(E[other]) ? 1 : one - other));
  const head = make("tr", {}, ...COLUMNS.map(([name], index) =>
    make("th", { scope: "col", "aria-sort": index === sorted ? "ascending" : null },
      make("button", { type: "button", onclick: () => { sorted = index; showTable(); } }, index === sorted ? `${name} ↓` : name))));
  const body = make("tbody", {}, ...events.slice(0, rows).map((index) => make("tr", {},
    ...COLUMNS.map(([name, text]) => make("td", { class: name === "Date" ? "num" : null },
      name === "What" ? make("button", { type: "button", class: "link", onclick: () => openEvent(index) }, text(E[index]))
        : name === "Status" ? chip(E[index]) : text(E[index]))))));
  $("table").replaceChildren(make("table", {}, make("caption", {}, `${plural(events.length, "meeting or visit", "meetings and visits")} that match`),
    make("thead", {}, head), body));
  if (events.length > rows) {
    $("table").append(make("button", { type: "button", onclick: () => { rows += 1000; showTable(); } }, `Show more (${events.length - rows} left)`));
  }
}
