// Sentences about a country, for the tooltip and for readers who listen. All of it plain text:
// whoever shows it uses textContent, so a name can never become markup.
(() => {
  // Outside the area that was chosen a map tells no more than that.
  // ground: the land where nobody lives, code -> names; only the pointer comes there.
  Atlas.say = (iso, payload, units, ground = {}) => {
    const { words, lang } = payload;
    const column = lang === "en" ? 1 : 0;
    if (ground[iso]) return { name: ground[iso][column], lines: [words.ground] };
    const name = units[iso]?.[column] ?? iso;
    return { name, lines: Atlas.outside(payload, iso) ? [words.outside] : Atlas.facts(iso, payload) };
  };

  // All that is known of a country, the most important first.
  Atlas.facts = (iso, payload) => {
    const { words, lang } = payload;
    const number = new Intl.NumberFormat(lang);
    const row = payload.units[iso];
    const key = row ? payload.classes[row[0]] : payload.rest;
    const [state, ...orgs] = key.split("-");
    const lines = [words[state]];
    if (orgs.length) lines[0] += ": " + orgs.map((o) => words[`org_${o}`] ?? o).join(", ");
    if (row) {
      const [, postings, km, cities, filo] = row;
      if (postings) {
        const form = postings === 1 ? words.posting : words.postings;
        lines.push(form.replace("{n}", number.format(postings)));
      }
      const places = cities.map((c) => payload.cities[c]);
      if (places.length) lines.push(words.from.replace("{cities}", places.join(", ")));
      if (km) lines.push(words.distance.replace("{km}", number.format(km)));
      if (filo) lines.push(words.filo);
    }
    if (payload.notes[iso]) lines.push(payload.notes[iso]);
    return lines;
  };

  // The tooltip follows the pointer and stays inside the frame.
  Atlas.Tip = class {
    constructor(container) {
      this.box = container.appendChild(document.createElement("div"));
      this.box.className = "tip";
      this.box.hidden = true;
      this.container = container;
    }

    show({ name, lines }, point) {
      const head = document.createElement("strong");
      head.textContent = name;
      const rest = lines.map((line) => {
        const p = document.createElement("div");
        p.textContent = line;
        return p;
      });
      this.box.replaceChildren(head, ...rest);
      this.box.hidden = false;
      const { clientWidth: w, clientHeight: h } = this.container;
      const { offsetWidth: bw, offsetHeight: bh } = this.box;
      const x = point.x + 14 + bw > w ? point.x - bw - 10 : point.x + 14;
      const y = Math.min(point.y + 12, h - bh - 4);
      this.box.style.transform = `translate(${Math.max(4, x)}px, ${Math.max(4, y)}px)`;
    }

    hide() {
      this.box.hidden = true;
    }
  };
})();
