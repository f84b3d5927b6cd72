// Finds a unit, or an answer, by what a reader types, as the app does (static/find.js): any
// language, code, old name, city, mission or subject; one or two slips of the finger do not matter. A combobox as readers of
// screens know it.
(() => {
  const { data, el, fill } = Site;
  const MOST = 8;
  const input = document.querySelector("#search");
  const list = document.querySelector("#found");
  const told = document.querySelector("#found-count");

  const asked = (code) => code.startsWith("?");
  let at = -1;
  const options = () => [...list.children];
  const mark = (place) => {
    at = place;
    options().forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", options()[at].id);
    options()[at]?.scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  };
  const open = () => {
    const found = window.liaisonatlasFind(data.entries, input.value);
    const typed = input.value.trim() !== "";
    told.textContent = !typed ? "" : found.length
      ? fill(data.words.matches, { n: found.length }) : data.words.match_none;
    told.classList.toggle("unseen", !typed || found.length > 0);
    list.replaceChildren(...found.slice(0, MOST).map(({ code, name, by, kind }) => {
      const why = data.words[`kind_${kind}`];
      const hint = asked(code) ? data.words.answer
        : why ? `${fill(why, { word: by })} \u00b7 ${code}` : code;
      return el("li", {
        role: "option", id: `option-${code}`, "data-land": code, "aria-selected": "false",
      }, name, el("small", {}, hint));
    }));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    mark(found.length ? 0 : -1);
  };
  // What is no country has its answer with it, made beforehand as the app answers.
  const answer = ({ name, answer: text, source }) => {
    input.value = name;
    close();
    told.textContent = source ? `${text} ${data.words.source}: ${source}.` : text;
    told.classList.remove("unseen");
  };
  const choose = (option) => {
    if (!option) return;
    if (asked(option.dataset.land)) {
      answer(data.entries.find(({ code }) => code === option.dataset.land));
      return;
    }
    input.value = "";
    told.textContent = "";
    close();
    Site.go({ ...Site.now, land: option.dataset.land }, "title");
  };

  // A letter typed elsewhere on the page begins the search.
  Site.type = (letter) => {
    input.focus();
    input.value = letter;
    open();
  };

  input.addEventListener("input", open);
  input.addEventListener("keydown", (event) => {
    const many = options().length;
    if (event.key === "ArrowDown" && many) mark((at + 1) % many);
    else if (event.key === "ArrowUp" && many) mark((at - 1 + many) % many);
    else if (event.key === "Enter") choose(options()[at]);
    else if (event.key === "Escape") {
      if (!input.value) document.querySelector("#title").focus();
      input.value = "";
      open();
      close();
    } else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays
  list.addEventListener("click", ({ target }) => choose(target.closest("[data-land]")));
})();
