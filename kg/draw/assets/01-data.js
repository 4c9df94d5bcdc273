"use strict";
// Data, state and small helpers. Text from articles reaches the page through textContent only.
const DATA = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);
const DAY = 86400000;
const SVG = "http://www.w3.org/2000/svg";
const STATUS = {
  held: { label: "held", dash: [], light: "#7d8b9b", dark: "#6f8093" },
  ongoing: { label: "ongoing", dash: [], light: "#2c8a57", dark: "#4fb37f" },
  planned: { label: "planned", dash: [9, 5], light: "#c07a12", dark: "#e0a040" },
  possible: { label: "possible", dash: [2, 5], light: "#c07a12", dark: "#e0a040" },
  postponed: { label: "postponed", dash: [9, 5], light: "#7b57b0", dark: "#b190e6" },
  cancelled: { label: "cancelled", dash: [9, 5], light: "#c0343d", dark: "#f0737a" },
  denied: { label: "denied", dash: [2, 5], light: "#c0343d", dark: "#f0737a" },
};
const RANK = Object.keys(STATUS);
const PALETTE = ["#3f76bd", "#d9534f", "#e0a03a", "#4c9f70", "#8a63b5", "#2f9fa6", "#b86b2b", "#cf78b3", "#7f8f35", "#6d7fd0"];
const OTHER = "#929daa";
const KINDS = {
  person: ["dot", "person"], group: ["square", "group, delegation"], party: ["dot", "country or party"],
  meeting: ["diamond", "meeting"], visit: ["star", "visit"], place: ["triangle", "place"],
};
const DEFAULTS = {
  view: DATA.start, q: "", country: "", topic: "", off: "", colour: "party", size: "meetings",
  least: "1", near: "", linked: "", from: "", to: "", sel: "", open: "",
};
const state = { ...DEFAULTS };
const E = DATA.events;
const root = document.documentElement;
const isDark = () => root.dataset.theme === "dark";
const css = (name) => getComputedStyle(root).getPropertyValue(name).trim();
const statusColour = (status) => STATUS[status][isDark() ? "dark" : "light"];
const key = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

function vector(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const dayText = (day) =>
  new Date(day * DAY).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const plural = (count, one, many) => `${count.toLocaleString("en-GB")} ${count === 1 ? one : many || one + "s"}`;
const hours = (minutes) => {
  const rounded = Math.round(minutes);
  if (rounded < 60) return `${rounded} min`;
  return rounded % 60 ? `${Math.floor(rounded / 60)} h ${rounded % 60} min` : `${rounded / 60} h`;
};
const webLink = (url) => (/^https?:\/\//i.test(url || "") ? url : null);

// The period of all dated events, in days since 1970.
// A vague date may be bounded on one side only: "from 15 Jun 2021 on".
const dated = E.filter((event) => event.from !== undefined || event.to !== undefined);
const FIRST = dated.length ? dated.reduce((low, event) => Math.min(low, event.from ?? event.to), Infinity) : 0;
const LAST = dated.length ? dated.reduce((high, event) => Math.max(high, event.to ?? event.from), -Infinity) : 0;

// Everything that a search looks at, once an event and once a node.
E.forEach((event) => {
  event.text = key([event.title, event.where || "", ...(event.topics || []),
    ...event.who.map((part) => `${DATA.persons[part[0]].label} ${part[1] || ""}`)].join(" "));
});
for (const view of Object.values(DATA.views)) {
  view.at = new Map(view.nodes.map((node, index) => [node.key, index]));
  view.nodes.forEach((node) => { node.text = key([node.label, ...(node.aliases || []), node.sub || ""].join(" ")); });
}
const view = () => DATA.views[state.view === "table" ? "people" : state.view] || DATA.views.people;
