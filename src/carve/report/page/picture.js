"use strict";
// From where the lines were to where they are: one band for each pair, as high as it has lines.

function flows() {
  const found = new Map();
  data.modules.forEach((module, from) => {
    for (const row of module.rows) {
      const to = whereTo(row, module);
      const key = `${from} ${to}`;
      const flow = found.get(key) ?? { from, to, lines: 0, module, stays: row.path === module.path };
      flow.lines += 1;
      found.set(key, flow);
    }
  });
  return [...found.values()];
}

function order(all) {
  const rank = (flow) => (flow.stays ? 0 : flow.to === "dropped" ? 2 : 1);
  return [...all].sort((a, b) => rank(a) - rank(b) || a.from - b.from || b.lines - a.lines);
}

function stacked(names, sizes, scale, gap, height) {
  const used = names.reduce((sum, name) => sum + sizes.get(name) * scale, 0) + gap * (names.length - 1);
  let y = Math.max(0, (height - used) / 2);
  const found = new Map();
  for (const name of names) {
    found.set(name, { y, height: sizes.get(name) * scale, filled: 0 });
    y += sizes.get(name) * scale + gap;
  }
  return found;
}

const total = (all, key) => {
  const sums = new Map();
  for (const flow of all) sums.set(flow[key], (sums.get(flow[key]) ?? 0) + flow.lines);
  return sums;
};

function label(x, y, end, text, room) {
  const most = Math.max(8, Math.floor(room / 6.6));
  const shown = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return el("text", { x, y, "text-anchor": end ? "end" : "start", "dominant-baseline": "middle" }, shown);
}

function picture() {
  const box = $("flow");
  const all = order(flows());
  if (!all.length) return fill(box, el("p", { class: "hint" }, "No class is taken apart by this plan."));
  const width = Math.max(280, box.clientWidth), gap = 20, bar = 12;
  const left = total(all, "from"), right = total(all, "to");
  const lines = [...left.values()].reduce((sum, each) => sum + each, 0);
  const height = Math.max(260, Math.min(900, lines / 4), right.size * (gap + 6));
  const scale = (height - gap * (right.size - 1)) / lines;
  const starts = stacked([...left.keys()], left, scale, gap, height);
  const ends = stacked([...right.keys()], right, scale, gap, height);
  // Bands leave a class in the order in which they arrive, so that few of them cross.
  all.sort((a, b) => ends.get(a.to).y - ends.get(b.to).y || a.from - b.from);
  const bands = [], labels = [];
  for (const flow of all) {
    const a = starts.get(flow.from), b = ends.get(flow.to), thick = flow.lines * scale;
    const [y, z, far, mid] = [a.y + a.filled, b.y + b.filled, width - bar, width / 2];
    a.filled += thick;
    b.filled += thick;
    const shape = `M${bar},${y}C${mid},${y} ${mid},${z} ${far},${z}V${z + thick}C${mid},${z + thick} ${mid},${y + thick} ${bar},${y + thick}Z`;
    const told = `${counted(flow.lines, "line")} of ${flow.module.module}: ${flow.to}`;
    const kind = flow.to === "dropped" ? "dropped" : flow.stays ? "stays" : "";
    bands.push(el("path", {
      d: shape, class: `band hue-${flow.from % 6} ${kind}`, tabindex: -1, role: "button", "aria-label": told,
      "data-target": flow.to,
      onclick: () => show(flow),
      onkeydown: (event) => { if (["Enter", " "].includes(event.key)) { event.preventDefault(); show(flow); } },
    }, el("title", {}, told)));
  }
  for (const [from, place] of starts) {
    bands.push(el("rect", { x: 0, y: place.y, width: bar, height: Math.max(2, place.height), class: `node hue-${from % 6}` }));
    const module = data.modules[from];
    const name = module.classes.map((each) => each.split(":")[1]).join(", ") || short(module.path);
    labels.push(label(bar + 8, place.y + place.height / 2, false, `${name} ${left.get(from)}`, width * 0.45));
  }
  for (const [to, place] of ends) {
    bands.push(el("rect", { x: width - bar, y: place.y, width: bar, height: Math.max(2, place.height), class: "node" }));
    labels.push(label(width - bar - 8, place.y + place.height / 2, true, `${short(to)} ${right.get(to)}`, width * 0.5));
  }
  fill(box, el("svg", { viewBox: `0 -10 ${width} ${height + 20}`, width, height: height + 20, role: "group", "aria-label": "Lines by where they went" }, bands, labels));
  fill($("flow-table"), table(["from", "to", "lines"], all.map((flow) => [flow.module.module, flow.to, String(flow.lines)])));
  roving(box, ".band")();
}

function show(flow) {
  changed({ target: state.target === flow.to ? "" : flow.to, module: flow.from });
  $("source").scrollIntoView({ block: "start" });
}

watch(() => {
  for (const band of document.querySelectorAll(".band"))
    band.classList.toggle("faint", Boolean(state.target) && band.dataset.target !== state.target);
});
