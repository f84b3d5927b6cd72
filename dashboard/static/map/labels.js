// Names of countries where there is room, and of cities with posts once zoomed in.
(() => {
  const FONT = '"Fira Sans", sans-serif';
  const CITY_ZOOM = 3.7;
  const pen = document.createElement("canvas").getContext("2d");

  const width = (text, size, weight) => {
    pen.font = `${weight} ${size}px ${FONT}`;
    return pen.measureText(text).width;
  };

  // Tries the given centres in turn; takes the first whose box is free. `abroad` gives the share of a
  // box on the land of others, `limit` the most there may be; where none keeps to it, `least` takes
  // the one with the least. `rim`: px around the box that count for its land, and with `alone` also
  // for what else stands there.
  const put = (boxes, group, text, spots, size, weight, kind, { abroad, limit, least, rim = 0, alone } = {}) => {
    const w = width(text, size, weight) / 2 + 2;
    const h = size * 0.55 + 1;
    const box = ([x, y], more = rim) => [x - w - more, y - h - more, x + w + more, y + h + more];
    const free = spots.filter((at) => boxes.free(box(at, 0)) && (!alone || boxes.free(box(at))));
    let spot = abroad ? free.find((at) => abroad(box(at), limit) <= limit) : free[0];
    if (!spot && least && free.length) {
      const shares = free.map((at) => abroad(box(at)));
      spot = free[shares.indexOf(Math.min(...shares))];
    }
    if (!spot) return false;
    const [x, y] = spot;
    boxes.take([x - w, y - h, x + w, y + h]);
    group.append(Atlas.svg("text", {
      x: x.toFixed(1), y: y.toFixed(1), dy: "0.35em", class: kind, "font-size": size,
    }, text));
    return true;
  };

  const beside = (node, half, rise) => [
    [node.x + node.r + half + 3, node.y], [node.x - node.r - half - 3, node.y],
    [node.x, node.y - node.r - rise], [node.x, node.y + node.r + rise],
  ];

  const aslant = ({ x, y, r }, half, rise) => [[1, 1], [-1, 1], [1, -1], [-1, -1]]
    .map(([u, v]) => [x + u * half * 0.7, y + v * (r + rise)]);

  // Centres around a place, the nearest first, as far as `x` and `y` px from it.
  const around = (place, x, y) => [-1, -0.5, 0, 0.5, 1]
    .flatMap((u) => [-1, -0.5, 0, 0.5, 1].map((v) => [u * x, v * y]))
    .sort((a, b) => Math.hypot(...a) - Math.hypot(...b))
    .map(([u, v]) => [place.x + u, place.y + v]);

  // The order in which units are named, and whether each comes first: the rule is
  // dashboard/figures/labelling.py, its fixed part stands in units.json (rank, and for territories
  // the states that they wait for).
  Atlas.inTurn = (units, before) => {
    const ahead = before.filter((iso) => units[iso]);
    const rest = Object.keys(units).filter((iso) => !ahead.includes(iso))
      .sort((a, b) => units[a][5] - units[b][5]);
    return [...ahead.map((iso) => [iso, true]), ...rest.map((iso) => [iso, false])];
  };

  // `named`: the units that have a name already. Returns all that have one.
  Atlas.putInTurn = (units, named, turns, quiet, put) => {
    const done = new Set(named);
    turns.forEach(([iso, first]) => {
      const waits = quiet(iso)
        && (units[iso][6] ?? []).some((state) => units[state] && !done.has(state));
      if (!waits && put(iso, first)) done.add(iso);
    });
    return [...done];
  };

  // What no name may stick out of: the window, in the pixels that names are placed by.
  const edges = (map) => {
    if (map.place) return [0, 0, map.getSize().x, map.getSize().y];
    const { min, max } = map.getPixelBounds();
    const origin = map.getPixelOrigin();
    return [min.x - origin.x, min.y - origin.y, max.x - origin.x, max.y - origin.y];
  };

  Atlas.labels = (map, group, nodes, units, countries, payload, look, classes) => {
    group.replaceChildren();
    const boxes = new Atlas.Boxes(edges(map));
    nodes.forEach((n) => boxes.take([n.x - n.r, n.y - n.r, n.x + n.r, n.y + n.r]));
    const column = payload.lang === "en" ? 1 : 0;
    const marked = new Map(nodes.filter((n) => n.small).map((n) => [n.iso, n]));
    const zoom = map.getZoom();
    const [fits, spills, sprawls, leans, rim] = classes.room;
    const narrow = map.getSize().x < 500 && !map.place; // on a phone only what fits with ease

    const country = (iso, must, host) => {
      const unit = units[iso];
      if (!unit) return false;
      const room = countries.pixels(iso);
      const size = Math.max(10, Math.min(13.5, 7 + Math.sqrt(room.x * room.y) / 13));
      const far = payload.lit?.get(iso);
      const text = far ? `${unit[column]} ${far}` : unit[column];
      const half = width(text, size, 500) / 2;
      if (marked.has(iso)) {
        if (must || zoom > CITY_ZOOM || map.place) {
          return put(boxes, group, text, beside(marked.get(iso), half, 8), 10.5, 500, "small");
        }
        return false;
      }
      const slack = narrow ? 0.8 : unit[6] ? fits : spills;
      const p = Atlas.at(map, unit[2], unit[3]);
      const shift = Math.min(room.y * 0.3, 26);
      const aside = !map.place && half * 2 <= room.x * 1.2 ? Math.min(26, room.x / 4) : 0;
      const ground = (aside ? [0, -1, 1] : [0])
        .flatMap((u) => [0, -0.5, 0.5, -1, 1].map((f) => [p.x + u * aside, p.y + f * shift]));
      const abroad = (box, limit) => Atlas.abroad(countries, iso, box, limit);
      const write = (spots, more) => put(boxes, group, text, spots, size, 500, "country", { abroad, ...more });
      if (!must) {
        const fitting = half * 2 <= room.x * slack && room.y >= size;
        if (fitting && write(ground, { limit: leans, least: true })) return true;
        if (narrow) return false;
        // A host without room for its name has it by its post, any state in the sea beside it;
        // never on the land of another, for there it would be read as that one's.
        const post = host && zoom <= CITY_ZOOM && nodes.find((n) => n.heavy && n.iso === iso);
        const byPost = post ? [0, 8].flatMap((d) => {
          const off = { ...post, r: post.r + d };
          return [...beside(off, half, 8), ...aslant(off, half, 8)];
        }) : [];
        const coast = unit[6] && !host ? [] : beside({ x: p.x, y: p.y, r: room.x / 2 }, half, 0)
          .slice(0, 2).concat(beside({ x: p.x, y: p.y, r: room.y / 2 }, half, size * 0.6).slice(2));
        if (write(byPost, { limit: 0, rim })) return true;
        if (write(coast, { limit: 0, rim, alone: true })) return true;
        return Boolean(post && map.place) && half * 2 <= room.x * sprawls
          && write([...around(p, half * 0.6, room.y / 2), ...around(post, half + post.r + 3, 18)], { limit: leans, least: true });
      }
      const side = half + room.x / 2 + 6;
      [16, 26, 38].forEach((d) => ground.push([p.x, p.y - d], [p.x, p.y + d]));
      ground.push([p.x + side, p.y], [p.x - side, p.y]);
      return put(boxes, group, text, ground, size, 500, "must");
    };

    // The chosen country and the home country first, then hosts and gaps, by size.
    const first = [payload.selected, ...Object.keys(units).filter((i) => look(i)[0] === "home")];
    if (payload.post) {
      [...payload.lit.keys()].forEach((iso) => country(iso, true));
      return; // the rest is dimmed
    }
    first.filter(Boolean).forEach((iso) => country(iso, true));
    if (zoom > CITY_ZOOM) {
      nodes.filter((n) => n.heavy).forEach((n) => {
        const orgs = n.parts.map(([org, many]) => {
          const name = payload.words[`short_${org}`] ?? org;
          return many > 1 ? `${many} ${name}` : name;
        });
        const text = `${payload.cities[n.city]} · ${orgs.join(", ")}`;
        const half = width(text, 10.5, 400) / 2;
        put(boxes, group, text, beside(n, half, 8), 10.5, 400, "city");
      });
    }
    const mine = first.filter((iso) => iso && units[iso]);
    const turns = Atlas.inTurn(units, payload.first).filter(([iso]) => !mine.includes(iso));
    const quiet = (iso) => ["none", "unknown", "covered", "other"].includes(look(iso)[0]);
    Atlas.putInTurn(units, mine, turns, quiet, (iso, first) => country(iso, false, first));
  };
})();
