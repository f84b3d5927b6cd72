// Marks: one per city with posts, and one per small state too small to see at this zoom. Marks
// that would overlap are pushed apart; a leader line then shows where each belongs.
(() => {
  const SMALL = 9; // px: below this a country needs a mark to be seen and hit
  const REACH = 70; // px: marks further apart than this never come to touch

  // Push overlapping discs apart and pull them home, a fixed number of rounds: the same picture
  // every time. Posts (heavy) give way less than small states.
  const spread = (nodes) => {
    const near = []; // only what can ever meet; the world has too many pairs to try them all
    nodes.forEach((a, i) => nodes.slice(i + 1).forEach((b) => {
      if (Math.hypot(a.x - b.x, a.y - b.y) < REACH) near.push([a, b, i]);
    }));
    for (let round = 0; round < 70; round += 1) {
      const pull = round < 55 ? 0.05 : 0;
      nodes.forEach((n) => {
        n.x += (n.home.x - n.x) * pull;
        n.y += (n.home.y - n.y) * pull;
      });
      near.forEach(([a, b, i]) => {
        const gap = a.r + b.r + 2.4;
        let [dx, dy] = [b.x - a.x, b.y - a.y];
        let d = Math.hypot(dx, dy);
        if (d >= gap) return;
        if (d < 0.01) [dx, dy, d] = [Math.cos(i * 2.4), Math.sin(i * 2.4), 1];
        const push = (gap - d) / d;
        const share = a.heavy === b.heavy ? 0.5 : a.heavy ? 0.2 : 0.8;
        a.x -= dx * push * share;
        a.y -= dy * push * share;
        b.x += dx * push * (1 - share);
        b.y += dy * push * (1 - share);
      });
    }
  };

  const postNodes = ({ posts }, units, place, size) =>
    posts.filter(([, , iso]) => units[iso]).map(([lat, lng, iso, city, parts, planned]) => {
      const count = parts.reduce((sum, [, n]) => sum + n, 0);
      const home = place(lat, lng);
      const r = (count > 1 ? 6.6 : 3.6) * size;
      const at = `${lat} ${lng}`;
      return { iso, at, key: `${lat},${lng}`, city, parts, planned, count, home, x: home.x, y: home.y, r, heavy: true };
    });

  const smallNodes = (units, look, countries, place, size, taken) =>
    Object.entries(units)
      .filter(([iso, unit]) => unit[4] && !taken.has(iso))
      .filter(([iso]) => Math.max(...Object.values(countries.pixels(iso))) < SMALL)
      .map(([iso, unit]) => {
        const home = place(unit[2], unit[3]);
        const quiet = ["none", "unknown", "covered", "other", "outside"].includes(look(iso)[0]);
        const r = (quiet ? 2.7 : 4.1) * size;
        return { iso, small: true, quiet, home, x: home.x, y: home.y, r, heavy: false };
      });

  // A small state: a disc in the colour of its area.
  const small = (node, [key, filo], classes) => [Atlas.svg("circle", {
    r: node.r, class: node.quiet ? "state quiet" : `state ${key}`, fill: classes.styles[key][0],
    ...(filo ? { class: "state", stroke: classes.filo, "stroke-dasharray": "2 1.5" } : {}),
  })];

  const drawn = (node, look, classes) => {
    const g = Atlas.svg("g", { transform: `translate(${node.x.toFixed(1)} ${node.y.toFixed(1)})` });
    g.dataset.iso = node.iso;
    if (node.key && node.parts[0][0] !== "M") g.dataset.post = node.key;
    // An invisible rim makes small marks easier to hit.
    g.append(Atlas.svg("circle", { r: node.r + 3, class: "hit" }));
    if (node.small) {
      g.append(...small(node, look(node.iso), classes));
      g.dataset.state = look(node.iso)[0];
      return g;
    }
    const [fill, ink] = classes.discs[node.parts[0][0] === "M" ? "M" : ""];
    if (node.planned) {
      g.append(Atlas.svg("circle", { r: node.r + 0.6, class: "planned" }));
    } else {
      g.append(Atlas.svg("circle", { r: node.r + 1, fill, stroke: ink, class: "post" }));
    }
    if (node.count > 1) {
      g.append(Atlas.svg("text", { dy: "0.35em", fill: node.planned ? classes.ink : ink },
        node.count));
    }
    return g;
  };

  // Posts that an inset shows are points on the world: not to be pressed there, and without a number.
  Atlas.specks = (map, group, posts, chosen, classes) => {
    const r = Math.max(1.5, Math.min(2.2, map.getSize().x / 430));
    group.replaceChildren(...posts.map(([lat, lng, , , parts, planned]) => {
      const { x, y } = Atlas.at(map, lat, lng);
      const [fill, stroke] = classes.discs[parts[0][0] === "M" ? "M" : ""];
      const look = planned ? { class: "planned" } : { fill, stroke };
      const speck = Atlas.svg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: r.toFixed(1), ...look });
      speck.classList.toggle("dim", Boolean(chosen) && chosen !== `${lat},${lng}`);
      return speck;
    }));
  };

  // Lays all marks out at the present zoom. look: iso3 -> [style class, filo].
  // `small`: the units that may have a mark of their own, where these are fewer.
  Atlas.marks = (map, groups, payload, units, countries, classes, look, small = units) => {
    const place = (lat, lng) => Atlas.at(map, lat, lng);
    const size = Math.max(0.62, Math.min(1.2, map.getSize().x / 950));
    const posts = postNodes(payload, units, place, size);
    const taken = new Set(posts.map((node) => node.iso));
    const nodes = posts.concat(smallNodes(small, look, countries, place, size, taken));
    spread(nodes);
    const far = nodes.filter((n) => Math.hypot(n.x - n.home.x, n.y - n.home.y) > n.r + 1);
    groups.leaders.replaceChildren(...far.flatMap(({ home, x, y }) => [
      Atlas.svg("path", { d: `M${home.x.toFixed(1)} ${home.y.toFixed(1)}L${x.toFixed(1)} ${y.toFixed(1)}` }),
      Atlas.svg("circle", { cx: home.x.toFixed(1), cy: home.y.toFixed(1), r: 1.2 }),
    ]));
    const order = [...nodes].sort((a, b) => a.heavy - b.heavy);
    // Marks that a link starts from or runs to lie above the lines, the others below.
    const ends = new Set(payload.links.map(([lat, lng]) => `${lat} ${lng}`));
    const chosen = payload.post;
    const outside = (n) => chosen && n.key !== chosen && !payload.lit.has(n.iso);
    const linked = (n) => n.iso === payload.selected || ends.has(n.at);
    groups.marks.replaceChildren(
      ...order.filter((n) => !linked(n)).map((n) => drawn(n, look, classes)));
    groups.ends.replaceChildren(...order.filter(linked).map((n) => drawn(n, look, classes)));
    [...groups.marks.children, ...groups.ends.children].forEach((g) => {
      const key = g.dataset.post;
      g.classList.toggle("dim", Boolean(outside({ iso: g.dataset.iso, key })));
      g.classList.toggle("picked", Boolean(chosen && key === chosen));
    });
    return nodes;
  };
})();
