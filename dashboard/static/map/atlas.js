// Ties the parts together. `Atlas.start(map)` runs once per frame; `Atlas.update(payload)` after
// every change of filter, selection, language or view, and touches only what differs.
(() => {
  let map;
  let ready = null; // { units, classes, countries, groups } once everything has arrived
  let payload = null; // the latest one, perhaps before the shapes are there
  let shown = null; // the one on screen
  let nodes = [];
  let ringed = null;
  let moved = false;
  let fitting = false;
  let fitted = 0; // the zoom of the preset
  let tip;
  let panels;
  let voice;
  let keys;
  let steps = null; // iso -> where each arrow leads, in the projection on screen
  let zooming;

  const look = (iso) => {
    if (ready.classes.ground[iso]) return ["ground", 0]; // nobody lives there: no unit
    const row = payload.units[iso];
    return row ? [payload.looks[row[0]], row[4] ? 1 : 0] : [payload.rest, 0];
  };

  const home = () => Object.keys(ready.units).find((iso) => look(iso)[0] === "home");

  const behind = (iso) => {
    const unit = ready.units[iso] ?? ready.classes.ground[iso];
    return !unit || Atlas.behind(payload.centre, unit[2], unit[3]);
  };

  const spot = (iso) => {
    const node = nodes.find((n) => n.iso === iso && n.small);
    if (node) return node;
    const unit = ready.units[iso];
    const p = Atlas.at(map, unit[2], unit[3]);
    return { iso, x: p.x, y: p.y, r: 9 };
  };

  // The chosen country has a ring under its marks; the one under the keyboard above everything,
  // or it would be lost where marks crowd.
  const rings = () => {
    [[payload.selected, "chosen", "rings"], [ringed, "focus", "cursor"]].forEach(([iso, kind, to]) => {
      const parts = [];
      ready.groups[to].replaceChildren();
      if (!iso || !ready.units[iso]) return;
      const place = spot(iso);
      const size = Math.max(...Object.values(ready.countries.pixels(iso)));
      // A circle stands out from what it lies on, where an outline would be lost among others.
      const small = place.small || size < (kind === "focus" ? 36 : 14);
      const radius = kind === "focus" ? Math.max(place.r, place.small ? 0 : size / 2) + 4 : place.r + 3;
      const shape = ready.countries.layers.get(iso)?._path.getAttribute("d");
      const draw = (style) => parts.push(small || !shape
        ? Atlas.svg("circle", { cx: place.x, cy: place.y, r: radius, class: style })
        : Atlas.svg("path", { d: shape, class: style }));
      draw(`${kind} under`);
      draw(kind);
      ready.groups[to].replaceChildren(...parts);
    });
  };

  const layout = () => {
    const { groups, countries } = ready;
    const classes = ready.classes[Atlas.scheme()];
    const units = Object.fromEntries(
      Object.entries(ready.units).filter(([iso]) => !behind(iso)));
    nodes = Atlas.marks(map, groups, payload, units, countries, classes, look);
    Atlas.links(map, groups.links, nodes, units, payload, classes);
    Atlas.labels(map, groups.labels, nodes, units, countries, payload, look);
    rings();
    panels.show(payload, ready, ready.countries.coarse, Atlas.scheme());
  };

  const place = (center, zoom) => {
    fitting = true;
    map.setView(center, zoom, { animate: false });
    fitting = false;
  };

  // Where the address says the reader had moved the map; nowhere else but at the start.
  const resume = () => {
    const kept = Atlas.kept(fitted);
    if (!kept) return false;
    place([kept[0], Atlas.wrap(kept[1])], kept[2]);
    place(Atlas.within(map, payload, map.getCenter()), map.getZoom());
    moved = true;
    return true;
  };

  // Moves to the preset: its projection first, then the zoom at which its box fills the window.
  const view = () => {
    map.options.crs = Atlas.crs(payload.centre);
    const { center, zoom } = Atlas.fit(map, payload.bounds);
    map.options.minZoom = zoom - (payload.centre ? 1.2 : 0.3);
    ready.countries.hide((iso) => behind(iso));
    steps = null;
    fitted = zoom;
    place(center, zoom);
    moved = false;
  };

  // A country chosen by search may lie outside the window.
  const reveal = (iso) => {
    const unit = iso && ready.units[iso];
    if (!unit) return;
    const point = L.latLng(unit[2], Atlas.wrap(unit[3]));
    const inner = map.getPixelBounds();
    const pad = map.getSize().divideBy(12);
    const box = L.bounds(inner.min.add(pad), inner.max.subtract(pad));
    if (!box.contains(map.project(point))) map.panTo(point, { animate: !Atlas.calm });
  };

  const words = () => {
    const { words: w, lang } = payload;
    voice.name(w, lang);
    zooming?.remove();
    zooming = L.control.zoom({ zoomInTitle: w.zoom_in, zoomOutTitle: w.zoom_out }).addTo(map);
    // One tab stop for the map: + and - do what the buttons do.
    zooming.getContainer().querySelectorAll("a").forEach((a) => { a.tabIndex = -1; });
    map.getContainer().querySelector(".credit").textContent = w.credit;
  };

  const render = () => {
    if (!ready || !payload) return;
    const before = shown;
    shown = payload;
    if (!before || before.lang !== payload.lang) words();
    ready.countries.paint(look, Atlas.scheme());
    if (!before || before.view !== payload.view) view();
    const resumed = !before && resume();
    if (before && before.view !== payload.view) Atlas.keep(map, fitted, false);
    if (before?.selected !== payload.selected) {
      if (!resumed) reveal(payload.selected);
      if (payload.selected) keys.at(payload.selected);
    }
    voice.tell(keys.where(), payload, ready.units, { start: !before });
    layout();
    const root = document.documentElement.dataset; // for tests and the bench: how often painted
    root.painted = String(Number(root.painted ?? 0) + 1);
  };

  const choose = (iso) => {
    const next = iso && iso === payload.selected ? null : iso;
    if (next === null && !payload?.selected) return false;
    const { words: w, selected } = payload;
    const name = Atlas.say(next ?? selected, payload, ready.units).name;
    voice.say((next ? w.chosen : w.released).replace("{name}", name));
    if (next) keys.at(next);
    payload = { ...payload, selected: next, links: [] }; // the ring at once; links follow
    shown = payload;
    layout();
    Atlas.send(next);
    return true;
  };

  const step = (iso, arrow) => {
    const units = Object.fromEntries(Object.entries(ready.units).filter(([i]) => !behind(i)));
    steps ??= Atlas.steps(map.options.crs, units, Atlas.borders(ready.world), home());
    return steps.get(iso)?.[arrow] ?? (steps.has(iso) ? null : home());
  };

  // To the title of the page (on the projector the stage): what is read there tells a listener
  // where they are.
  const leave = () => {
    const page = window.frameElement && window.parent.document;
    const goal = page?.querySelector(".st-key-stage[tabindex], h1");
    if (!goal) return;
    if (!goal.hasAttribute("tabindex")) goal.tabIndex = -1;
    goal.focus();
  };

  const pointer = () => {
    const at = (event) => event.originalEvent.target.closest?.("[data-iso]")?.dataset.iso;
    map.on("click", (event) => {
      const iso = ready && at(event);
      if (ready?.units[iso]) choose(iso);
    });
    map.on("mousemove", (event) => {
      const iso = ready && payload && at(event);
      if (iso) tip.show(Atlas.say(iso, payload, ready.units, ready.classes.ground), event.containerPoint);
      else tip.hide();
    });
    map.on("mouseout movestart", () => tip.hide());
    map.on("dragstart zoomstart", () => { if (!fitting && shown) moved = true; });
    map.on("moveend", () => {
      if (!moved || fitting) return;
      const center = Atlas.within(map, payload, map.getCenter());
      // Out of the empty sea; less than a pixel is no move, or this would go on for ever.
      if (map.project(center).distanceTo(map.project(map.getCenter())) > 1.5) {
        place(center, map.getZoom());
        rings();
      }
      Atlas.keep(map, fitted, true);
    });
    // One finger scrolls the page, two move the map.
    if (window.matchMedia("(pointer: coarse)").matches) map.dragging.disable();
    // The wheel scrolls the page until the reader has turned to the map.
    map.scrollWheelZoom.disable();
    map.getContainer().addEventListener("focus", () => map.scrollWheelZoom.enable());
    map.getContainer().addEventListener("blur", () => map.scrollWheelZoom.disable());
  };

  const furnish = () => {
    const container = map.getContainer();
    tip = new Atlas.Tip(container);
    container.appendChild(document.createElement("div")).className = "credit";
    panels = new Atlas.Panels(container, container.querySelector(".leaflet-control-container"));
    voice = new Atlas.Voice(container, map.getPane("mapPane"));
    keys = Atlas.keys(container, {
      step,
      start: () => (ready && payload ? payload.selected ?? home() : null),
      leave,
      ring: (iso, aloud) => {
        ringed = iso;
        if (!ready || !payload) return;
        if (aloud) voice.tell(iso, payload, ready.units, { came: true });
        if (iso) reveal(iso);
        rings();
        panels.ring(iso);
        if (!iso) { tip.hide(); return; }
        // What is spoken is also shown: not everyone who uses the keys uses a screen reader.
        const { x, y } = map.layerPointToContainerPoint([spot(iso).x, spot(iso).y]);
        tip.show(Atlas.say(iso, payload, ready.units), { x, y });
      },
      choose,
      // Towards the country under the ring, or the middle of the map where there is none.
      zoom: (step) => {
        const unit = ringed && ready?.units[ringed];
        const goal = unit ? [unit[2], Atlas.wrap(unit[3])] : map.getCenter();
        map.setView(goal, map.getZoom() + step * 0.75, { animate: !Atlas.calm });
        moved = true;
      },
    });
  };

  Atlas.start = async (instance) => {
    map = instance;
    L.Icon.Default.imagePath = Atlas.images;
    map.setView([20, 11], 1, { animate: false });
    furnish();
    pointer();
    Atlas.frame(map, () => { if (shown && !moved) { view(); layout(); } });
    map.on("zoomstart", () => tip.hide());
    Atlas.watch(() => { if (shown) { ready.countries.paint(look, Atlas.scheme()); layout(); } });
    try {
      const [world, units, classes] = await Promise.all([Atlas.world, Atlas.units, Atlas.classes]);
      const font = ["500", "400"].map((weight) => document.fonts.load(`${weight} 11px "Fira Sans"`));
      const countries = new Atlas.Countries(map, Atlas.decode(world), classes);
      ready = { world, units, classes, countries, groups: Atlas.overlay(map) };
      map.on("zoomend", () => { if (shown) layout(); });
      map.on("moveend", () => { if (shown) rings(); });
      render();
      await Promise.allSettled(font);
      if (shown) layout(); // labels measured with the real letters
    } catch (error) {
      voice.fail(payload?.words.failed ?? String(error));
    }
  };

  Atlas.update = (next) => {
    payload = next;
    render();
  };
})();
