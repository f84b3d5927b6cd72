// Finds a unit by what a reader types: any language, code, or old name; accents and one or two
// slips of the finger do not matter. A combobox as readers of screens know it.
(() => {
  const { data, el, fill } = Site;
  const MOST = 8;
  const input = document.querySelector("#search");
  const list = document.querySelector("#found");
  const told = document.querySelector("#found-count");

  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
    .replace(/[^a-z0-9]+/g, " ").trim();

  // Every name, and every word of it, begins something that may be typed.
  const index = Object.entries(data.lands).map(([iso, unit]) => {
    const names = [...new Set([iso, ...unit.spelled].map(plain))];
    const starts = new Set(names.flatMap((name) =>
      name.split(" ").map((_, n, words) => words.slice(n).join(" "))));
    return { iso, own: plain(unit.name), starts: [...starts] };
  });

  // The fewest slips between `typed` and any beginning of `word`; more than `most` is enough.
  const slips = (typed, word, most) => {
    let row = Array.from({ length: word.length + 1 }, (_, n) => n);
    for (let i = 1; i <= typed.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= word.length; j += 1) {
        const same = typed[i - 1] === word[j - 1] ? 0 : 1;
        next.push(Math.min(row[j - 1] + same, row[j] + 1, next[j - 1] + 1));
      }
      if (Math.min(...next) > most) return most + 1;
      row = next;
    }
    return Math.min(...row);
  };

  Site.find = (text) => {
    const typed = plain(text);
    if (!typed) return [];
    const most = typed.length < 4 ? 0 : typed.length < 7 ? 1 : 2;
    return index
      .map(({ iso, own, starts }) => {
        const exact = starts.some((start) => start === typed) ? 0 : 1;
        const begins = starts.some((start) => start.startsWith(typed));
        const found = begins ? 0 : Math.min(...starts.map((start) => slips(typed, start, most)));
        return { iso, rank: [found, exact, own.startsWith(typed) ? 0 : 1], own, found };
      })
      .filter(({ found }) => found <= most)
      .sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1] || a.rank[2] - b.rank[2]
        || a.own.localeCompare(b.own))
      .slice(0, MOST)
      .map(({ iso }) => iso);
  };

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
    const found = Site.find(input.value);
    const typed = input.value.trim() !== "";
    told.textContent = !typed ? "" : found.length
      ? fill(data.words.matches, { n: found.length }) : data.words.match_none;
    told.classList.toggle("unseen", !typed || found.length > 0);
    list.replaceChildren(...found.map((iso) => el("li", {
      role: "option", id: `option-${iso}`, "data-land": iso, "aria-selected": "false",
    }, data.lands[iso].name, el("small", {}, iso))));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    mark(found.length ? 0 : -1);
  };
  const choose = (option) => {
    if (!option) return;
    input.value = "";
    told.textContent = "";
    close();
    Site.go({ ...Site.now, land: option.dataset.land }, "title");
  };

  input.addEventListener("input", open);
  input.addEventListener("keydown", (event) => {
    const many = options().length;
    if (event.key === "ArrowDown" && many) mark((at + 1) % many);
    else if (event.key === "ArrowUp" && many) mark((at - 1 + many) % many);
    else if (event.key === "Enter") choose(options()[at]);
    else if (event.key === "Escape") { input.value = ""; open(); close(); } else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays
  list.addEventListener("click", ({ target }) => choose(target.closest("[data-land]")));
})();
