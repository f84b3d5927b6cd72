// Great-circle links between posts and the countries they serve. Computed here from two end
// points: sent as lines they would cost more bytes than all colours together.
(() => {
  const RAD = Math.PI / 180;
  const STEPS = 48;

  const vector = (lat, lng) => [
    Math.cos(lat * RAD) * Math.cos(lng * RAD),
    Math.cos(lat * RAD) * Math.sin(lng * RAD),
    Math.sin(lat * RAD),
  ];

  // Points along the shortest way over the sphere, both ends included.
  Atlas.arc = (from, to) => {
    const a = vector(...from);
    const b = vector(...to);
    const dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    const angle = Math.acos(Math.max(-1, Math.min(1, dot)));
    if (angle < 1e-6) return [from, to];
    return Array.from({ length: STEPS + 1 }, (_, i) => {
      const f = Math.sin((1 - i / STEPS) * angle) / Math.sin(angle);
      const g = Math.sin((i / STEPS) * angle) / Math.sin(angle);
      const [x, y, z] = [0, 1, 2].map((k) => f * a[k] + g * b[k]);
      return [Math.atan2(z, Math.hypot(x, y)) / RAD, Math.atan2(y, x) / RAD];
    });
  };

  // An SVG path between two marks; where the map is cut (Bering Strait) the line leaves and
  // enters. Ends that were pushed aside are followed to where they stand.
  const path = (map, points, start, end) => {
    let last = null;
    return points.map(([lat, lng], i) => {
      const x = Atlas.wrap(lng);
      const p = (i === 0 && start) || (i === points.length - 1 && end) || Atlas.at(map, lat, lng);
      const step = last !== null && Math.abs(x - last) < 180 ? "L" : "M";
      last = x;
      return `${step}${p.x.toFixed(1)} ${p.y.toFixed(1)}`;
    }).join("");
  };

  Atlas.links = (map, group, nodes, units, payload, classes) => {
    const small = new Map(nodes.filter((n) => n.small).map((n) => [n.iso, n]));
    const posts = new Map(nodes.filter((n) => n.heavy).map((n) => [n.at, n]));
    const casings = [];
    const lines = [];
    payload.links.forEach(([lat, lng, iso, , outward]) => {
      const unit = units[iso];
      if (!unit) return;
      const points = Atlas.arc([lat, lng], [unit[2], unit[3]]);
      const d = path(map, points, posts.get(`${lat} ${lng}`), small.get(iso));
      const stroke = classes.ink;
      casings.push(Atlas.svg("path", { d, class: "casing" }));
      lines.push(Atlas.svg("path", { d, class: outward ? "outward" : "inward", stroke }));
      if (outward && !small.has(iso)) {
        const end = Atlas.at(map, unit[2], unit[3]);
        lines.push(Atlas.svg("circle", { cx: end.x, cy: end.y, r: 2.4, fill: stroke }));
      }
    });
    group.replaceChildren(...casings, ...lines);
  };
})();
