// The search box for a country: a combobox as readers of screens know it. Streamlit mounts it
// through widgets.py; what a word finds is decided in find.js.
window.liaisonatlasSearch = (() => {
  const MOST = 8;
  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    made.append(...children);
    return made;
  };

  // All that can be found and the words of the box; they stand beside it, and in another language
  // they are another text.
  let read = { from: "", entries: [], words: {} };
  const all = () => {
    const from = document.querySelector("[data-search]")?.dataset.search;
    if (from && from !== read.from) read = { from, ...JSON.parse(from) };
    return read;
  };

  // One box in `holder`; `choose` hears the code of a country, or an empty text.
  const mount = (holder, choose) => {
    const own = { data: null, found: [], at: -1, open: false };
    const label = element("label", { for: "country-search" });
    const input = element("input", {
      id: "country-search", type: "text", role: "combobox", autocomplete: "off",
      spellcheck: "false", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": "country-found", "aria-describedby": "country-told",
    });
    const clear = element("button", { type: "button", class: "clear" }, "\u00d7");
    const list = element("ul", { id: "country-found", role: "listbox" });
    const told = element("p", { id: "country-told", "aria-live": "polite" });
    const field = element("div", { class: "field" }, input, clear, list, told);
    holder.replaceChildren(element("div", { class: "country-search" }, label, field));
    list.hidden = true;

    const name = () => all().entries.find(({ code }) => code === own.data.chosen)?.name ?? "";
    const mark = (place) => {
      own.at = place;
      [...list.children].forEach((option, n) => {
        option.setAttribute("aria-selected", String(n === place));
      });
      const option = list.children[place];
      if (option) input.setAttribute("aria-activedescendant", option.id);
      else input.removeAttribute("aria-activedescendant");
      option?.scrollIntoView({ block: "nearest" });
    };
    const say = (text, seen) => {
      told.textContent = text;
      told.classList.toggle("unseen", !seen);
    };
    const show = (found) => {
      own.found = found;
      list.replaceChildren(...found.map(({ code, name: called, by, kind }) => {
        const why = all().words[`kind_${kind}`];
        const hint = !why ? code : `${why.replace("{word}", by)} \u00b7 ${code}`;
        return element("li", { role: "option", id: `country-${code}`, "data-code": code },
          element("span", {}, called), element("small", {}, hint));
      }));
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(found.length > 0));
      mark(found.length && input.value.trim() ? 0 : -1);
    };
    const close = () => {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      mark(-1);
    };
    const search = () => {
      const typed = input.value.trim();
      const found = window.liaisonatlasFind(all().entries, typed);
      show(found.slice(0, MOST));
      const { none, one, matches } = all().words;
      const some = found.length === 1 ? one : matches.replace("{n}", found.length);
      say(!typed ? "" : found.length ? some : none, typed && !found.length);
    };
    const rest = () => { input.value = name(); clear.hidden = !own.data.chosen; say("", false); close(); };
    const take = (code) => {
      own.data = { ...own.data, chosen: code };
      rest();
      choose(code);
    };

    input.addEventListener("input", search);
    input.addEventListener("focus", () => input.select());
    input.addEventListener("click", () => { if (list.hidden && input.value === name()) show(all().entries); });
    input.addEventListener("blur", () => setTimeout(() => { if (document.activeElement !== input) rest(); }, 150));
    input.addEventListener("keydown", (event) => {
      const many = list.hidden ? 0 : own.found.length;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        const down = event.key === "ArrowDown";
        if (!many) { show(all().entries); mark(down ? 0 : own.found.length - 1); }
        else mark(own.at < 0 ? (down ? 0 : many - 1) : (own.at + (down ? 1 : -1) + many) % many);
      } else if (event.key === "Enter") {
        if (many && own.at >= 0) take(own.found[own.at].code);
        else if (!input.value.trim() && own.data.chosen) take("");
      } else if (event.key === "Escape" && (many || input.value !== name())) {
        event.stopPropagation();
        rest();
        input.select();
      } else return;
      event.preventDefault();
    });
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays
    list.addEventListener("click", ({ target }) => {
      const option = target.closest("[data-code]");
      if (option) take(option.dataset.code);
    });
    clear.addEventListener("click", () => { take(""); input.focus(); });

    // New data: another language, another choice. What is being typed stays.
    return (data) => {
      const typing = own.data && document.activeElement === input && input.value !== name();
      own.data = data;
      const { words } = all();
      label.textContent = words.label;
      input.placeholder = words.placeholder;
      clear.setAttribute("aria-label", words.clear);
      list.setAttribute("aria-label", words.label);
      if (typing) clear.hidden = !data.chosen;
      else rest();
    };
  };

  const boxes = new WeakMap();
  return ({ parentElement, data, setTriggerValue }) => {
    if (!boxes.has(parentElement)) {
      const holder = parentElement.appendChild(element("div"));
      boxes.set(parentElement, mount(holder, (code) => setTriggerValue("land", code)));
    }
    boxes.get(parentElement)(data);
  };
})();
