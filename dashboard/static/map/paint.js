// The countries: one SVG path each, made once and restyled only where something changed.
(() => {
  const ZOOM_FINE = 4.2; // from here on the finer shapes are worth their bytes

  // As Leaflet's setStyle does, which writes nine attributes where at most four can differ.
  const draw = (layer, style) => {
    const attributes = { fill: style.fillColor, stroke: style.color, "stroke-width": style.weight,
      "stroke-dasharray": style.dashArray };
    L.setOptions(layer, style);
    Object.entries(attributes).forEach(([name, value]) => {
      if (value === null) layer._path.removeAttribute(name);
      else if (layer._path.getAttribute(name) !== String(value)) layer._path.setAttribute(name, value);
    });
  };

  Atlas.Countries = class {
    constructor(map, world, classes) {
      this.map = map;
      this.classes = classes;
      this.layers = new Map();
      this.coarse = world;
      this.fine = null;
      this.isFine = false;
      this.renderer = L.svg({ padding: 0.4 });
      world.forEach((polygons, iso) => this.add(iso, polygons));
      this.renderer._container.insertAdjacentHTML("afterbegin", `<defs>${classes.defs}</defs>`);
      this.measure();
      map.on("zoomend", () => this.refine());
    }

    // Not interactive for Leaflet: streamlit-folium would answer each click with the whole shape
    // and a rerun. atlas.js reads clicks and hovering from `data-iso` instead.
    add(iso, polygons) {
      const layer = L.polygon(polygons, {
        renderer: this.renderer, interactive: false, smoothFactor: 0.35, className: "unit",
        fillOpacity: 1, opacity: 1, lineJoin: "round",
      });
      layer.toGeoJSON = () => null; // should anything ask: never the shape
      layer.addTo(this.map);
      layer._path.dataset.iso = iso;
      layer.place = this.layers.size;
      this.layers.set(iso, layer);
    }

    // The extent of each country's largest part, in degrees: whether a label or a click fits.
    measure() {
      this.extent = new Map();
      this.coarse.forEach((polygons, iso) => {
        const boxes = polygons.map((rings) => L.latLngBounds(rings[0]));
        const size = (b) => (b.getEast() - b.getWest()) * (b.getNorth() - b.getSouth());
        if (boxes.length) this.extent.set(iso, boxes.reduce((a, b) => (size(b) > size(a) ? b : a)));
      });
    }

    // Width and height in pixels of a country's largest part.
    pixels(iso) {
      const box = this.extent.get(iso);
      if (!box) return L.point(0, 0);
      const lat = box.getCenter().lat;
      const a = this.map.latLngToLayerPoint([lat, box.getWest()]);
      const b = this.map.latLngToLayerPoint([lat, box.getEast()]);
      const c = this.map.latLngToLayerPoint([box.getNorth(), box.getCenter().lng]);
      const d = this.map.latLngToLayerPoint([box.getSouth(), box.getCenter().lng]);
      return L.point(Math.abs(b.x - a.x), Math.abs(d.y - c.y));
    }

    view() { return `${this.map.getZoom()} ${this.map.getPixelOrigin()} ${this.map.options.crs.projection.project({ lat: 50, lng: 50 })}`; }
    latLng(x, y) { return this.map.unproject(L.point(x, y).add(this.map.getPixelOrigin())); }

    async refine() {
      const wanted = this.map.getZoom() >= ZOOM_FINE;
      if (wanted === this.isFine) return;
      if (wanted && !this.fine) {
        try {
          this.fine = Atlas.decode(await Atlas.region());
        } catch {
          return; // the coarse shapes remain; nothing is lost but detail
        }
      }
      if (this.map.getZoom() >= ZOOM_FINE !== wanted || wanted === this.isFine) return;
      this.isFine = wanted;
      (wanted ? this.fine : this.coarse).forEach((polygons, iso) =>
        this.layers.get(iso)?.setLatLngs(polygons));
    }

    // styles: iso3 -> [look, on the FILO layer]; scheme: "day" or "night".
    paint(styles, scheme) {
      const palette = this.classes[scheme];
      const touched = new Set();
      this.layers.forEach((layer, iso) => {
        const [key, filo] = styles(iso);
        if (layer.painted === key + filo + scheme) return;
        layer.painted = key + filo + scheme;
        touched.add(layer);
        const [fillColor, color, weight, rank] = palette.styles[key];
        layer.rank = rank + (filo ? 0.5 : 0);
        draw(layer, filo
          ? { fillColor, color: palette.filo, weight: 1.6, dashArray: "4 3" }
          : { fillColor, color, weight, dashArray: null });
        layer._path.dataset.state = key;
      });
      if (touched.size) this.order(touched);
    }

    // Dims what a chosen post does not serve.
    dim(outside) {
      this.layers.forEach((layer, iso) => layer._path.classList.toggle("dim", outside(iso)));
    }

    // Countries behind the globe's edge in a regional projection; also no longer to be clicked.
    hide(behind) {
      this.layers.forEach((layer, iso) => {
        layer._path.style.display = behind(iso) ? "none" : "";
      });
    }

    // Bold outlines last, or a neighbour's white border would cover half of them. Those that were not
    // `touched` stand in their order already.
    order(touched) {
      let next = null;
      [...this.layers.values()].sort((a, b) => b.rank - a.rank || b.place - a.place).forEach((layer) => {
        if (touched.has(layer)) layer._path.parentNode.insertBefore(layer._path, next);
        next = layer._path;
      });
    }
  };
})();
