// Ties the parts together. `Atlas.start(map)` runs once per frame; `Atlas.update(payload)` after
// every change of filter, selection, language or view, and touches only what differs.
(() => {
  const PART = 120; // degrees across: posts that lie further apart are those of the world
  const LETTERS = 1500; // ms that names wait for their letters
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
  let card;
  let insets;
  let stage;
  let resize;
  let post = null; // of `reach`, where one is chosen
  let reach = [];
  let fittedInsets = ""; // which insets there are, and how large
  let due = 0; // names that wait for their turn
  let lettered = false; // whether the letters are here that names are measured in

  // What is drawn: the payload with the lines of what is chosen, and what a chosen post serves.
  const drawn = () => ({
    ...payload,
    posts: Atlas.marked(payload, post?.key),
    post: post?.key ?? null,
    lit: post ? lit() : new Map(),
    // Lines of their own have maps that tell something else than who serves a country.
    links: payload.links?.length ? payload.links
      : Atlas.lines(reach, payload.selected, post, payload.about),
  });

  const lit = () => {
    const number = new Intl.NumberFormat(payload.lang);
    const far = ({ km }) => payload.words.distance.replace("{km}", number.format(km));
    return new Map([[post.host, ""], ...Atlas.area(post).filter(({ iso }) => iso !== post.host)
      .map((one) => [one.iso, far(one)])]);
  };

  const outside = (iso) => Boolean(post) && iso !== post.host
    && !post.area.some((one) => one.iso === iso);

  // As the page came, the world's insets take what would be a lump on it.
  const apart = (lat, lng) => Boolean(map.getZoom() < fitted + 0.5 && insets.holds(lat, lng));

  const look = (iso) => {
    if (ready.classes.ground[iso]) return ["ground", 0]; // nobody lives there: no unit
    const row = payload.units[iso];
    const key = row ? payload.looks[row[0]] : payload.rest;
    return [key, row?.[4] && key !== "outside" ? 1 : 0];
  };

  const home = () => Object.keys(ready.units).find((iso) => look(iso)[0] === "home");

  const behind = (iso) => {
    const unit = ready.units[iso] ?? ready.classes.ground[iso];
    return !unit || Atlas.behind(payload.centre, unit[2], unit[3]);
  };

  // Where the arrows lead: to the countries of the chosen area; where none of it is in sight, to what is.
  const seen = () => {
    const inSight = Object.entries(ready.units).filter(([iso]) => !behind(iso));
    const inArea = inSight.filter(([iso]) => !Atlas.outside(payload, iso));
    return Object.fromEntries(inArea.length ? inArea : inSight);
  };

  const entry = () => Atlas.entry(map.options.crs, seen(), home());

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
    insets.each((inset) => {
      inset.ring("chosen", "rings", payload.selected);
      inset.ring("focus", "cursor", ringed);
    });
  };

  // What stands within the window: a name waits only for names that can be seen.
  const inView = (units) => {
    const box = map.getPixelBounds();
    return Object.fromEntries(Object.entries(units)
      .filter(([, unit]) => box.contains(map.project([unit[2], Atlas.wrap(unit[3])]))));
  };

  // Names are laid out again after every move, for what is seen then.
  const names = () => {
    due = 0;
    const here = Object.fromEntries(Object.entries(ready.units)
      .filter(([iso, unit]) => !behind(iso) && !apart(unit[2], unit[3])));
    const now = drawn();
    Atlas.labels(map, ready.groups.labels, nodes, inView(here), ready.countries, now, look, ready.classes);
    insets.each((inset) => inset.names(now, look, ready.classes));
    const root = document.documentElement.dataset; // for tests, as `painted`
    root.named = String(Number(root.named ?? 0) + 1);
  };

  // They take as long as all the rest: what changed is painted first, and the names that stand keep
  // their place until then.
  const soon = () => {
    if (!due && lettered) due = Atlas.idle(names);
  };

  const layout = () => {
    const { groups, countries } = ready;
    const classes = ready.classes[Atlas.scheme()];
    const units = Object.fromEntries(
      Object.entries(ready.units).filter(([iso]) => !behind(iso)));
    const here = Object.fromEntries(Object.entries(units)
      .filter(([, unit]) => !apart(unit[2], unit[3])));
    const now = drawn();
    const [inset, posts] = [true, false].map((is) => now.posts.filter(([lat, lng]) => apart(lat, lng) === is));
    const own = { ...now, posts };
    Atlas.specks(map, groups.specks, inset, now.post, classes);
    nodes = Atlas.marks(map, groups, own, units, countries, classes, look, here);
    Atlas.links(map, groups.links, nodes, units, now, classes);
    countries.dim(outside);
    stage.classList.toggle("faint", Boolean(post));
    insets.each((inset) => inset.show(now, ready.units, ready.classes, look, outside));
    rings();
    panels.show(payload, ready, ready.countries.coarse, Atlas.scheme());
    soon();
  };

  // Another zoom, size or projection: names of the one before would stand beside their countries.
  const relayout = () => {
    ready.groups.labels.replaceChildren();
    layout();
  };

  // The card says what is chosen; without a choice what can be.
  const tell = () => {
    if (!ready || !payload) return;
    card.name(payload.words);
    if (post) card.post(post, payload, ready.units);
    else if (payload.selected) card.country(payload.selected, payload, ready.units, reach, Atlas.dossier);
    else card.idle(payload, ready.units, reach);
    stage.classList.toggle("chosen", Boolean(post || payload.selected));
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
  const preset = () => {
    map.options.crs = Atlas.crs(payload.centre);
    const { center, zoom } = Atlas.fit(map, payload.bounds);
    map.options.minZoom = zoom - (payload.centre ? 1.2 : 0.3);
    fitted = zoom;
    place(center, zoom);
  };

  const view = () => {
    preset();
    ready.groups.labels.replaceChildren();
    ready.countries.hide((iso) => behind(iso));
    steps = null;
    moved = false;
    if (!approach(payload.selected)) gather();
  };

  // Nor need it show the whole world where what the reader chose has its posts in a part of it.
  const gather = () => {
    const posts = Atlas.marked(payload).map(([lat, lng]) => [lat, Atlas.wrap(lng)]);
    if (!posts.length || !isSmallWorld()) return;
    const [lats, lngs] = [0, 1].map((axis) => posts.map((post) => post[axis]));
    const box = [Math.min(...lats) - 6, Math.min(...lngs) - 8, Math.max(...lats) + 6, Math.max(...lngs) + 8];
    if (box[3] - box[1] > PART) return;
    const { center, zoom } = Atlas.fit(map, box);
    place(center, zoom);
  };

  const isSmallWorld = () => stage.dataset.layout === "phone" && payload.view === "world";

  // On a phone the world is too small: the map opens on the country that was chosen.
  const approach = (iso) => {
    const box = ready.countries.extent.get(iso);
    const unit = ready.units[iso];
    if (!unit || !isSmallWorld()) return false;
    const near = [unit[2] - 9, unit[3] - 14, unit[2] + 9, unit[3] + 14];
    const wide = box
      ? [box.getSouth() - 3, box.getWest() - 4, box.getNorth() + 3, box.getEast() + 4] : near;
    const bounds = near.map((n, i) => (i < 2 ? Math.min(n, wide[i]) : Math.max(n, wide[i])));
    const { center, zoom } = Atlas.fit(map, bounds);
    place(center, zoom);
    return true;
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
    payload = { ...payload, words: { ...ready.words[payload.lang], ...payload.words } };
    shown = payload;
    voice.recover();
    reach = Atlas.reach(payload);
    const kept = before ? post?.key : Atlas.keptPost();
    post = reach.find(({ key }) => key === kept) ?? null;
    tell();
    if (!before || before.view !== payload.view || panelsOf(before) !== panelsOf(payload)) {
      resize();
    }
    if (!before || before.lang !== payload.lang) words();
    if (before && before.words.outside !== payload.words.outside) steps = null; // another area
    ready.countries.paint(look, Atlas.scheme());
    if (!before || before.view !== payload.view) view();
    const resumed = !before && resume();
    if (before && before.view !== payload.view) Atlas.keep(map, fitted, false);
    if (before?.selected !== payload.selected) {
      if (!resumed && !(!before && isSmallWorld())) reveal(payload.selected);
      if (payload.selected) keys.at(payload.selected);
    }
    voice.tell(keys.where(), payload, ready.units, { start: !before });
    layout();
    const root = document.documentElement.dataset; // how often painted: for print.js, tests and the bench
    root.painted = String(Number(root.painted ?? 0) + 1);
  };

  const drop = () => {
    post = null;
    Atlas.keepPost(null);
  };

  // All that a post says is here already: nothing is asked of the page, but to let go of the
  // country. Not of one on whose card the post was chosen: Escape leads back to it.
  const pick = (key, { back = false } = {}) => {
    const before = post;
    post = before?.key === key ? null : reach.find((one) => one.key === key) ?? null;
    if (!before && !post) return false;
    if (post && payload.selected && !back) {
      payload = { ...payload, selected: null };
      shown = payload;
      Atlas.send(null);
    }
    Atlas.keepPost(post?.key);
    const { words: w } = payload;
    voice.say((post ? w.post_chosen : w.released).replace("{name}", (post ?? before).city));
    tell();
    resize();
    layout();
    return true;
  };

  const choose = (iso) => {
    if (iso === null && post) return pick(post.key);
    const next = iso && iso === payload.selected ? null : iso;
    if (next === null && !payload?.selected) return false;
    const { words: w, selected } = payload;
    const name = Atlas.say(next ?? selected, payload, ready.units).name;
    voice.say((next ? w.chosen : w.released).replace("{name}", name));
    if (next) keys.at(next);
    payload = { ...payload, selected: next }; // at once; the page around the map follows
    shown = payload;
    drop();
    tell();
    resize();
    layout();
    Atlas.send(next);
    return true;
  };

  const step = (iso, arrow) => {
    steps ??= Atlas.steps(map.options.crs, seen(), Atlas.borders(ready.world), entry());
    return steps.get(iso)?.[arrow] ?? (steps.has(iso) ? null : entry());
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
    const at = (target) => {
      const { iso, unit } = target.closest?.("[data-iso], [data-unit]")?.dataset ?? {};
      return iso ?? unit;
    };
    let pressed = null; // what was chosen last: the card tells of it, the tooltip need not
    // A mark is drawn anew once it is chosen, so what it stands for is compared.
    const same = (one, other) => Boolean(other) && ["iso", "unit", "post"]
      .every((name) => one.dataset[name] === other.dataset[name]);
    const press = (target) => {
      pressed = target.closest?.("[data-iso], [data-unit]");
      tip.hide();
      const mark = target.closest?.("[data-post]")?.dataset.post;
      const iso = ready && at(target);
      if (mark && reach.some(({ key, area }) => key === mark && area.length)) pick(mark);
      else if (ready?.units[iso]) choose(iso);
    };
    const hover = (target, point) => {
      const iso = ready && payload && at(target);
      const over = target.closest?.("[data-iso], [data-unit]");
      if (!iso || same(over, pressed)) { tip.hide(); return; }
      pressed = null;
      const mark = target.closest("[data-post]")?.dataset.post;
      const seen = Atlas.say(iso, payload, ready.units, ready.classes.ground);
      const city = reach.find(({ key }) => key === mark)?.city;
      tip.show(city ? { ...seen, name: `${city}, ${seen.name}` } : seen, point);
    };
    map.on("click", (event) => press(event.originalEvent.target));
    map.on("mousemove", (event) => hover(event.originalEvent.target, event.containerPoint));
    insets.insets.forEach(({ svg }) => {
      svg.addEventListener("click", (event) => {
        map.getContainer().focus({ preventScroll: true }); // for the keys, as a click on the map
        press(event.target);
      });
      svg.addEventListener("mousemove", (event) => {
        const { left, top } = stage.getBoundingClientRect();
        hover(event.target, { x: event.clientX - left, y: event.clientY - top });
      });
      svg.addEventListener("mouseleave", () => tip.hide());
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

  const panelsOf = (told) => Object.keys(told?.small ?? {}).length;

  // Where map, insets and card stand. The world has insets below it and the card beside these; a
  // part of the world has the card beside it; on a phone all stand below one another.
  const arrange = (width, height, full, paper) => {
    const container = map.getContainer();
    const set = (kind, wide, tall) => {
      stage.dataset.layout = kind;
      container.style.width = `${wide}px`;
      container.style.height = `${tall}px`;
    };
    const world = payload?.view === "world";
    const small = panelsOf(payload);
    const withInsets = full && ready && world && !small;
    // On the projector and on paper nothing stands beside the map that says nothing.
    const open = (Boolean(Atlas.projector?.()) || paper) && !post && !payload?.selected && !small;
    stage.classList.toggle("open", open);
    if (ready && payload) stage.dataset.ready = "";
    let all = height;
    if (!full || !payload) set("bare", width, height);
    else if (width < 640) {
      set("phone", width, Math.round(width * (small ? 0.62 * small : world ? 0.56 : 1)));
    } else if (small) set(small % 2 ? "quarter" : "side", width - (small % 2 ? 0 : 300), height);
    else if (world) {
      const strip = Math.round(Math.max(150, height * 0.43));
      set("strip", width, height - strip);
      stage.style.setProperty("--strip", `${strip}px`);
    } else set("side", width - (open ? 0 : 300), height);
    const seen = ready ? insets.fit(withInsets, ready.shapes, ready.units) : "";
    if (seen !== fittedInsets) {
      fittedInsets = seen;
      if (shown) layout();
    }
    if (stage.dataset.layout === "phone") all = Math.ceil(stage.scrollHeight);
    else stage.style.height = `${height}px`;
    return all;
  };

  const furnish = () => {
    const container = map.getContainer();
    stage = container.parentElement;
    stage.classList.add("stage");
    insets = new Atlas.Insets(stage);
    card = new Atlas.Card(stage, {
      post: (key) => { pick(key, { back: true }); card.focus(); },
      country: (iso) => { drop(); choose(iso); card.focus(); },
      close: () => { choose(null); container.focus(); },
    });
    tip = new Atlas.Tip(stage);
    container.appendChild(document.createElement("div")).className = "credit";
    panels = new Atlas.Panels(container, container.querySelector(".leaflet-control-container"));
    voice = new Atlas.Voice(container, map.getPane("mapPane"));
    keys = Atlas.keys(container, {
      step,
      start: () => (ready && payload ? payload.selected ?? entry() : null),
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
    resize = Atlas.frame(map, stage, arrange, () => {
      if (!shown) return;
      if (!moved) view();
      relayout();
    });
    map.on("zoomstart", () => tip.hide());
    Atlas.watch(() => { if (shown) { ready.countries.paint(look, Atlas.scheme()); layout(); } });
    try {
      // Without its style sheet all would be drawn, and measured, twice.
      const [world, units, classes, words] = await Promise.all(
        [Atlas.world, Atlas.units, Atlas.classes, Atlas.words, Atlas.styled]);
      const letters = Promise.allSettled(["500", "400"]
        .map((weight) => document.fonts.load(`${weight} 11px "Fira Sans"`)));
      ready = { world, units, classes, words, shapes: Atlas.decode(world) };
      if (payload) { // the shapes are made for the place they will have
        resize();
        preset();
      }
      ready.countries = new Atlas.Countries(map, ready.shapes, classes);
      ready.groups = Atlas.overlay(map);
      map.on("zoomend", () => { if (shown && !fitting) relayout(); });
      map.on("moveend", () => { if (shown && !fitting) { names(); rings(); } });
      render();
      await Promise.race([letters, new Promise((done) => { setTimeout(done, LETTERS); })]);
      lettered = true;
      if (shown) soon();
      document.fonts.addEventListener("loadingdone", () => { if (shown) soon(); });
    } catch (error) {
      Atlas.fail(error);
    }
  };

  // In the words of the map, or `error` itself where these have not come either. No room is kept for a map any
  // longer, and nothing lies over what is said (../first_map.js).
  Atlas.fail = async (error) => {
    const page = window.frameElement?.ownerDocument.documentElement;
    const room = window.frameElement?.closest("[class*='st-key-room_']");
    if (room) room.dataset.drawn = "";
    const words = (await Atlas.words.catch(() => null))?.[payload?.lang ?? page?.lang];
    voice.fail(words?.failed ?? String(error));
  };

  // The names that wait, at once: before all of it goes to paper.
  Atlas.settle = () => { if (due) names(); };

  // Lists of codes come as one text each ("ALB1XKX187": unit and kilometres); in files as lists.
  const unpacked = (next) => (typeof next.first !== "string" ? next : {
    ...next,
    first: next.first.split(" ").filter(Boolean),
    served: next.served.map((post) => post.map((area) =>
      [...area.matchAll(/([A-Z]{3})(-?\d+)/g)].flatMap(([, iso, km]) => [iso, Number(km)]))),
  });

  Atlas.update = (next) => {
    payload = unpacked(next);
    render();
  };
})();
