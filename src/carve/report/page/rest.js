"use strict";
// Totals, faults that nobody noticed, what is left, and the start of it all.

function totals() {
  const done = data.steps.filter((step) => ["done", "already done", "nothing to do"].includes(step.state)).length;
  const sum = (name) => data.modules.reduce((all, module) => all + (module.sums[name] ?? 0), 0);
  const lines = data.modules.reduce((all, module) => all + module.rows.length, 0);
  const open = data.modules.reduce((all, module) => all + module.rows.filter((row) => howMany(module, row.held) === 0).length, 0);
  const pins = data.steps.map((step) => step.pins).filter((each) => each !== null).pop();
  const tiles = [
    [`${done} of ${data.steps.length}`, "steps done"], [sum("moved").toLocaleString("en"), "lines moved"],
    [sum("in place").toLocaleString("en"), "in place"], [sum("dropped").toLocaleString("en"), "dropped"],
    [pins === undefined ? "–" : pins.toLocaleString("en"), "pins held after the last step"],
    [data.modules.some((module) => module.scenarios.length) ? String(open) : "–", "lines that no scenario holds"],
  ];
  fill($("totals"), tiles.map(([number, name]) => el("div", { class: "tile" }, el("strong", {}, number), el("span", {}, name))));
  const accounted = `${counted(lines, "line")} of ${counted(data.modules.length, "module")} accounted for.`;
  fill(document.querySelector("footer.end"), accounted, data.base ? ` Made from commit ${data.base.slice(0, 10)}.` : "");
}

function faults() {
  const parts = data.mutation.map((module) => el("div", {},
    el("h3", {}, module.module),
    el("p", { class: "hint" }, module.total
      ? `${module.killed} of ${counted(module.total, "fault")} noticed (${module.percent} %)`
      : "No run of carve mutate is known for this text; what is listed as equivalent is shown."),
    module.survivors.length ? el("div", { class: "scroll" }, table(["where", "fault", "was", "becomes", "why that is right"],
      module.survivors.map((each) => [
        el("code", {}, `${each.member || "(module)"}${each.line ? `:${each.line}` : ""}`), each.operator,
        el("code", {}, each.was), el("code", {}, each.becomes),
        each.reason || el("span", { class: "badge failed" }, each.verdict)]), "faults")) : el("p", {}, "None.")));
  fill($("mutants"), parts.length ? parts : el("p", { class: "hint" }, "No module is taken apart by this plan."));
}

function rest() {
  const waiting = data.steps.filter((step) => !["done", "already done", "nothing to do"].includes(step.state));
  const classes = data.left.map((each) => el("details", { class: "class" },
    el("summary", {}, el("code", {}, each.class), ` ${each.lines ? `${counted(each.lines, "line")} in ${counted(each.members.length, "member")}` : "is gone"}`),
    each.members.length ? el("div", { class: "scroll" }, table(["member", "lines"], each.members.map((member) => [el("code", {}, member.name), String(member.lines)]))) : ""));
  fill($("rest"),
    el("p", {}, waiting.length ? `${counted(waiting.length, "step")} not carried out on this commit: ${waiting.map((step) => step.id).join(", ")}.` : "Every step is carried out."),
    el("h3", {}, "Still in the classes after the last step"), classes.length ? classes : el("p", {}, "Nothing."));
}

watch(() => {
  const text = lower(state.text);
  for (const row of document.querySelectorAll(".faults tbody tr"))
    row.hidden = Boolean(text) && !lower(row.textContent).includes(text);
});

function options(select, names, all) {
  fill(select, el("option", { value: "" }, all), names.map((name) => el("option", { value: name }, name)));
}

function start() {
  for (const module of data.modules) {
    module.rows = module.rows.map(([line, kind, fate, step, path, now, held], index) =>
      ({ line, kind, fate, step, path, now, held, text: module.text[index] }));
  }
  themes();
  options($("step"), data.steps.map((step) => step.id), "all steps");
  const targets = new Set(data.modules.flatMap((module) => module.rows.map((row) => whereTo(row, module))));
  options($("target"), [...targets].sort(), "anywhere");
  totals();
  timeline();
  source();
  faults();
  rest();
  picture();
  const form = document.querySelector(".filters");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => changed({ text: "", step: "", target: "" })));
  let wait = 0;
  $("text").addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => changed({ text: $("text").value.trim() }), 120);
  });
  for (const name of ["step", "target"]) $(name).addEventListener("change", () => changed({ [name]: $(name).value }));
  document.addEventListener("keydown", (event) => {
    const typing = ["INPUT", "SELECT", "TEXTAREA"].includes(event.target.tagName);
    if (event.key === "/" && !typing) { event.preventDefault(); $("text").focus(); }
    if (event.key === "Escape") changed({ text: "", step: "", target: "", pinned: false });
  });
  let resized = 0, wide = $("flow").clientWidth;
  window.addEventListener("resize", () => {
    clearTimeout(resized);
    resized = setTimeout(() => { if ($("flow").clientWidth !== wide) { wide = $("flow").clientWidth; picture(); } }, 150);
  });
  changed({});
  const named = decodeURIComponent(location.hash.slice(1));
  if (named.startsWith("step-") && $(named)) goStep(named.slice(5));
}

start();
