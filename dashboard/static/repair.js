// What Streamlit leaves undone for readers who hear a page or walk it by keyboard; see
// docs/accessibility.md. The words stand in a hidden element, in the page's language.

// Streamlit speaks English only: its words on buttons and landmarks, in the language of the page.
// What it wrote itself is remembered, so that the words follow a change of language.
(() => {
  const ATTRIBUTES = ["aria-label", "placeholder"];
  const TEXTS = "[data-testid='stSkipToContent'], [data-testid='stTopNavSection'] p, "
    + "[data-testid='stFileUploaderDropzone'] button p, [role='listbox'] [role='option'] > span, "
    + "[role='dialog'] h2, [role='dialog'] h2 + div > div";
  const [known, own] = [new WeakMap(), { title: "", file: "" }];
  const said = (words, original) => {
    if (words[original]) return words[original];
    const fits = ([head, tail]) => original.startsWith(head) && original.endsWith(tail);
    const form = Object.keys(words).find((w) => w.includes("*") && fits(w.split("*")));
    if (!form) return null;
    const [head, tail] = form.split("*");
    return words[form].replace("*", original.slice(head.length, original.length - tail.length));
  };
  const translate = (words, holder, key, read, write) => {
    const before = known.get(holder)?.[key];
    const now = read();
    const original = before && before.written === now ? before.original : now;
    const word = said(words, original);
    if (word === null || word === now) return;
    write(word);
    known.set(holder, { ...known.get(holder), [key]: { original, written: word } });
  };
  const speak = () => {
    const holder = document.querySelector("[data-spoken]");
    if (!holder) return;
    const words = JSON.parse(holder.dataset.spoken);
    ATTRIBUTES.forEach((name) => document.querySelectorAll(`[${name}]`).forEach((element) => {
      const write = (word) => element.setAttribute(name, word);
      translate(words, element, name, () => element.getAttribute(name), write);
    }));
    document.querySelectorAll(TEXTS).forEach(({ firstChild: text }) => {
      if (text) translate(words, text, "text", () => text.nodeValue, (word) => { text.nodeValue = word; });
    });
    // Each language is named in itself.
    document.querySelectorAll(".st-key-w_language button").forEach((button, n) => {
      button.lang = ["nl", "en"][n];
    });
  };

  // On a telephone the search box stands in the menu: a key in the bar, behind that of the menu, opens both
  // (start/slash.js).
  const find = document.createElement("button");
  find.type = "button";
  find.className = "find-key";
  find.setAttribute("aria-label", "Open the search box");
  find.innerHTML = "<svg viewBox='0 0 24 24' width='20' height='20' fill='none' stroke='currentColor'"
    + " stroke-width='2.4' stroke-linecap='round' aria-hidden='true'><circle cx='10' cy='10' r='6.5'/>"
    + "<path d='m15 15 6 6'/></svg>";
  find.addEventListener("click", () => document.dispatchEvent(new Event("to-search")));
  const hang = () => {
    const bar = document.querySelector("[data-testid='stHeader']");
    if (bar && bar.lastElementChild !== find) bar.append(find);
  };

  // A file may be dropped on it, and it has a name: that is a group, not decoration.
  const group = () => document.querySelectorAll("[data-testid='stFileUploaderDropzone']").forEach(
    (zone) => { if (zone.getAttribute("role") !== "group") zone.setAttribute("role", "group"); });

  // On a narrow screen the open sidebar lies over the page: what it hides takes no focus.
  const narrow = window.matchMedia("(max-width: 768px)");
  const button = (name) => document.querySelector(`[data-testid='${name}'] button, button[data-testid='${name}']`);
  let covered = false;
  let closing = false; // asked of Streamlit, which takes its time
  let left = 0; // when it was shut because the reader went on, in ms
  let place = null; // the page, its question and language, for which the sidebar was looked at
  // Shuts the sidebar for who went on; the focus goes to the title (focus.js), not to the button.
  const goOn = (at) => {
    left = at;
    [covered, closing] = [false, true];
    button("stSidebarCollapseButton")?.click();
  };
  // Who went on wants to see where to, and at load nobody opened it: Streamlit remembers it as it was.
  const uncover = (sidebar) => {
    const asked = new URLSearchParams(window.location.search).get("vraag") ?? "";
    const now = `${window.location.pathname} ${document.documentElement.lang} ${asked}`;
    if (!sidebar || now === place) return;
    const first = place === null;
    place = now;
    if (!narrow.matches || sidebar.dataset.collapsed !== "false") return;
    goOn(first ? 0 : performance.now());
  };
  const cover = () => {
    const main = document.querySelector("[data-testid='stMain']");
    const sidebar = document.querySelector("[data-testid='stSidebar']");
    uncover(sidebar);
    if (sidebar?.dataset.collapsed === "true") closing = false;
    const now = narrow.matches && !closing && sidebar?.dataset.collapsed === "false";
    if (main) main.inert = now;
    // What had the focus is hidden or gone: it goes to what undoes the step, unless the reader is further.
    if (now !== covered && !(now && sidebar.contains(document.activeElement))) {
      button(now ? "stSidebarCollapseButton" : "stExpandSidebarButton")?.focus();
    }
    covered = now;
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && covered && !event.defaultPrevented
      && !document.activeElement?.matches("[role='combobox'][aria-expanded='true']")) {
      button("stSidebarCollapseButton")?.click();
    }
  });
  // Streamlit puts the focus on the button of a sidebar that was shut; who went on reads the title.
  document.addEventListener("focusin", ({ target }) => {
    const title = document.querySelector("h1");
    if (!left || performance.now() - left > 1500 || target !== button("stExpandSidebarButton") || !title) return;
    left = 0;
    const main = document.querySelector("[data-testid='stMain']");
    if (main) main.inert = false;
    title.tabIndex = -1;
    title.focus();
  });
  // The question that is answered already, once more: the address does not change (focus.js).
  document.addEventListener("asked-again", () => {
    if (covered) goOn(performance.now());
  });
  // A link to the page that lies below.
  document.addEventListener("click", ({ target }) => {
    const link = target.closest?.("[data-testid='stSidebar'] a[href]");
    if (link && covered && new URL(link.href).pathname === window.location.pathname) goOn(performance.now());
  });
  narrow.addEventListener("change", cover);

  // A panel over the page is shut by a press beside it; but Streamlit hears of none on its own boxes and
  // lists, which keep their presses to themselves, nor of one on a map.
  const OVER = "[data-testid='stPopover'], [data-st-overlay-root], [data-trigger], [role='listbox']";
  const shut = (pressed) => {
    if (!document.querySelector("[data-testid='stPopoverBody']") || pressed?.closest?.(OVER)) return;
    setTimeout(() => {
      if (document.querySelector("[data-testid='stPopoverBody']")) document.body.click();
    });
  };
  window.addEventListener("click", ({ target, isTrusted }) => { if (isTrusted) shut(target); }, true);
  window.addEventListener("blur", () => {
    if (document.activeElement?.localName === "iframe") shut(document.activeElement);
  });

  // A choice changes the finding at the top of the page, and a file gets made: that is said, for who
  // does not see it happen.
  const status = document.createElement("div");
  status.className = "unseen";
  status.setAttribute("role", "status");
  document.body.append(status);
  const tell = () => {
    const [title, file] = ["h1", ".st-key-take_download button p"].map(
      (where) => document.querySelector(where)?.textContent.trim() ?? "");
    if (file && file !== own.file) status.textContent = file;
    // The first is read with the page.
    else if (title && own.title && title !== own.title) status.textContent = title;
    own.file = file;
    own.title = title || own.title;
  };

  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    // When there is time: nothing of this is painted.
    window.requestIdleCallback(() => { waiting = false; hang(); speak(); group(); cover(); tell(); }, { timeout: 500 });
  };
  new MutationObserver(soon).observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true,
    attributeFilter: [...ATTRIBUTES, "data-collapsed", "data-spoken"],
  });
  soon();
})();
