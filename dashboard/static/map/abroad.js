// How much of a box lies on the land of other countries: a name there would be read as theirs.
(() => {
  const COLUMNS = [0, 1, 2, 3, 4, 5, 6].map((n) => n / 6);
  const ROWS = [0, 0.5, 1];
  const outlines = new WeakMap(); // shapes -> [code, box of a polygon, its rings]

  const listed = (shapes) => {
    if (!outlines.has(shapes)) {
      outlines.set(shapes, [...shapes].flatMap(([iso, polygons]) => polygons.map((rings) => {
        const lats = rings[0].map(([lat]) => lat);
        const lngs = rings[0].map(([, lng]) => lng);
        return [iso, Math.min(...lats), Math.max(...lats), Math.min(...lngs), Math.max(...lngs), rings];
      })));
    }
    return outlines.get(shapes);
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
  Atlas.owner = (shapes, lat, lng) => listed(shapes).find(([, south, north, west, east, rings]) =>
    lat >= south && lat <= north && lng >= west && lng <= east && within(rings, lat, lng))?.[0];

  // The share of a box [left, top, right, bottom] that lies on land other than of `iso`. `countries`
  // has `coarse`, the shapes, and `latLng(x, y)`.
  Atlas.abroad = (countries, iso, [left, top, right, bottom]) => {
    let foreign = 0;
    ROWS.forEach((v) => COLUMNS.forEach((u) => {
      const { lat, lng } = countries.latLng(left + (right - left) * u, top + (bottom - top) * v);
      const owner = Atlas.owner(countries.coarse, lat, Atlas.wrap(((lng + 540) % 360) - 180));
      if (owner && owner !== iso) foreign += 1;
    }));
    return foreign / (COLUMNS.length * ROWS.length);
  };
})();
