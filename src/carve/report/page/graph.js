"use strict";
// The graph of a class, and what there is to say about it.

const byName = new Map(data.members.map((member) => [member.name, member]));
const facts = { chosen: "", kept: false };

function shown() {
  const box = $("picture"), parts = placed(), width = Math.max(300, box.clientWidth);
  if (!parts.length) return fill(box, el("p", { class: "hint" }, "The class has no members."));
  const look = looked(parts, width);
  const uses = data.edges.map((edge) => {
    const [a, b] = [look.spots.get(edge.source), look.spots.get(edge.target)];
    return el("path", { d: look.curve(a, b), class: `use ${edge.relation} ${a.part.hue}`, "data-source": edge.source, "data-target": edge.target });
  });
  const members = [...look.spots].map(([name, spot]) => {
    const [x, y] = spot.mark, [tx, ty] = spot.end, member = byName.get(name);
    const round = ["method", "property"].includes(member.kind);
    const dot = round ? `M${x - 4},${y}a4,4 0 1 0 8,0a4,4 0 1 0 -8,0` : `M${x - 3.5},${y - 3.5}h7v7h-7z`;
    const told = `${name}, ${member.kind}, ${counted(member.lines, "line")}, ${spot.part.title}`;
    const turned = `rotate(${spot.degrees.toFixed(2)} ${tx.toFixed(1)} ${ty.toFixed(1)})`;
    return el("g", {
      class: `member ${spot.part.hue}`, tabindex: -1, role: "button", "aria-label": told, "data-name": name,
      onpointerenter: () => light(name), onpointerleave: () => light(""), onfocus: () => light(name), onblur: () => light(""),
      onclick: () => keep(name), onkeydown: (event) => pressed(event, name),
    },
    el("rect", { class: "hit", x: spot.flip ? tx - 120 : tx - 14, y: ty - 8, width: 134, height: 16, transform: turned }),
    el("path", { d: dot }),
    el("text", { x: tx, y: ty, "text-anchor": spot.flip ? "end" : "start", transform: turned }, spot.text),
    el("title", {}, told));
  });
  const arcs = look.arcs.map((arc) => el("path", { d: arc.shape, class: `arc ${arc.part.hue}` }));
  const titles = look.titles.map((each) => el("text", { x: each.x, y: each.y, class: `title ${each.part.hue}` }, each.part.title));
  const size = { viewBox: `0 0 ${look.width.toFixed(0)} ${look.height.toFixed(0)}`, width: look.width.toFixed(0), height: look.height.toFixed(0) };
  const svg = el("svg", { ...size, class: look.titles.length ? "list" : null, role: "group", "aria-label": "Members, by cluster" }, uses, arcs, titles, members);
  fill(box, svg);
  if (!look.titles.length) cropped(svg);
  fill($("legend"), parts.map((part) => el("span", {}, el("i", { class: `dot ${part.hue}` }), part.title)));
  roving(box, ".member")();
  light(facts.chosen);
  seek();
}

// Names of different lengths leave room above and below the circle.
function cropped(svg) {
  const boxes = [...svg.querySelectorAll("text, .arc")].map((each) => each.getBoundingClientRect());
  const own = svg.getBoundingClientRect(), edge = 10;
  const top = Math.max(0, Math.min(...boxes.map((each) => each.top)) - own.top - edge);
  const end = Math.max(...boxes.map((each) => each.bottom)) - own.top + edge;
  svg.setAttribute("viewBox", `0 ${top.toFixed(0)} ${svg.getAttribute("width")} ${(end - top).toFixed(0)}`);
  svg.setAttribute("height", (end - top).toFixed(0));
}

function light(name) {
  if (facts.kept && name !== facts.chosen) return;
  facts.chosen = name;
  const svg = document.querySelector("#picture svg"), near = new Set();
  if (!svg) return;
  svg.classList.toggle("lit", Boolean(name));
  for (const use of svg.querySelectorAll(".use")) {
    const { source, target } = use.dataset;
    use.classList.toggle("out", Boolean(name) && source === name);
    use.classList.toggle("in", Boolean(name) && target === name && source !== name);
    if (source === name) near.add(target);
    if (target === name) near.add(source);
  }
  for (const member of svg.querySelectorAll(".member")) {
    member.classList.toggle("chosen", member.dataset.name === name);
    member.classList.toggle("near", near.has(member.dataset.name));
  }
  tell(name);
}

function keep(name) {
  const same = facts.kept && facts.chosen === name;
  facts.kept = false;
  light(same ? "" : name);
  facts.kept = !same;
}

function pressed(event, name) {
  if (["Enter", " "].includes(event.key)) { event.preventDefault(); keep(name); }
  if (event.key === "Escape") { facts.kept = false; light(""); }
}

function tell(name) {
  const box = $("member");
  if (!name) return fill(box, el("p", { class: "hint" }, "No member is chosen. Blue is what it uses, orange is who uses it; dashed reads, thick writes. Squares are attributes."));
  const member = byName.get(name), cluster = data.clusters[member.cluster];
  const stay = data.stays.find((each) => each.members.includes(name));
  const step = data.steps.find((each) => each.step.members.includes(name));
  const list = (title, kind, rows) => rows.length ? [el("h3", { class: kind }, title), el("ul", {}, rows.map((row) => el("li", {}, el("span", { class: "id" }, `${row[0]} `), row[1])))] : [];
  const uses = [...data.edges, ...data.inherited].filter((edge) => edge.source === name);
  const helpers = Object.entries(data.helpers).filter((each) => each[1].includes(name)).map((each) => ["helper", each[0]]);
  fill(box, el("h3", {}, name),
    el("p", { class: "facts" }, `${member.kind}, ${counted(member.lines, "line")}, line ${member.line}`),
    el("p", { class: "facts" }, cluster ? `cluster ${cluster.name}` : "in no cluster", step ? `; step ${step.step.id}` : ""),
    stay === undefined ? [] : el("p", { class: "note" }, `stays: ${stay.reason}`),
    list("Uses", "out-word", [...uses.map((edge) => [edge.relation, edge.target]), ...helpers]),
    list("Used by", "in-word", data.edges.filter((edge) => edge.target === name).map((edge) => [edge.relation, edge.source])));
}

function seek() {
  const text = lower($("text").value.trim()), svg = document.querySelector("#picture svg");
  if (!svg) return;
  svg.dataset.relation = $("relation").value;
  svg.classList.toggle("sought", Boolean(text));
  let found = 0;
  for (const member of svg.querySelectorAll(".member")) {
    const fits = Boolean(text) && lower(member.dataset.name).includes(text);
    member.classList.toggle("found", fits);
    found += fits;
  }
  $("count").value = text ? counted(found, "member") : "";
}

function rest() {
  const share = (value) => (value === null ? "–" : value.toFixed(2)), own = data.figures;
  const tiles = [
    [own.members, "members"], [own.lines.toLocaleString("en"), "lines"], [own.lcom4, "LCOM4: parts without a connection"],
    [share(own.tcc), "TCC: tight cohesion"], [share(own.lcc), "LCC: loose cohesion"],
    [share(own.attribute_coupling), "uses of attributes that cross its border"], [share(own.call_coupling), "uses of methods that cross its border"],
  ];
  fill($("where"), `${data.file}:${data.line}`);
  fill($("totals"), tiles.map(([number, name]) => el("div", { class: "tile" }, el("strong", {}, String(number)), el("span", {}, name))));
  const rows = data.clusters.map((each, index) => [
    [el("i", { class: `dot hue-${index % 10}` }), each.name], each.members.join(", "), String(each.figures.lines), String(each.figures.lcom4),
    share(each.figures.tcc), share(each.figures.attribute_coupling), share(each.figures.call_coupling),
    [each.stability.toFixed(2), " ", el("span", { class: `badge ${each.firmness}` }, each.firmness)], each.step ?? "–",
  ]);
  fill($("groups"), table(["name", "members", "lines", "LCOM4", "TCC", "attributes", "calls", "stability", "step"], rows));
  fill($("reasons"), data.stays.length ? table(["members", "why", "what would help"], data.stays.map((each) => [
    each.members.join(", "), [each.where ? el("code", {}, `${each.where} `) : "", each.reason], each.instead ?? ""])) : el("p", {}, "Nothing."));
  fill($("plan"), data.plan);
}

themes();
rest();
shown();
$("text").addEventListener("input", seek);
$("relation").addEventListener("change", seek);
document.querySelector(".filters").addEventListener("submit", (event) => event.preventDefault());
let wide = $("picture").clientWidth;
addEventListener("resize", () => {
  if ($("picture").clientWidth === wide) return;
  wide = $("picture").clientWidth;
  shown();
});
