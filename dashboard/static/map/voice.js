// What the map is to a reader who listens: its name, its keys, and a polite live region that tells
// where the keyboard is. The drawing itself is hidden from them; the table beside it has it all.
(() => {
  Atlas.Voice = class {
    constructor(container, panes) {
      const part = (name) => {
        const element = container.appendChild(document.createElement("div"));
        element.className = element.id = name;
        return element;
      };
      this.container = container;
      this.help = part("help");
      this.live = part("live");
      this.told = ""; // of the country where the keyboard is, or would have
      this.live.setAttribute("aria-live", "polite");
      container.tabIndex = 0;
      container.setAttribute("role", "application");
      container.setAttribute("aria-describedby", this.help.id);
      panes.setAttribute("aria-hidden", "true");
    }

    name(words, lang) {
      document.documentElement.lang = lang;
      this.container.setAttribute("aria-label", words.title);
      this.container.setAttribute("aria-roledescription", words.role);
      this.help.textContent = words.map;
      if (window.frameElement) window.frameElement.title = words.title;
    }

    say(text) {
      this.live.textContent = text;
    }

    // The country where the keyboard is: spoken when it came there, and again when a filter or a
    // search elsewhere on the page changed what there is to say of it; never at the start.
    tell(iso, payload, units, { came = false, start = false } = {}) {
      const { name, lines } = units[iso] ? Atlas.say(iso, payload, units) : { name: "", lines: [] };
      const text = [name, ...lines].join(". ");
      if (text && !start && (came || text !== this.told)) this.say(text);
      this.told = text;
    }

    fail(text) {
      this.live.className = "failed";
      this.say(text);
    }

    // What could not be had a moment ago is here.
    recover() {
      if (this.live.className !== "failed") return;
      this.live.className = "live";
      this.say("");
    }
  };
})();
