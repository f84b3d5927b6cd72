// Names of countries where there is room, and of cities with posts once zoomed in.
(() => {
  const FONT = '"Fira Sans", sans-serif';
  const CITY_ZOOM = 3.7;
  const MOST = 0.4; // of a name on its own ground: with more on the land of others it is read as theirs
  const APART = 4; // px between two names on one line beyond the room each has: less reads as one name
  // Half the room of a name: so much of its letters for each line, and some px. In an inset, where every
  // px counts, no more than the letters fill, or Denmark has no name between the Netherlands and Sweden.
  const LOOSE = { line: 0.55, around: 1 };
  const TIGHT = { line: 0.5, around: 0.4 };
  const NEAR = 10; // px: a name in the sea stands no further from its coast
  const pen = document.createElement("canvas").getContext("2d");
  // Not the width of the document: to ask that lays out all that was just drawn, for each inset anew.
  const telephone = window.matchMedia("(max-width: 639.98px)");

  const widths = new Map(); // measured once, and again with the real letters
  document.fonts.addEventListener("loadingdone", () => widths.clear());
  const width = (text, size, weight) => {
    const key = `${weight} ${size} ${text}`;
    if (!widths.has(key)) {
      pen.font = `${weight} ${size}px ${FONT}`;
      widths.set(key, pen.measureText(text).width);
    }
    return widths.get(key);
  };

  // Tries the given centres in turn; takes the first whose box is free. `abroad` gives the share of a
  // box on the land of others, `limit` the most there may be; where none keeps to it, the one
  // with the least is taken if that is no more than `least`. `rim`: px around the box that count for its land, and with `alone` also
  // for what else stands there.
  const put = (boxes, { line, around }, group, lines, spots, size, weight, kind, { abroad, limit, least, rim = 0, alone } = {}) => {
    const w = Math.max(...lines.map((line) => width(line, size, weight))) / 2 + 2;
    const h = size * line * lines.length + around;
    const box = ([x, y], more = rim) => [x - w - more, y - h - more, x + w + more, y + h + more];
    const free = spots.filter((at) => boxes.free(box(at, 0)) && (!alone || boxes.free(box(at))));
    let spot = abroad ? free.find((at) => abroad(box(at), limit) <= limit) : free[0];
    if (!spot && least && free.length) {
      const shares = free.map((at) => abroad(box(at)));
      const best = Math.min(...shares);
      spot = best <= least ? free[shares.indexOf(best)] : undefined;
    }
    if (!spot) return false;
    const [x, y] = spot;
    boxes.take([x - w - APART, y - h, x + w + APART, y + h]);
    const text = Atlas.svg("text", {
      x: x.toFixed(1), y: y.toFixed(1), dy: "0.35em", class: kind, "font-size": size,
    }, lines.length > 1 ? undefined : lines[0]);
    if (lines.length > 1) {
      lines.forEach((line, n) => text.append(Atlas.svg("tspan", {
        x: x.toFixed(1), y: (y + (n - (lines.length - 1) / 2) * size * 1.02).toFixed(1), dy: "0.35em",
      }, line)));
    }
    group.append(text);
    return true;
  };

  // A long name on two lines of about one length, as an atlas writes it; null for what does not break.
  const broken = (text) => {
    const breaks = [...text.matchAll(/ |-/g)].map(({ index, 0: sign }) => index + (sign === "-" ? 1 : 0));
    if (!breaks.length || text.length < 8) return null;
    const far = (at) => Math.abs(at - text.length / 2);
    const at = breaks.reduce((a, b) => (far(b) < far(a) ? b : a));
    return [text.slice(0, at).trim(), text.slice(at).trim()];
  };

  const beside = (node, half, rise) => [
    [node.x + node.r + half + 3, node.y], [node.x - node.r - half - 3, node.y],
    [node.x, node.y - node.r - rise], [node.x, node.y + node.r + rise],
  ];

  const aslant = ({ x, y, r }, half, rise) => [[1, 1], [-1, 1], [1, -1], [-1, -1]]
    .map(([u, v]) => [x + u * half * 0.7, y + v * (r + rise)]);

  // Centres around a place, the nearest first, as far as `x` and `y` px from it.
  const STEPS = [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1];
  const around = (place, x, y) => STEPS.flatMap((u) => STEPS.map((v) => [u * x, v * y]))
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
    const edge = edges(map);
    const [, , right, bottom] = edge;
    const boxes = new Atlas.Boxes(edge);
    const height = map.place ? TIGHT : LOOSE;
    // In an inset the dot of a territory that nobody serves gives way to the names that come first, or
    // the Isle of Man would push the name of its neighbour over the sea where Denmark has its own.
    const yields = ({ iso, quiet }) => Boolean(map.place && quiet && units[iso]?.[6]);
    const keep = (n) => boxes.take([n.x - n.r, n.y - n.r, n.x + n.r, n.y + n.r]);
    nodes.filter((n) => !yields(n)).forEach(keep);
    const credit = map.place ? null : map.getContainer().querySelector(".credit");
    if (credit) boxes.take([right - credit.offsetWidth - 8, bottom - credit.offsetHeight - 6, right, bottom]);
    const column = payload.lang === "en" ? 1 : 0;
    const marked = new Map(nodes.filter((n) => n.small).map((n) => [n.iso, n]));
    const zoom = map.getZoom();
    const [fits, spills, sprawls, leans, rim] = classes.room;
    const narrow = map.getSize().x < 500 && !map.place; // on a phone only what fits with ease
    const [least, little] = telephone.matches ? [11.5, 11.5] : [10, 10.5]; // px of letters

    const country = (iso, must, host) => {
      const unit = units[iso];
      if (!unit) return false;
      const room = countries.pixels(iso);
      const size = Math.max(least, Math.min(13.5, 7 + Math.sqrt(room.x * room.y) / 13));
      const far = payload.lit?.get(iso);
      const text = far ? `${unit[column]} ${far}` : unit[column];
      const abroad = (box, limit) => Atlas.abroad(countries, iso, box, limit);
      if (marked.has(iso)) {
        if (narrow && !must && zoom <= CITY_ZOOM) return false;
        const half = width(text, little, 500) / 2;
        return put(boxes, height, group, [text], beside(marked.get(iso), half, 8), little, 500, "small",
          must ? {} : { abroad, limit: 0 });
      }
      const p = Atlas.at(map, unit[2], unit[3]);
      const ways = [[text], must ? null : broken(text)].filter(Boolean).map((lines) => {
        const half = Math.max(...lines.map((line) => width(line, size, 500))) / 2;
        const write = (spots, more) => put(boxes, height, group, lines, spots, size, 500, must ? "must" : "country", more);
        return { lines, half, tall: size * lines.length, write };
      });
      if (must) return payload.lit?.has(iso) ? reached(ways[0], p, room, iso) : anywhere(ways[0], p, room);
      // In an inset, where every px counts, two lines sooner than one that is as wide as the country.
      if (map.place && ways[0].half * 2 > room.x * 0.8) ways.reverse();
      const slack = narrow ? 0.8 : unit[6] ? fits : spills;
      const fitting = ways.filter(({ half, tall }) => half * 2 <= room.x * slack && room.y >= tall);
      if (fitting.some(({ half, write }) => write([...ground(p, room, half), ...above(p, room, half)], { abroad, limit: leans, least: host ? 1 : MOST }))) return true;
      if (narrow) return false;
      // A host without room for its name has it by its post, any state in the sea beside it or half
      // across its coast; never on the land of another, for there it would be read as that one's.
      const post = host && zoom <= CITY_ZOOM && nodes.find((n) => n.heavy && n.iso === iso);
      if (post && ways.some(({ half, tall, write }) => write([0, 8].flatMap((d) => {
        const off = { ...post, r: post.r + d };
        return [...beside(off, half, tall * 0.6), ...aslant(off, half, tall * 0.6)];
      }), { abroad, limit: 0, rim }))) return true;
      if (!unit[6] || host) {
        if (ways.some(({ half, tall, write }) => write(
          around(p, half * 0.8, Math.max(room.y * 0.4, tall * 0.5)), { abroad, limit: leans }))) return true;
        if (ways.some(({ half, tall, write }) => write(
          coast(p, room, half, tall).filter((at) => nearest(iso, at, half, tall / 2, p)),
          { abroad, limit: 0, rim, alone: true }))) return true;
      }
      return Boolean(post && map.place) && ways.some(({ half, write }) => half * 2 <= room.x * sprawls
        && write([...around(p, half * 0.6, room.y / 2), ...around(post, half + post.r + 3, 18)],
          { abroad, limit: leans, least: 1 }));
    };

    const ground = (p, room, half) => {
      const shift = Math.min(room.y * 0.3, 26);
      const aside = half * 2 <= room.x * (map.place ? 1.7 : 1.2) ? Math.min(26, room.x / 4) : 0;
      return (aside ? [0, -0.15, 0.15, -0.3, 0.3, -0.6, 0.6, -1, 1] : [0])
        .flatMap((u) => [0, -0.25, 0.25, -0.5, 0.5, -1, 1].map((f) => [p.x + u * aside, p.y + f * shift]));
    };

    // In an inset a name that is wider than its country may stand at the top of it: the United Kingdom's, over
    // Scotland, leaves Denmark room for its own.
    const above = (p, room, half) => (map.place && half * 2 > room.x
      ? [-0.45, 0.45].map((u) => [p.x + u * room.x, p.y - room.y / 2]) : []);

    const coast = (p, room, half, tall) => [0, 7].flatMap((d) => {
      const [u, v] = [half + room.x / 2 + 3 + d, room.y / 2 + tall * 0.6 + d];
      return [[u, 0], [-u, 0], [0, -v], [0, v], [u, -v], [-u, -v], [u, v], [-u, v],
        [u, -v / 2], [-u, -v / 2], [u, v / 2], [-u, v / 2]].map(([x, y]) => [p.x + x, p.y + y]);
    });

    // Whether the first land from a name in the sea towards its country is that country, and near.
    const nearest = (iso, [x, y], half, tall, p) => {
      const from = L.point(Math.max(x - half, Math.min(x + half, p.x)), Math.max(y - tall, Math.min(y + tall, p.y)));
      const way = p.subtract(from);
      const long = Math.hypot(way.x, way.y);
      for (let d = 0; d <= Math.min(long, NEAR); d += 2) {
        const owner = Atlas.owner(countries, from.x + (way.x * d) / long, from.y + (way.y * d) / long);
        if (owner) return owner === iso;
      }
      return false;
    };

    // A country of a chosen post has its name on it, by the post, or off its own coast; else the list has it.
    const reached = ({ half, tall, write }, p, room, iso) => {
      const abroad = (box, limit) => Atlas.abroad(countries, iso, box, limit);
      const post = nodes.find((n) => n.heavy && n.key === payload.post && n.iso === iso);
      return write(ground(p, room, half), { abroad, limit: leans, least: MOST })
        || (post && write(beside(post, half, tall * 0.6)))
        || write(coast(p, room, half, tall).filter((at) => nearest(iso, at, half, tall / 2, p)),
          { abroad, limit: 0, rim, alone: true });
    };

    // The name of what was chosen, or of home, stands wherever there is room; on a phone close by.
    const anywhere = ({ half, write }, p, room) => {
      const side = half + room.x / 2 + 6;
      return write([...ground(p, room, half),
        ...(narrow ? [12] : [16, 26, 38]).flatMap((d) => [[p.x, p.y - d], [p.x, p.y + d]]), [p.x + side, p.y], [p.x - side, p.y]]);
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
        const half = width(text, little, 400) / 2;
        put(boxes, height, group, [text], beside(n, half, 8), little, 400, "city");
      });
    }
    const mine = first.filter((iso) => iso && units[iso]);
    const turns = Atlas.inTurn(units, payload.first).filter(([iso]) => !mine.includes(iso));
    const quiet = (iso) => ["none", "unknown", "covered", "other", "outside"].includes(look(iso)[0]);
    const yielding = nodes.filter(yields);
    Atlas.putInTurn(units, mine, turns, quiet, (iso, first) => {
      if (!first) yielding.splice(0).forEach(keep);
      return country(iso, false, first);
    });
  };
})();
