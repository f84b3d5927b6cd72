// Where an arrow key leads from each country: one step for each of four directions, the same at
// every zoom. A country straight across a land border comes first, as the shared arcs of the
// shapes have it; where there is none the nearest place in that direction. Whatever no arrow would
// lead to is then put in between two others, so that every place can be walked to.
(() => {
  const RAD = Math.PI / 180;
  const AXES = [[-1, 0], [1, 0], [0, -1], [0, 1]]; // left, right, up, down; y runs down
  const GLANCES = [0, 8, -8, 16, -16, 24, -24].map((degrees) => degrees * RAD);
  Atlas.ARROWS = { ArrowLeft: 0, ArrowRight: 1, ArrowUp: 2, ArrowDown: 3 };

  // How far it is to a place in a direction: the distance, made longer the further it lies off the
  // axis. At 60 degrees a detour counts about three times; beyond 75 a place is not "there".
  const cost = (from, to, [ux, uy]) => {
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const d = Math.hypot(dx, dy);
    if (d === 0) return Infinity;
    const angle = Math.acos(Math.max(-1, Math.min(1, (dx * ux + dy * uy) / d)));
    return angle > 75 * RAD ? Infinity : d * (1 + 2 * (angle / (60 * RAD)) ** 2);
  };

  const nearest = (here, places, axis) => {
    let best = { iso: null, cost: Infinity };
    places.forEach((place) => {
      const far = cost(here, place, axis);
      if (far < best.cost) best = { iso: place.iso, cost: far };
    });
    return best.iso;
  };

  // How far along a ray from `p` a line is crossed; Infinity where it is not.
  const crossing = (p, [ux, uy], line) => {
    let best = Infinity;
    for (let i = 1; i < line.length; i += 1) {
      const [a, b] = [line[i - 1], line[i]];
      const [sx, sy] = [b.x - a.x, b.y - a.y];
      const turn = ux * sy - uy * sx;
      if (turn !== 0) {
        const along = ((a.x - p.x) * sy - (a.y - p.y) * sx) / turn;
        const share = ((a.x - p.x) * uy - (a.y - p.y) * ux) / turn;
        if (along > 0 && along < best && share >= 0 && share <= 1) best = along;
      }
    }
    return best;
  };

  // The country behind the first land border straight ahead; else a little to either side, if it
  // lies in that direction as a whole.
  const across = (here, borders, at, axis) => {
    const [ux, uy] = axis;
    for (const turn of GLANCES) {
      const [c, s] = [Math.cos(turn), Math.sin(turn)];
      const ray = [ux * c - uy * s, ux * s + uy * c];
      let best = { other: null, far: Infinity };
      borders.forEach(({ other, line }) => {
        if (turn && cost(here, at.get(other), axis) === Infinity) return;
        const far = crossing(here, ray, line);
        if (far < best.far) best = { other, far };
      });
      if (best.other) return best.other;
    }
    return null;
  };

  const reached = (steps, start) => {
    const seen = new Set([start]);
    seen.forEach((iso) => steps.get(iso).forEach((next) => { if (next) seen.add(next); }));
    return seen;
  };

  // The arrow of `from` that points best at `to`.
  const towards = (from, to) => {
    const costs = AXES.map((axis) => cost(from, to, axis));
    return costs.indexOf(Math.min(...costs));
  };

  // The cheapest arrow to turn towards a place. Turning one away from a neighbour costs most, and
  // what it led to should lie further on in the same direction.
  const turned = (place, seen, steps, at, land) => {
    let best = { cost: Infinity };
    seen.forEach((iso) => AXES.forEach((axis, n) => {
      const old = steps.get(iso)[n];
      const on = old && towards(place, at.get(old)) === n;
      const extra = (!old ? 0.5 : on ? 1 : 4) * (land.has(`${iso} ${n}`) ? 3 : 1);
      const far = cost(at.get(iso), place, axis) * extra;
      if (far < best.cost) best = { iso, n, old, cost: far };
    }));
    return best;
  };

  // places: [{ iso, x, y }], y downwards; borders: iso -> [{ other, line: [{ x, y }] }].
  // Returns iso -> [left, right, up, down], each an iso or null; from `start` all can be reached.
  Atlas.walk = (places, borders, start) => {
    const at = new Map(places.map((place) => [place.iso, place]));
    const land = new Set();
    const steps = new Map(places.map((place) => [place.iso, AXES.map((axis, n) => {
      const beside = (borders.get(place.iso) ?? []).filter(({ other }) => at.has(other));
      const next = across(place, beside, at, axis);
      if (next) land.add(`${place.iso} ${n}`);
      return next ?? nearest(place, places, axis);
    })]));
    for (let seen = reached(steps, start); seen.size < at.size; seen = reached(steps, start)) {
      const lost = places.filter(({ iso }) => !seen.has(iso));
      const found = lost.map((place) => ({ place, ...turned(place, seen, steps, at, land) }));
      const { place, iso, n, old } = found.reduce((a, b) => (b.cost < a.cost ? b : a));
      steps.get(iso)[n] = place.iso;
      // What stood there lies behind it now, unless another way leads to it.
      if (!old || reached(steps, start).has(old)) continue;
      steps.get(place.iso)[towards(place, at.get(old))] = old;
    }
    return steps;
  };

  const put = (crs, lat, lng) => {
    const { x, y } = crs.projection.project(L.latLng(lat, Atlas.wrap(lng)));
    return { x, y: -y };
  };
  const placed = (crs, units) => Object.entries(units)
    .map(([iso, unit]) => ({ iso, ...put(crs, unit[2], unit[3]) }));

  // Where the arrows begin among the units that a projection shows: at home, or where that lies on
  // the other side of the earth in the middle.
  Atlas.entry = (crs, units, home) => (home in units ? home : placed(crs, units)
    .reduce((a, b) => (Math.hypot(b.x, b.y) < Math.hypot(a.x, a.y) ? b : a)).iso);

  // The same for what a projection shows of the shapes of `borders` (see topology.js).
  Atlas.steps = (crs, units, borders, start) => {
    const places = placed(crs, units);
    const lines = new Map([...borders].map(([iso, sides]) => [iso, sides.map(
      ({ other, line }) => ({ other, line: line.map(([lat, lng]) => put(crs, lat, lng)) }))]));
    return Atlas.walk(places, lines, start);
  };
})();
