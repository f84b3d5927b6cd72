// Equal-area projections as Leaflet coordinate systems: a coverage map must not let Greenland
// outweigh Africa, as Mercator does. The world is drawn in Equal Earth (Savric, Patterson and
// Jenny 2018), a region in Lambert's azimuthal projection around its own centre, where shapes stay
// as readers know them.
//
// Equal Earth has its central meridian at 11 degrees east: the map is then cut through the
// Bering Strait and no country is torn apart. Longitudes west of the cut are written beyond 180
// (see topology.js).
(() => {
  const A = [1.340264, -0.081106, 0.000893, 0.003796];
  const M = Math.sqrt(3) / 2;
  const MERIDIAN = 11;
  const RAD = Math.PI / 180;
  const X_MAX = 2.7067;
  const Y_MAX = 1.3174;
  const RIM = 6; // px above and below a view: where land reaches the edge it looks cut off
  const clamp = (v, limit) => Math.max(-limit, Math.min(limit, v));

  const y = (t) => t * (A[0] + A[1] * t ** 2 + t ** 6 * (A[2] + A[3] * t ** 2));
  const dy = (t) => A[0] + 3 * A[1] * t ** 2 + t ** 6 * (7 * A[2] + 9 * A[3] * t ** 2);

  // The world's own cut lies between countries, so longitudes may run on; elsewhere (`fold`) they
  // are brought within half a turn, and what lies across that cut is hidden (see `behind`).
  const equalEarth = (meridian, fold) => ({
    bounds: L.bounds([-X_MAX, -Y_MAX], [X_MAX, Y_MAX]),
    project({ lat, lng }) {
      const t = Math.asin(M * Math.sin(clamp(lat, 90) * RAD));
      const d = fold ? ((lng - meridian + 540) % 360) - 180 : lng - meridian;
      return L.point((d * RAD * Math.cos(t)) / (M * dy(t)), y(t));
    },
    // Points off the globe (the corners of the window) come back as its nearest latitude.
    unproject(point) {
      const goal = clamp(point.y, Y_MAX);
      let t = goal / A[0];
      for (let i = 0; i < 12; i += 1) t -= (y(t) - goal) / dy(t);
      t = clamp(t, Math.PI / 3);
      const lng = (point.x * M * dy(t)) / Math.cos(t) / RAD + meridian;
      return L.latLng(Math.asin(clamp(Math.sin(t) / M, 1)) / RAD, lng);
    },
  });

  // Lambert azimuthal equal-area around a centre; unit sphere.
  const azimuthal = (lat0, lng0) => {
    const [s0, c0] = [Math.sin(lat0 * RAD), Math.cos(lat0 * RAD)];
    return {
      bounds: L.bounds([-2, -2], [2, 2]),
      project({ lat, lng }) {
        const [s, c] = [Math.sin(lat * RAD), Math.cos(lat * RAD)];
        const d = (lng - lng0) * RAD;
        const k = Math.sqrt(2 / Math.max(1e-4, 1 + s0 * s + c0 * c * Math.cos(d)));
        return L.point(k * c * Math.sin(d), k * (c0 * s - s0 * c * Math.cos(d)));
      },
      unproject({ x, y: v }) {
        const r = Math.hypot(x, v);
        if (r < 1e-9) return L.latLng(lat0, lng0);
        const a = 2 * Math.asin(Math.min(1, r / 2));
        const [s, c] = [Math.sin(a), Math.cos(a)];
        const lat = Math.asin(clamp(c * s0 + (v * s * c0) / r, 1)) / RAD;
        return L.latLng(lat, lng0 + Math.atan2(x * s, r * c0 * c - v * s0 * s) / RAD);
      },
    };
  };

  const unit = 1 / (2 * X_MAX);
  const system = (projection) => L.extend({}, L.CRS.Earth, {
    projection,
    transformation: new L.Transformation(unit, 0.5, -unit, 0.5),
    wrapLng: undefined,
  });
  L.CRS.EqualEarth = system(equalEarth(MERIDIAN, false));

  // centre: [lat, lng, 1 when wide], or null for the world. Half a globe, as Asia with Oceania, is
  // too wide for Lambert: its edges would be squeezed.
  Atlas.crs = (centre) => {
    if (!centre) return L.CRS.EqualEarth;
    const [lat, lng, wide] = centre;
    return system(wide ? equalEarth(lng, true) : azimuthal(lat, lng));
  };

  // Whether a country lies so far round the globe that a regional projection would tear it.
  Atlas.behind = (centre, lat, lng) => {
    if (!centre) return false;
    if (centre[2]) return Math.abs(((lng - centre[1] + 540) % 360) - 180) > 160; // beside the cut
    const [s0, s] = [Math.sin(centre[0] * RAD), Math.sin(lat * RAD)];
    const [c0, c] = [Math.cos(centre[0] * RAD), Math.cos(lat * RAD)];
    return s0 * s + c0 * c * Math.cos((lng - centre[1]) * RAD) < -0.2; // beyond 101 degrees
  };

  // The extent of a box of [south, west, north, east] degrees in a projection.
  Atlas.extent = ({ projection }, [south, west, north, east]) => {
    const box = L.bounds([]);
    for (let i = 0; i <= 16; i += 1) {
      const lat = south + ((north - south) * i) / 16;
      const lng = west + ((east - west) * i) / 16;
      [[lat, west], [lat, east], [south, lng], [north, lng]].forEach(([a, b]) =>
        box.extend(projection.project(L.latLng(a, b))));
    }
    return box;
  };

  // The middle nearest to `center` at which the window shows nothing beyond the world; of a region,
  // beyond half as much again at each side.
  Atlas.within = (map, { bounds, centre }, center) => {
    const { projection } = map.options.crs;
    const box = Atlas.extent(map.options.crs, bounds);
    const half = map.getSize().divideBy(2 * 256 * unit * 2 ** map.getZoom());
    const more = box.getSize().multiplyBy(centre ? 0.5 : 0);
    const goal = projection.project(center);
    ["x", "y"].forEach((axis) => {
      const low = box.min[axis] - more[axis] + half[axis];
      const high = box.max[axis] + more[axis] - half[axis];
      goal[axis] = low > high ? (low + high) / 2 : Math.max(low, Math.min(high, goal[axis]));
    });
    return projection.unproject(goal);
  };

  // The view that shows a box of [south, west, north, east] degrees. Leaflet's own fitBounds looks
  // at two corners only, which is wrong where parallels are curved or shrink.
  Atlas.fit = (map, bounds) => {
    const { projection } = map.options.crs;
    const box = Atlas.extent(map.options.crs, bounds);
    const size = map.getSize();
    const span = box.getSize();
    const scale = Math.min(size.x / span.x, (size.y - 2 * RIM) / span.y) / (256 * unit);
    return { center: projection.unproject(box.getCenter()), zoom: Math.log2(scale) };
  };
})();
