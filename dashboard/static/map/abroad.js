// How much of a box lies on the land of other countries: a name there would be read as theirs.
(() => {
  const COLUMNS = [0, 1, 2, 3, 4, 5, 6].map((n) => n / 6);
  const ROWS = [0, 0.5, 1];
  const BAND = 0.5; // degrees of latitude: borders are looked up by the bands that they cross
  const GRAIN = 2; // px: places nearer to one another have one owner, looked up once
  const outlines = new WeakMap(); // shapes -> { bands, codes }
  const grids = new WeakMap(); // map -> { view, owners }: of the places as they are on screen

  const outline = (shapes) => {
    if (outlines.has(shapes)) return outlines.get(shapes);
    const bands = new Map(); // number -> polygon and both ends of each piece of border
    let polygon = 0;
    const codes = [];
    shapes.forEach((polygons, iso) => polygons.forEach((rings) => {
      codes.push(iso);
      rings.forEach((ring) => ring.forEach(([a, x], i) => {
        const [b, y] = ring[i ? i - 1 : ring.length - 1];
        if (a === b) return;
        const last = Math.floor(Math.max(a, b) / BAND);
        for (let n = Math.floor(Math.min(a, b) / BAND); n <= last; n += 1) {
          if (!bands.has(n)) bands.set(n, []);
          bands.get(n).push(polygon, a, x, b, y);
        }
      }));
      polygon += 1;
    }));
    outlines.set(shapes, { bands, codes });
    return outlines.get(shapes);
  };

  // A place lies within a polygon when a line to the east leaves it an odd number of times.
  const find = ({ bands, codes }, lat, lng) => {
    const band = bands.get(Math.floor(lat / BAND)) ?? [];
    const inside = new Set();
    for (let i = 0; i < band.length; i += 5) {
      const a = band[i + 1];
      const b = band[i + 3];
      if ((a > lat) !== (b > lat)
        && lng < band[i + 2] + ((lat - a) / (b - a)) * (band[i + 4] - band[i + 2])
        && !inside.delete(band[i])) inside.add(band[i]);
    }
    return inside.size ? codes[Math.min(...inside)] : undefined;
  };

  // The country at a place on screen, if any. `countries` has `coarse`, the shapes, `latLng(x, y)`,
  // and `view()`, another text once places have another place.
  Atlas.owner = (countries, x, y) => {
    const view = countries.view();
    if (grids.get(countries)?.view !== view) grids.set(countries, { view, owners: new Map() });
    const { owners } = grids.get(countries);
    const [u, v] = [Math.round(x / GRAIN), Math.round(y / GRAIN)];
    const key = u * 65536 + v;
    if (!owners.has(key)) {
      const { lat, lng } = countries.latLng(u * GRAIN, v * GRAIN);
      owners.set(key, find(outline(countries.coarse), lat, Atlas.wrap(((lng + 540) % 360) - 180)));
    }
    return owners.get(key);
  };

  // The share of a box [left, top, right, bottom] that lies on land other than of `iso`; more than
  // `limit` is not counted out.
  Atlas.abroad = (countries, iso, [left, top, right, bottom], limit = 1) => {
    const all = COLUMNS.length * ROWS.length;
    let foreign = 0;
    for (const u of COLUMNS) {
      for (const v of ROWS) {
        const owner = Atlas.owner(countries, left + (right - left) * u, top + (bottom - top) * v);
        if (owner && owner !== iso) foreign += 1;
        if (foreign / all > limit) return foreign / all;
      }
    }
    return foreign / all;
  };
})();
