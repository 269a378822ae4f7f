"use strict";
// One module at a time as it was: each line with the scenarios that held it and where it is now.

function scenariosOf(module, held) {
  if (held === null) return null;
  const ranges = module.sets[held];
  if (!ranges) return [];
  return ranges.split(",").flatMap((range) => {
    const [first, last = first] = range.split("-").map(Number);
    return module.scenarios.slice(first, last + 1);
  });
}

function howMany(module, held) {
  if (held === null) return null;
  module.sizes ??= module.sets.map((_, index) => scenariosOf(module, index).length);
  return module.sizes[held];
}

const heat = (count) =>
  count === null ? "none" : count === 0 ? "open" : `heat-${Math.min(4, 1 + Math.floor(Math.log10(count) * 1.4))}`;

function lineItem(module, row) {
  const count = howMany(module, row.held);
  const went = row.fate === "in place" ? "" : row.fate === "dropped" ? "dropped" : `${short(row.path)}:${row.now}`;
  const told = count === null ? "" : `, ${count ? `held by ${counted(count, "scenario")}` : "not held"}`;
  return el("li", {
    role: "option", id: `line-${row.line}`, class: `line ${row.fate.replace(" ", "-")} ${row.kind}`, tabindex: -1,
    "aria-selected": "false", "aria-label": `Line ${row.line}: ${row.text.trim() || "blank"}. ${went || "in place"}${told}`,
    "data-line": row.line,
  },
  el("span", { class: "number" }, String(row.line)),
  el("span", { class: `heat ${heat(count)}` }, count === null ? "" : String(count)),
  el("code", {}, row.text || " "),
  el("span", { class: "went" }, went));
}

function showModule() {
  const module = data.modules[state.module];
  if (!module) return;
  for (const tab of $("modules").children) {
    const chosen = Number(tab.dataset.module) === state.module;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
  }
  const box = $("lines");
  if (box.dataset.module !== String(state.module)) {
    fill(box, module.rows.map((row) => lineItem(module, row)));
    box.dataset.module = state.module;
    Object.assign(state, { line: 0, pinned: false });
    fill($("detail"), el("p", { class: "hint" }, "Point at a line, or choose one with the arrow keys. Click or Enter keeps it here."));
  }
  const sums = Object.entries(module.sums).filter(([name, number]) => name !== "lines" && number).map(([name, number]) => `${number} ${name}`);
  const open = module.rows.filter((row) => howMany(module, row.held) === 0).length;
  const held = module.scenarios.length ? `; ${counted(module.scenarios.length, "scenario")}, ${counted(open, "line")} not held` : "; not measured here";
  fill($("module-sum"), `${module.path}: ${module.rows.length} lines = ${sums.join(" + ")}${held}`);
}

function detail(number) {
  const module = data.modules[state.module];
  const row = module.rows[number - 1];
  const names = scenariosOf(module, row.held);
  const now = row.fate === "dropped" ? `dropped (${reasons[row.kind]})` : `${row.path}:${row.now}`;
  const go = row.step ? el("button", { type: "button", onclick: () => goStep(row.step) }, row.step) : "none touched it";
  fill($("detail"),
    el("h3", {}, `Line ${row.line}`, state.pinned ? el("span", { class: "badge" }, "kept") : ""),
    el("pre", {}, row.text.trim() || " "),
    el("dl", {},
      el("dt", {}, "is"), el("dd", {}, `${row.fate} (${row.kind})`),
      el("dt", {}, "now"), el("dd", {}, el("code", {}, now)),
      el("dt", {}, "by step"), el("dd", {}, go),
      el("dt", {}, "held by"), el("dd", {}, names === null ? notRun(row, module) : names.length ? counted(names.length, "scenario") : "no scenario")),
    names?.length ? el("ul", { class: "scenarios", tabindex: 0, "aria-label": "Scenarios" }, names.map((name) => el("li", {}, name === "import" ? "import of the module" : name))) : "");
}

const reasons = {
  blank: "a blank line beside what moved", comment: "a comment that belongs to nothing any more",
  docstring: "its definition is written anew", import: "nothing there needs the import",
  header: "the class is gone", code: "the step has it elsewhere in other words",
};
const notRun = (row, module) => (module.scenarios.length ? `nothing to run (${row.kind})` : "not measured");

function goStep(id) {
  const item = $(`step-${id}`);
  if (item.hidden) changed({ text: "", step: "", target: "" });
  item.querySelector("details").open = true;
  item.querySelector("summary").focus();
  item.scrollIntoView({ block: "start" });
}

function choose(item, keep) {
  if (!item || (state.pinned && !keep)) return;
  const number = Number(item.dataset.line);
  if (keep) state.pinned = !(state.pinned && state.line === number);
  $("lines").querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
  item.setAttribute("aria-selected", "true");
  state.line = number;
  detail(number);
}

function source() {
  if (!data.modules.length) return fill($("lines"), el("li", { class: "hint" }, "No class is taken apart by this plan."));
  fill($("modules"), data.modules.map((module, number) => el("button", {
    type: "button", role: "tab", "data-module": number, "aria-controls": "lines",
    onclick: () => changed({ module: number }),
  }, el("span", { class: `dot hue-${number % 6}` }), module.classes.map((each) => each.split(":")[1]).join(", ") || short(module.path))));
  roving($("modules"), "[role=tab]", (tab) => tab.click());
  const box = $("lines"), line = (event) => event.target.closest(".line");
  box.addEventListener("mouseover", (event) => choose(line(event), false));
  box.addEventListener("focusin", (event) => choose(line(event), false));
  box.addEventListener("click", (event) => choose(line(event), true));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose(line(event), true);
  });
  state.reach = roving(box, ".line", (item) => choose(item, state.pinned));
}

watch(() => {
  if (!data.modules.length) return "";
  const text = lower(state.text);
  const fits = (module, row) => (!state.step || row.step === state.step)
    && (!state.target || whereTo(row, module) === state.target)
    && (!text || lower(row.text).includes(text) || lower(row.path).includes(text));
  const counts = data.modules.map((module) => module.rows.filter((row) => fits(module, row)).length);
  // Where this module has nothing of what is looked for, the first that has some is shown.
  if (!counts[state.module]) state.module = Math.max(0, counts.findIndex(Boolean));
  showModule();
  const module = data.modules[state.module], items = $("lines").children;
  module.rows.forEach((row, index) => { items[index].hidden = !fits(module, row); });
  state.reach();
  return counted(counts.reduce((sum, each) => sum + each, 0), "line");
});
