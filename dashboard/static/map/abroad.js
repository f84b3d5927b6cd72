// How much of a box lies on the land of other countries: a name there would be read as theirs.
(() => {
  const COLUMNS = [0, 1, 2, 3, 4, 5, 6].map((n) => n / 6);
  const ROWS = [0, 0.5, 1];
  const CELL = 4; // degrees: polygons are looked up by the cells that they touch
  const outlines = new WeakMap(); // shapes -> cell -> [code, box of a polygon, its rings]

  const cells = (shapes) => {
    if (outlines.has(shapes)) return outlines.get(shapes);
    const all = new Map();
    shapes.forEach((polygons, iso) => polygons.forEach((rings) => {
      const lats = rings[0].map(([lat]) => lat);
      const lngs = rings[0].map(([, lng]) => lng);
      const [south, north] = [Math.min(...lats), Math.max(...lats)];
      const [west, east] = [Math.min(...lngs), Math.max(...lngs)];
      for (let v = Math.floor(south / CELL); v <= north / CELL; v += 1) {
        for (let u = Math.floor(west / CELL); u <= east / CELL; u += 1) {
          const key = v * 1000 + u;
          if (!all.has(key)) all.set(key, []);
          all.get(key).push([iso, south, north, west, east, rings]);
        }
      }
    }));
    outlines.set(shapes, all);
    return all;
  };

  const within = (rings, lat, lng) => {
    let inside = false;
    rings.forEach((ring) => ring.forEach(([a, x], i) => {
      const [b, y] = ring[i ? i - 1 : ring.length - 1];
      if ((a > lat) !== (b > lat) && lng < x + ((lat - a) / (b - a)) * (y - x)) inside = !inside;
    }));
    return inside;
  };

  // The country at a place, if any.
  Atlas.owner = (shapes, lat, lng) => cells(shapes)
    .get(Math.floor(lat / CELL) * 1000 + Math.floor(lng / CELL))
    ?.find(([, south, north, west, east, rings]) =>
      lat >= south && lat <= north && lng >= west && lng <= east && within(rings, lat, lng))?.[0];

  // The share of a box [left, top, right, bottom] that lies on land other than of `iso`; more than
  // `limit` is not counted out. `countries` has `coarse`, the shapes, and `latLng(x, y)`.
  Atlas.abroad = (countries, iso, [left, top, right, bottom], limit = 1) => {
    const all = COLUMNS.length * ROWS.length;
    let foreign = 0;
    for (const u of COLUMNS) {
      for (const v of ROWS) {
        const { lat, lng } = countries.latLng(left + (right - left) * u, top + (bottom - top) * v);
        const owner = Atlas.owner(countries.coarse, lat, Atlas.wrap(((lng + 540) % 360) - 180));
        if (owner && owner !== iso) foreign += 1;
        if (foreign / all > limit) return foreign / all;
      }
    }
    return foreign / all;
  };
})();
