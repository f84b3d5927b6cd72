// Maps beside the map: one small map for each organisation. They lie over the map in the same
// frame, so pointer, keyboard and words are those of the map itself; each is one SVG, drawn once
// for a part of the world and recoloured after that.
(() => {
  const UNIT = 1000; // px of the drawing across; the SVG scales to its place
  const STATES = ["post", "accredited", "region"];

  class Panel {
    constructor(place, countries, units, payload) {
      const crs = Atlas.crs(payload.centre);
      const bounds = Atlas.extent(crs, payload.bounds);
      const scale = UNIT / bounds.getSize().x;
      const at = (lat, lng) => {
        const p = crs.projection.project(L.latLng(lat, Atlas.wrap(lng)));
        return [(p.x - bounds.min.x) * scale, (bounds.max.y - p.y) * scale];
      };
      const inside = (iso) => !units[iso] || !Atlas.behind(payload.centre, units[iso][2], units[iso][3]);
      this.svg = Atlas.svg("svg", {
        viewBox: `0 0 ${UNIT} ${Math.round(bounds.getSize().y * scale)}`, "aria-hidden": "true",
      });
      this.title = document.createElement("div");
      this.shapes = new Map();
      countries.forEach((polygons, iso) => {
        if (!inside(iso)) return;
        const d = polygons.flatMap((rings) => rings.map((ring) =>
          `M${ring.map(([lat, lng]) => at(lat, lng).map((v) => v.toFixed(1)).join(" ")).join("L")}Z`));
        this.add(iso, Atlas.svg("path", { d: d.join("") }));
      });
      Object.entries(units).filter(([iso, unit]) => unit[4] && inside(iso)).forEach(([iso, unit]) => {
        const [cx, cy] = at(unit[2], unit[3]);
        this.add(iso, Atlas.svg("circle", { cx: cx.toFixed(1), cy: cy.toFixed(1), r: 9 }));
      });
      const figure = place.appendChild(document.createElement("div"));
      figure.className = "panel";
      this.key = document.createElement("p");
      figure.append(this.title, this.key, this.svg);
    }

    // On a phone, where the legend stands below all of them, each says what its own colours mean.
    explain(own, words, palette) {
      this.key.replaceChildren(...STATES.flatMap((state) => {
        const look = Object.keys(own).find((name) => name.split("-")[0] === state);
        if (!look) return [];
        const colour = document.createElement("i");
        colour.style.background = palette.styles[look][0];
        const item = document.createElement("span");
        item.append(colour, words[state]);
        return [item];
      }));
    }

    add(iso, shape) {
      shape.dataset.iso = iso;
      this.svg.append(shape);
      this.shapes.set(iso, [...(this.shapes.get(iso) ?? []), shape]);
    }

    // look: iso3 -> look; a small state that has none of its own colour shows no disc.
    paint(title, look, palette) {
      this.title.textContent = title;
      this.shapes.forEach((shapes, iso) => shapes.forEach((shape) => {
        const key = look(iso);
        const [fill, stroke] = palette.styles[key];
        const isDisc = shape.tagName === "circle";
        shape.setAttribute("fill", fill);
        shape.setAttribute("stroke", isDisc ? palette.ink : stroke);
        shape.style.display = isDisc && ["none", "other", "outside", "unknown"].includes(key) ? "none" : "";
      }));
    }

    ring(kind, iso) {
      this.svg.querySelectorAll(`.${kind}`).forEach((shape) => shape.classList.remove(kind));
      (this.shapes.get(iso) ?? []).forEach((shape) => {
        shape.classList.add(kind);
        this.svg.append(shape); // above its neighbours, or they would cover half of its outline
      });
    }
  }

  Atlas.Panels = class {
    // `controls` are the map's own buttons; the panels stand before them and hide them.
    constructor(container, controls) {
      this.place = document.createElement("div");
      container.insertBefore(this.place, controls);
      this.place.className = "panels";
      this.place.hidden = true;
      this.panels = [];
      this.drawn = "";
      // The map below stays where it is.
      ["mousedown", "dblclick", "wheel", "touchstart"].forEach((name) =>
        this.place.addEventListener(name, (event) => event.stopPropagation(), { passive: true }));
    }

    show(payload, { units, classes }, countries, scheme) {
      const names = Object.keys(payload.small ?? {});
      this.place.hidden = names.length === 0;
      if (!names.length) return;
      const drawn = `${payload.view} ${names.length}`;
      if (drawn !== this.drawn) {
        this.place.replaceChildren();
        this.panels = names.map(() => new Panel(this.place, countries, units, payload));
        this.drawn = drawn;
      }
      names.forEach((name, n) => {
        const own = new Map(Object.entries(payload.small[name]).flatMap(([key, codes]) =>
          codes.map((iso) => [iso, key])));
        const fill = (iso) => (classes.ground[iso] ? "ground" : own.get(iso) ?? payload.rest);
        this.panels[n].paint(payload.words[`org_${name}`], fill, classes[scheme]);
        this.panels[n].explain(payload.small[name], payload.words, classes[scheme]);
        this.panels[n].ring("chosen", payload.selected);
      });
    }

    ring(iso) {
      this.panels.forEach((panel) => panel.ring("focus", iso));
    }
  };
})();
