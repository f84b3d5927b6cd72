// TopoJSON -> rings per country, ready for Leaflet ([lat, lng]).
(() => {
  // Everything west of the Bering Strait belongs at the right-hand edge of the map.
  const CUT = -168.4;
  const EDGE = 180;
  const onEdge = (p) => Math.abs(p[1] - EDGE) < 0.02;
  Atlas.wrap = (lng) => (lng < CUT ? lng + 360 : lng);

  // Arcs as [lat, lng]; delta-coded ones (with a transform) are summed up first.
  const points = (topology) => {
    const t = topology.transform;
    return topology.arcs.map((arc) => {
      let x = 0;
      let y = 0;
      return arc.map(([a, b]) => {
        if (!t) return [b, a];
        x += a;
        y += b;
        return [y * t.scale[1] + t.translate[1], x * t.scale[0] + t.translate[0]];
      });
    });
  };

  // A ring is a list of arc numbers; ~n means arc n backwards. Whole rings move across the cut.
  const ring = (arcs, numbers) => {
    const line = [];
    numbers.forEach((n) => {
      const part = n < 0 ? arcs[~n].slice().reverse() : arcs[n];
      line.push(...part.slice(line.length ? 1 : 0));
    });
    const middle = line.reduce((sum, p) => sum + p[1], 0) / line.length;
    return middle < CUT ? line.map(([lat, lng]) => [lat, lng + 360]) : line;
  };

  // The stretches of a closed ring between its runs along the 180th meridian.
  const chains = (line) => {
    const open = line.slice(0, -1);
    const n = open.length;
    const along = (i) => onEdge(open[i % n]) && onEdge(open[(i + 1) % n]);
    const start = open.findIndex((_, i) => along(i));
    if (start < 0) return null;
    const found = [];
    let chain = [];
    for (let i = start + 1; i <= start + n; i += 1) {
      chain.push(open[i % n]);
      if (along(i)) {
        if (chain.length > 1) found.push(chain);
        chain = [];
      }
    }
    return found;
  };

  // Chukotka, Wrangel and two Fijian islands are cut at 180 degrees in the source; on this map
  // they lie in one piece, and the cut would show as a border. Ends that meet are joined.
  const stitch = (polygons) => {
    const loose = [];
    const whole = polygons.filter((polygon) => {
      const parts = chains(polygon[0]);
      if (parts) loose.push(...parts.map((chain) => ({ chain, holes: polygon.slice(1) })));
      return !parts;
    });
    while (loose.length) {
      const { chain, holes } = loose.shift();
      for (;;) {
        const end = chain[chain.length - 1];
        const near = (c) => Math.abs(c.chain[0][0] - end[0]);
        const best = loose.length && loose.reduce((a, b) => (near(b) < near(a) ? b : a));
        if (!best || near(best) > Math.min(0.3, Math.abs(chain[0][0] - end[0]))) break;
        loose.splice(loose.indexOf(best), 1);
        chain.push(...best.chain.slice(1));
        holes.push(...best.holes);
      }
      whole.push([[...chain, chain[0]], ...holes]);
    }
    return whole;
  };

  // iso3 -> polygons, each an outer ring followed by its holes.
  Atlas.decode = (topology) => {
    const arcs = points(topology);
    const units = new Map();
    topology.objects.units.geometries.forEach((shape) => {
      const parts = { Polygon: [shape.arcs], MultiPolygon: shape.arcs }[shape.type] ?? [];
      const polygons = parts.map((rings) => rings.map((numbers) => ring(arcs, numbers)));
      units.set(shape.id, stitch(polygons));
    });
    return units;
  };

  // iso3 -> [{ other, line }]: each stretch of land border, known by an arc that two units share.
  Atlas.borders = (topology) => {
    const arcs = points(topology);
    const users = new Map();
    topology.objects.units.geometries.forEach((shape) => (shape.arcs ?? []).flat(Infinity)
      .map((n) => (n < 0 ? ~n : n))
      .forEach((n) => users.set(n, (users.get(n) ?? new Set()).add(shape.id))));
    const borders = new Map();
    users.forEach((ids, n) => ids.forEach((iso) => ids.forEach((other) => {
      if (iso === other) return;
      if (!borders.has(iso)) borders.set(iso, []);
      borders.get(iso).push({ other, line: arcs[n] });
    })));
    return borders;
  };
})();
