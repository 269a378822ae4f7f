"use strict";
// The steps in their order, each with what it moved, what proved it, and its patch.

const words = (step) => lower([
  step.id, step.title, step.why, step.kind, step.target, ...step.hosts, ...step.notes,
  ...step.members.map((member) => member.name), ...step.files.map((file) => file.path),
  ...step.problems.map((problem) => `${problem.check ?? ""} ${problem.message}`),
].join("\n"));

function stepItem(step) {
  const moved = step.members.reduce((sum, member) => sum + member.lines, 0);
  const facts = [moved ? counted(moved, "line") : "", step.pins === null ? "" : counted(step.pins, "pin")];
  const item = el("li", { id: `step-${step.id}`, class: "step", "data-step": step.id },
    el("details", { ontoggle: (event) => { if (event.target.open && event.target === event.currentTarget) opened(event.target, step); } },
      el("summary", { tabindex: -1 },
        el("span", { class: `badge ${step.state.replaceAll(" ", "-")}` }, step.state),
        el("span", { class: "id" }, step.id), " ",
        el("span", { class: "title" }, step.title),
        el("span", { class: "facts" }, facts.filter(Boolean).join(" · "))),
      el("div", { class: "inside" })));
  return item;
}

function opened(details, step) {
  const inside = details.querySelector(".inside");
  if (inside.childNodes.length) return;
  fill(inside,
    el("p", { class: "why" }, step.why),
    step.problems.map((problem) => el("div", { class: "problem" },
      el("strong", {}, problem.check ?? "error"), " ", problem.where ? el("code", {}, problem.where) : "",
      el("p", {}, problem.message), problem.instead ? el("p", { class: "hint" }, problem.instead) : "")),
    step.notes.map((note) => el("p", { class: "note" }, note)),
    el("h3", {}, "What proved it"), proofs(step),
    step.members.length ? [el("h3", {}, "What moved"), members(step)] : "",
    step.differences.length ? [el("h3", {}, "Where the copies differed"), differences(step)] : "",
    step.files.length ? [el("h3", {}, "Files"), files(step)] : "",
    step.diff ? patch(step) : "");
}

function proofs(step) {
  const asked = step.asked.length
    ? el("details", {}, el("summary", {}, counted(step.checks, "check")), el("p", { class: "names" }, step.asked.join(", ")))
    : counted(step.checks, "check");
  const rows = [["checks with nothing to object", asked]];
  rows.push(["pins that held", step.pins === null ? "none were run" : String(step.pins)]);
  rows.push(["tests", step.tests ?? "none were run"]);
  if (step.tree) rows.push(["tree of all files written so far", el("code", {}, step.tree)]);
  if (step.commit) rows.push(["commit", el("code", {}, step.commit)]);
  return el("dl", {}, rows.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}

function members(step) {
  const place = (move, side) => el("code", {}, move.split(" -> ")[side]);
  const rows = step.members.flatMap((member) => {
    const moves = member.moves.length ? member.moves : [""];
    return moves.map((move, number) => [
      number ? "" : el("code", { class: "name" }, member.name), number ? "" : String(member.lines),
      move ? place(move, 0) : el("code", {}, member.owner), move ? place(move, 1) : "not found as text",
    ]);
  });
  return el("div", { class: "scroll" }, table(["name", "lines", "from", "to"], rows, "members"));
}

function differences(step) {
  const rows = step.differences.map((each) => [
    el("code", {}, `${each.member}:${each.line}`), each.cover || el("span", { class: "badge failed" }, "not covered"),
    each.hosts.map((host, number) => el("div", {}, `${host}: `, el("code", {}, each.values[number]))),
  ]);
  return el("div", { class: "scroll" }, table(["where", "covered by", "what each class has"], rows));
}

function files(step) {
  const blob = (hash) => (hash ? el("code", {}, hash.slice(0, 12)) : "–");
  const rows = step.files.map((file) => [el("code", {}, file.path), blob(file.before), blob(file.after)]);
  return el("div", { class: "scroll" }, table(["file", "before", "after"], rows));
}

function patch(step) {
  const kinds = [["diff --git", "file"], ["+++", "file"], ["---", "file"], ["@@", "hunk"], ["+", "plus"], ["-", "minus"]];
  const kind = (line) => kinds.find(([start]) => line.startsWith(start))?.[1] ?? "";
  const fresh = (event) => {
    const box = event.target.querySelector("pre");
    if (event.target.open && !box.childNodes.length)
      fill(box, step.diff.split("\n").map((line) => el("span", { class: kind(line) }, `${line}\n`)));
  };
  const lines = step.diff.split("\n").length;
  return el("details", { class: "patch", ontoggle: fresh },
    el("summary", {}, `The patch (${counted(lines, "line")})`), el("pre", { tabindex: 0 }));
}

function timeline() {
  fill($("timeline"), data.steps.map(stepItem));
  roving($("timeline"), ".step > details > summary")();
}

watch(() => {
  const text = lower(state.text);
  let shown = 0;
  for (const step of data.steps) {
    const fits = (!state.step || step.id === state.step)
      && (!text || words(step).includes(text))
      && (!state.target || step.files.some((file) => file.path === state.target));
    $(`step-${step.id}`).hidden = !fits;
    shown += fits;
  }
  return counted(shown, "step");
});
