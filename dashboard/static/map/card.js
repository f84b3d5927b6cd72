// What is chosen, in words, beside the map: a country with who serves it, or a post with the
// countries of its work area. All of it plain text and real buttons, so the keyboard gets there too.
(() => {
  const element = (name, text, props = {}) =>
    Object.assign(document.createElement(name), { textContent: text }, props);

  Atlas.Card = class {
    // act: { post(key), country(iso), close() }
    constructor(stage, act) {
      this.act = act;
      this.box = stage.appendChild(element("section", "", { className: "card", tabIndex: -1 })); // a click in it keeps the keys here
      this.box.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        act.close();
      });
    }

    draw(parts, quiet) {
      this.box.classList.toggle("quiet", quiet);
      this.box.replaceChildren(...parts);
      this.box.scrollTop = 0;
    }

    head(name, words) {
      const close = element("button", "×", { type: "button", className: "close", title: words.close });
      close.setAttribute("aria-label", words.close);
      close.addEventListener("click", () => this.act.close());
      const head = element("header", "");
      head.append(element("h2", name), close);
      return head;
    }

    // A list of [text or [text, act], what stands behind it].
    list(rows) {
      const list = element("ul", "");
      rows.forEach(([first, more]) => {
        const item = list.appendChild(element("li", ""));
        if (Array.isArray(first)) {
          const button = item.appendChild(element("button", first[0], { type: "button" }));
          button.addEventListener("click", first[1]);
        } else item.append(element("span", first));
        item.append(element("span", more, { className: "more" }));
      });
      return list;
    }

    officers(parts, words) {
      const all = parts.reduce((sum, [, n]) => sum + n, 0);
      const who = parts.map(([org, n]) =>
        `${parts.length > 1 ? `${n} ` : ""}${words[`org_${org}`] ?? org}`).join(", ");
      return `${(all === 1 ? words.officer : words.officers).replace("{n}", all)}: ${who}`;
    }

    post(post, payload, units) {
      const { words, lang } = payload;
      const name = (iso) => units[iso]?.[lang === "en" ? 1 : 0] ?? iso;
      const number = new Intl.NumberFormat(lang);
      const area = Atlas.area(post);
      const count = area.length === 1 ? words.serves_one : words.serves;
      this.draw([
        this.head(`${post.city}, ${name(post.host)}`, words),
        element("p", this.officers(post.parts, words)),
        ...(post.planned ? [element("p", words.is_planned)] : []),
        element("p", area.length ? count.replace("{n}", area.length) : words.serves_none,
          { className: "lead" }),
        this.list(area.map(({ iso, km, region }) => [
          [name(iso), () => this.act.country(iso)],
          iso === post.host ? words.here
            : words.distance.replace("{km}", number.format(km)) + (region ? `, ${words.via}` : ""),
        ])),
      ], false);
    }

    country(iso, payload, units, reach, href) {
      const { words, lang } = payload;
      const number = new Intl.NumberFormat(lang);
      const { name } = Atlas.say(iso, payload, units);
      const lines = Atlas.facts(iso, payload);
      const note = payload.notes[iso];
      const servers = Atlas.servers(reach, iso);
      const rows = servers.map(({ post, rows: own }) => {
        const orgs = [...new Set(own.map(({ org }) => words[`org_${org}`] ?? org))].join(", ");
        const far = post.host === iso ? words.here
          : words.distance.replace("{km}", number.format(own[0].km)) + (own.every((r) => r.region) ? `, ${words.via}` : "");
        return [[post.city, () => this.act.post(post.key)], `${orgs} · ${far}`];
      });
      const missions = Object.entries(payload.missions ?? {})
        .filter(([, codes]) => codes.split(" ").includes(iso)).map(([line]) => line);
      const link = element("a", words.dossier, { href: href(iso), target: "_top" });
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
        event.preventDefault();
        Atlas.go(link.href);
      });
      this.draw([
        this.head(name, words),
        ...(Atlas.outside(payload, iso) ? [element("p", words.outside_chosen)] : []),
        ...(rows.length ? [element("p", lines[0])] : lines.map((line) => element("p", line))),
        ...(rows.length && note ? [element("p", note)] : []),
        ...(rows.length ? [element("p", words.who, { className: "lead" }), this.list(rows)] : []),
        ...(missions.length ? [element("p", words.missions, { className: "lead" }),
          this.list(missions.map((line) => [line, ""]))] : []),
        element("p", ""),
      ], false);
      this.box.lastChild.append(link);
    }

    // Beside small maps: how many units each organisation serves, and how.
    counts(names, { small, words }) {
      const states = ["post", "accredited", "region"];
      const count = (name, state) => Object.entries(small[name])
        .filter(([look]) => look.split("-")[0] === state)
        .reduce((sum, [, codes]) => sum + codes.length, 0);
      const table = element("table", "");
      const row = (cells, kind) => {
        const line = table.appendChild(element("tr", ""));
        cells.forEach((cell, n) => {
          const box = line.appendChild(element(kind || n === 0 ? "th" : "td", String(cell)));
          if (kind || n === 0) box.scope = kind ? "col" : "row";
        });
      };
      row(["", ...states.map((state) => words[state])], "head");
      names.forEach((name) => row([words[`org_${name}`], ...states.map((state) => count(name, state))]));
      return table;
    }

    // Nothing chosen: what can be done, and which posts carry most.
    idle(payload, units, reach) {
      const { words } = payload;
      const inside = (iso) => !Atlas.outside(payload, iso);
      // Where an area was chosen: those that lie in it or serve a country of it, by its countries.
      const open = reach.filter(({ planned, host, area }) => !planned
        && [host, ...area.map(({ iso }) => iso)].some(inside));
      const most = Atlas.most(open.map((post) =>
        [post, Atlas.area(post).filter(({ iso }) => inside(iso)).length]));
      const lead = (most.length < open.length ? words.most_of : words.most)
        .replace("{n}", most.length).replace("{all}", open.length);
      const small = Object.keys(payload.small ?? {});
      this.draw([
        // On the stage there is no box to search in, but a name can be typed.
        element("p", Atlas.projector?.() ? words.hint_stage : words.hint),
        ...(small.length ? [this.counts(small, payload)] : []),
        ...(most.length ? [element("p", lead, { className: "lead" }),
          this.list(most.map(([post, n]) => [post.city, String(n)]))] : []),
      ], true);
    }

    name(words) {
      this.box.setAttribute("aria-label", words.card);
    }

    focus() {
      this.box.querySelector("button:not(.close), .close")?.focus();
    }
  };
})();
