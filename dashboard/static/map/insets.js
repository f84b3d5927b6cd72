// Europe and the Caribbean beside the world, where it is too small for their countries: each is a
// map in the pixels of its place, with the marks, names and lines of the map itself.
(() => {
  // Boxes as [south, west, north, east]; the same as in files (dashboard/exports/map_svg.py).
  const HEAD = 20; // px of the title, as in map.css
  const BOXES = { europe: [35, -10, 61, 37], caribbean: [9.3, -86.5, 27, -58.5] };

  class Inset {
    constructor(name, place) {
      this.name = name;
      this.box = BOXES[name];
      this.figure = place.appendChild(document.createElement("figure"));
      this.figure.className = `inset ${name}`;
      this.title = this.figure.appendChild(document.createElement("figcaption"));
      this.svg = this.figure.appendChild(Atlas.svg("svg", { "aria-hidden": "true" }));
      this.size = "";
    }

    // Builds the shapes for a size; what is drawn on them comes with `show`.
    fit(countries, units) {
      const { clientWidth: w, clientHeight: h } = this.svg.parentNode;
      const high = h - HEAD;
      const size = `${w} ${high}`;
      if (size === this.size || w < 10 || high < 10) return;
      this.size = size;
      const [south, west, north, east] = this.box;
      const centre = [(south + north) / 2, (west + east) / 2, 0];
      const { projection } = Atlas.crs(centre);
      const frame = Atlas.extent({ projection }, this.box);
      const span = frame.getSize();
      const scale = Math.min(w / span.x, high / span.y);
      const middle = frame.getCenter();
      this.centre = centre;
      this.across = L.point(w, high);
      this.place = (lat, lng) => {
        const p = projection.project(L.latLng(lat, Atlas.wrap(lng)));
        return L.point((p.x - middle.x) * scale + w / 2, (middle.y - p.y) * scale + high / 2);
      };
      this.coarse = countries;
      this.units = units;
      this.latLng = (x, y) => projection.unproject(
        L.point((x - w / 2) / scale + middle.x, middle.y - (y - high / 2) / scale));
      const rim = Array.from({ length: 9 }, (_, n) => n / 8).flatMap((part) =>
        [[part * w, 0], [part * w, high], [0, part * high], [w, part * high]]);
      this.seen = L.latLngBounds(rim.map(([x, y]) => this.latLng(x, y))).pad(0.1);
      this.svg.setAttribute("viewBox", `0 0 ${w} ${high}`);
      this.svg.setAttribute("width", w);
      this.svg.setAttribute("height", high);
      this.svg.replaceChildren();
      this.shapes = new Map();
      this.styles = new Map(); // how each is drawn
      this.rooms = new Map();
      this.cut = new Map(); // what the edge cuts through: the middle of the part to be seen
      const land = this.svg.appendChild(Atlas.svg("g", { class: "land" }));
      countries.forEach((polygons, iso) => {
        const unit = units[iso];
        if (unit && Atlas.behind(centre, unit[2], unit[3])) return;
        this.build(land, iso, polygons);
      });
      const overlay = this.svg.appendChild(Atlas.svg("g", { class: "overlay" }));
      this.groups = {};
      ["rings", "leaders", "marks", "links", "ends", "labels", "cursor"].forEach((name) => {
        this.groups[name] = overlay.appendChild(Atlas.svg("g", { class: name }));
      });
    }

    build(land, iso, polygons) {
      let largest = 0;
      let outside = null;
      const parts = [];
      polygons.forEach((rings) => rings.forEach((ring, n) => {
        if (!this.meets(ring)) return;
        const line = ring.map(([lat, lng]) => this.place(lat, lng));
        const xs = line.map((p) => p.x);
        const ys = line.map((p) => p.y);
        const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
        if (x1 < 0 || y1 < 0 || x0 > this.across.x || y0 > this.across.y) return;
        parts.push(`M${line.map((p) => `${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join("L")}Z`);
        const [u0, u1] = [Math.max(x0, 0), Math.min(x1, this.across.x)];
        const [v0, v1] = [Math.max(y0, 0), Math.min(y1, this.across.y)];
        if (n === 0 && (u1 - u0) * (v1 - v0) > largest) {
          largest = (u1 - u0) * (v1 - v0);
          this.rooms.set(iso, L.point(u1 - u0, v1 - v0));
          const within = line.filter((p) => p.x >= 0 && p.y >= 0 && p.x <= this.across.x && p.y <= this.across.y);
          outside = this.outside(iso, within);
        }
      }));
      if (!parts.length) return;
      const path = Atlas.svg("path", { d: parts.join(""), class: "unit" });
      path.dataset.unit = iso;
      land.append(path);
      this.shapes.set(iso, path);
      if (outside) this.cut.set(iso, outside);
    }

    // Whether a ring can be seen at all: most lie in another part of the world.
    meets(ring) {
      let [south, west, north, east] = [90, 540, -90, -540];
      ring.forEach(([lat, lng]) => {
        if (lat < south) south = lat;
        if (lat > north) north = lat;
        if (lng < west) west = lng;
        if (lng > east) east = lng;
      });
      return this.seen.intersects([[south, west], [north, east]]);
    }

    // The middle of the corners that are seen, where the name's own place is not; null else.
    outside(iso, corners) {
      const unit = this.units[iso];
      if (!unit || !corners.length || this.holds(unit[2], unit[3])) return null;
      const middle = (axis) => corners.reduce((sum, p) => sum + p[axis], 0) / corners.length;
      return { x: middle("x"), y: middle("y") };
    }

    // What marks, names and lines ask of the map they stand on.
    getSize() { return this.across; }
    getZoom() { return 3.5; }
    view() { return this.size; }
    pixels(iso) { return this.rooms.get(iso) ?? L.point(0, 0); }

    holds(lat, lng, rim = 4) {
      if (!this.place || Atlas.behind(this.centre, lat, lng)) return false;
      const { x, y } = this.place(lat, lng);
      return x > rim && y > rim && x < this.across.x - rim && y < this.across.y - rim;
    }

    show(payload, units, classes, look, dim) {
      const palette = classes[Atlas.scheme()];
      this.title.textContent = payload.words[this.name];
      this.shapes.forEach((path, iso) => {
        const [key, filo] = look(iso);
        path.classList.toggle("dim", dim(iso));
        const style = `${key} ${filo} ${Atlas.scheme()}`;
        if (this.styles.get(iso) === style) return;
        this.styles.set(iso, style);
        const [fill, stroke, width] = palette.styles[key];
        path.setAttribute("fill", fill);
        path.setAttribute("stroke", filo ? palette.filo : stroke);
        path.setAttribute("stroke-width", filo ? 1.6 : width);
        path.dataset.state = key;
      });
      const here = Object.fromEntries(Object.entries(units)
        .filter(([, unit]) => this.holds(unit[2], unit[3])));
      const posts = payload.posts.filter(([lat, lng]) => this.holds(lat, lng));
      const own = { ...payload, posts };
      this.nodes = Atlas.marks(this, this.groups, own, { ...units }, this, palette, look, here);
      Atlas.links(this, this.groups.links, this.nodes, units, payload, palette);
      this.here = here;
    }

    names(payload, look, classes) {
      const seen = { ...this.here, ...this.partly(this.units) };
      Atlas.labels(this, this.groups.labels, this.nodes, seen, this, payload, look, classes);
    }

    // Units of which only a part is to be seen here have their name on that part.
    partly(units) {
      return Object.fromEntries([...this.cut].filter(([iso]) => units[iso])
        .map(([iso, { x, y }]) => {
          const { lat, lng } = this.latLng(x, y);
          return [iso, [...units[iso].slice(0, 2), lat, lng, ...units[iso].slice(4)]];
        }));
    }

    ring(kind, to, iso) {
      this.groups?.[to].replaceChildren();
      if (!iso || !this.here?.[iso]) return;
      const node = this.nodes.find((one) => one.iso === iso && one.small);
      const d = this.shapes.get(iso)?.getAttribute("d");
      [`${kind} under`, kind].forEach((style) => this.groups[to].append(node || !d
        ? Atlas.svg("circle", { cx: node?.x ?? 0, cy: node?.y ?? 0, r: (node?.r ?? 5) + 4, class: style })
        : Atlas.svg("path", { d, class: style })));
    }
  }

  Atlas.Insets = class {
    constructor(stage) {
      this.stage = stage;
      this.insets = Object.keys(BOXES).map((name) => new Inset(name, stage));
      this.on = false;
    }

    // Whether they are seen; then each is built for its size. What fits is told: what was seen, and
    // how large; another text means that all of it must be drawn again.
    fit(on, countries, units) {
      this.on = on;
      this.insets.forEach(({ figure }) => { figure.hidden = !on; });
      if (on) this.insets.forEach((inset) => inset.fit(countries, units));
      return on ? this.insets.map(({ size }) => size).join() : "";
    }

    // Whether a place is drawn in one of them.
    holds(lat, lng) {
      return this.on && this.insets.some((inset) => inset.size && inset.holds(lat, lng, 6));
    }

    each(act) {
      if (this.on) this.insets.filter(({ size }) => size).forEach(act);
    }
  };
})();
