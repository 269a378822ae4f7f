"use strict";
// Where members stand and how uses run between them: the same data and width, the same picture.

const ROW = 17, GAP = 1.6, LETTER = 6.7, NARROW = 640, TIGHT = 12.5;

// Members in the order of the picture: cluster by cluster, and those in none at the end.
function placed() {
  const parts = data.clusters.map((cluster, index) => ({ title: cluster.name, hue: `hue-${index % 10}`, members: cluster.members }));
  const rest = data.members.filter((member) => member.cluster === null).map((member) => member.name);
  return rest.length ? [...parts, { title: "in no cluster", hue: "hue-none", members: rest }] : parts;
}

// A B-spline through the control points, as cubic pieces (Holten 2006 bundles edges with such).
function spline(points) {
  const all = [points[0], points[0], ...points, points.at(-1), points.at(-1)];
  const mix = (a, b, t) => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
  const told = (p) => `${p[0].toFixed(1)},${p[1].toFixed(1)}`;
  let shape = `M${told(points[0])}`;
  for (let i = 1; i < all.length - 2; i += 1) {
    const [before, here, next, after] = [all[i - 1], all[i], all[i + 1], all[i + 2]];
    const end = mix(mix(here, next, 2 / 3), mix(next, after, 1 / 3), 0.5);
    if (before !== after) shape += `C${told(mix(here, next, 1 / 3))} ${told(mix(here, next, 2 / 3))} ${told(end)}`;
  }
  return shape;
}

const shortened = (text, room) => {
  const most = Math.max(6, Math.floor(room / LETTER));
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
};

// How large a circle would be: count of places, room for names around it, radius.
function circle(parts, width) {
  const count = parts.reduce((sum, part) => sum + part.members.length + GAP, 0);
  const longest = Math.max(...parts.flatMap((part) => part.members).map((name) => name.length)) * LETTER + 16;
  const room = Math.min(longest, width / 2 - 120);
  const radius = Math.max(120, Math.min(Math.max(210, (count * ROW) / (2 * Math.PI)), width / 2 - room - 8));
  return { count, room, radius };
}

// A circle where names do not touch, else a list.
function looked(parts, width) {
  const { count, radius } = circle(parts, width);
  return width < NARROW || (radius * 2 * Math.PI) / count < TIGHT ? straight(parts, width) : round(parts, width);
}

// Round: members on a circle, uses bundled towards the middle of their clusters.
function round(parts, width) {
  const { count, room, radius } = circle(parts, width);
  const half = radius + room + 8, spots = new Map(), arcs = [];
  const at = (angle, far) => [half + Math.cos(angle) * far, half + Math.sin(angle) * far];
  let turn = 0;
  for (const part of parts) {
    const angle = (place) => (place / count) * 2 * Math.PI - Math.PI / 2;
    const middle = angle(turn + (part.members.length - 1) / 2);
    part.members.forEach((name, index) => {
      const own = angle(turn + index), left = Math.cos(own) < 0;
      spots.set(name, {
        point: at(own, radius - 9), hub: at(middle, radius * 0.5), part, text: shortened(name, room - 8),
        mark: at(own, radius), flip: left, degrees: (own * 180) / Math.PI + (left ? 180 : 0), end: at(own, radius + 8),
      });
    });
    const [from, to] = [at(angle(turn - 0.4), radius - 5), at(angle(turn + part.members.length - 0.6), radius - 5)];
    const big = (part.members.length - 0.2) / count > 0.5 ? 1 : 0;
    arcs.push({ part, shape: `M${from}A${radius - 5},${radius - 5} 0 ${big} 1 ${to}` });
    turn += part.members.length + GAP;
  }
  const curve = (a, b) => (a.part === b.part ? spline([a.point, at(Math.atan2(a.point[1] + b.point[1] - 2 * half, a.point[0] + b.point[0] - 2 * half), radius * 0.72), b.point]) : spline([a.point, a.hub, [half, half], b.hub, b.point]));
  return { spots, arcs, curve, width: half * 2, height: half * 2, titles: [] };
}

// Straight: a list for narrow screens and many members, with uses as arcs beside it.
function straight(parts, width) {
  const side = Math.min(width < NARROW ? 120 : 320, width * 0.3), spots = new Map(), titles = [], arcs = [];
  let y = 14;
  for (const part of parts) {
    titles.push({ part, x: side + 6, y });
    const top = y + ROW;
    for (const name of part.members) {
      y += ROW + 3;
      spots.set(name, { point: [side, y], mark: [side + 6, y], end: [side + 14, y], part, text: shortened(name, width - side - 16), degrees: 0, flip: false });
    }
    arcs.push({ part, shape: `M${side + 1},${top - 6}V${y + 8}` });
    y += ROW * 2;
  }
  const curve = (a, b) => {
    const far = Math.abs(a.point[1] - b.point[1]), deep = side - Math.min(side - 4, 14 + far * 0.22);
    return `M${side},${a.point[1]}C${deep},${a.point[1]} ${deep},${b.point[1]} ${side},${b.point[1]}`;
  };
  return { spots, arcs, curve, width, height: y, titles };
}
