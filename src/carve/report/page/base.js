"use strict";
// Text reaches the page as text nodes alone, so nothing in a name or a line is ever markup.
const data = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);
const state = { text: "", step: "", target: "", module: 0, line: 0, pinned: false };
const watchers = [];

function el(tag, facts = {}, ...children) {
  const svg = ["svg", "g", "path", "rect", "text", "title"].includes(tag);
  const made = svg
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  for (const [key, value] of Object.entries(facts)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat(9).filter((child) => child !== null && child !== undefined));
  return made;
}

const fill = (node, ...children) => node.replaceChildren(...children.flat(9));
const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
const short = (path) => path.split("/").pop();
const lower = (text) => text.toLowerCase();

// What a line is called where it went: its file, or that it is nowhere.
const whereTo = (row, module) =>
  row.fate === "dropped" ? "dropped" : row.path === module.path ? `stays in ${short(row.path)}` : row.path;

function table(head, rows, kind = "") {
  return el("table", { class: kind },
    el("thead", {}, el("tr", {}, head.map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", {}, rows.map((row) => el("tr", {}, row.map((cell) => el("td", {}, cell))))));
}

// Arrow keys go through a list of things of which one at a time can be reached with Tab.
function roving(box, choose, onchoice = () => {}) {
  const all = () => [...box.querySelectorAll(choose)].filter((each) => !each.closest("[hidden]"));
  const mark = (wanted) => {
    for (const each of all()) each.tabIndex = each === wanted ? 0 : -1;
  };
  box.addEventListener("keydown", (event) => {
    const items = all();
    const at = items.indexOf(event.target);
    const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, PageDown: 20, PageUp: -20 };
    let next = null;
    if (at < 0) return;
    if (event.key in steps) next = Math.min(items.length - 1, Math.max(0, at + steps[event.key]));
    if (event.key === "Home") next = 0;
    if (event.key === "End") next = items.length - 1;
    if (next === null) return;
    event.preventDefault();
    mark(items[next]);
    items[next].focus();
    onchoice(items[next]);
  });
  box.addEventListener("focusin", (event) => {
    if (all().includes(event.target)) mark(event.target);
  });
  return () => mark(all().find((each) => each.tabIndex === 0) ?? all()[0]);
}

function watch(watcher) {
  watchers.push(watcher);
}

function changed(facts) {
  Object.assign(state, facts);
  const found = watchers.map((watcher) => watcher()).filter(Boolean);
  $("count").value = state.text || state.step || state.target ? found.join(", ") : "";
  if ($("text").value !== state.text) $("text").value = state.text;
  $("step").value = state.step;
  $("target").value = state.target;
}

function theme(chosen) {
  if (chosen === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
  for (const button of document.querySelectorAll("[data-theme][type=button]"))
    button.setAttribute("aria-pressed", String(button.dataset.theme === chosen));
  try {
    localStorage.setItem("carve-theme", chosen);
  } catch {
    // Where nothing may be kept, the choice holds for this visit.
  }
}

function themes() {
  let kept = "auto";
  try {
    kept = localStorage.getItem("carve-theme") ?? "auto";
  } catch {
    // The default is as good.
  }
  for (const button of document.querySelectorAll("[data-theme][type=button]"))
    button.addEventListener("click", () => theme(button.dataset.theme));
  theme(["light", "dark"].includes(kept) ? kept : "auto");
}
