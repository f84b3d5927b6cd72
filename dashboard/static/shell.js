// What the page around Streamlit needs in the browser: the language attribute, tables, links.
// app.py sends it with the first run; Streamlit may run it again, so each part is bound once.

// Keeps the page's language attribute in step with `taal` in the address: Streamlit changes the
// address without loading the page again, and screen readers read it with the wrong voice else.
// What the map says of itself (`kaart` and `post`, see map/place.js) changes without Streamlit: it stays while
// the page stays.
(() => {
  const follow = () => {
    const taal = new URLSearchParams(window.location.search).get("taal");
    document.documentElement.lang = taal === "en" ? "en" : "nl";
  };
  const withPlace = (address) => {
    const [now, next] = [new URL(window.location.href), new URL(address, window.location.href)];
    // What comes from the server may be the place of a moment ago.
    const names = ["kaart", "post"]
      .filter((name) => now.searchParams.get(name) !== next.searchParams.get(name));
    if (next.pathname !== now.pathname || !names.length) return address;
    names.forEach((name) => {
      const value = now.searchParams.get(name);
      if (value) next.searchParams.set(name, value);
      else next.searchParams.delete(name);
    });
    return next.href.replaceAll("%2C", ",");
  };
  // A run that leads to another page may write its choices first, under the path of the page before (the
  // choices that a link had lent are given back, see session.py). Nobody has seen that stop: the
  // new page takes its place, so that one step back is one page back.
  // What came before the reader's next act they have seen.
  let unseen = "";
  // Until the first run has ended or the reader acts, it completes the address that was opened: no stop of
  // its own, for one without choices leads forward again. While nothing stands on the page yet, an act
  // changes nothing there.
  let opening = true;
  const seen = () => {
    unseen = "";
    if (document.querySelector("[data-spoken]")) opening = false;
  };
  const original = { pushState: null, replaceState: null };
  Object.keys(original).forEach((name) => {
    original[name] = window.history[name].bind(window.history);
    window.history[name] = (state, title, address) => {
      // The map's own change comes with the mark that nothing is to be kept.
      const next = address && title !== "map" ? withPlace(address) : address;
      const [before, path] = [window.location.href, window.location.pathname];
      const leaves = new URL(next ?? "", before).pathname !== path;
      original[opening || (leaves && before === unseen) ? "replaceState" : name](state, title, next);
      const goesOn = title !== "map" && (name === "pushState" ? !leaves : before === unseen);
      unseen = goesOn ? window.location.href : "";
      follow();
    };
  });
  new MutationObserver((changes) => changes.forEach(({ target }) => {
    if (target.dataset.testScriptState === "notRunning" && document.querySelector("h1")) seen();
  })).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-test-script-state"] });
  // "act": one in the frame of the map (map/place.js).
  ["pointerdown", "keydown", "popstate", "act"].forEach((name) => window.addEventListener(name, seen, true));
  window.addEventListener("popstate", follow);
  follow();
})();

// An answer may be in another language than the page (pages/zoeken.py): it is read in the right voice.
(() => {
  const say = () => {
    if (!window.location.pathname.endsWith("/zoeken")) return; // other pages change often, and have none
    const mark = document.querySelector("[data-reply-lang]");
    mark?.closest(".st-key-reply").setAttribute("lang", mark.dataset.replyLang);
  };
  new MutationObserver(say).observe(document.body, { subtree: true, childList: true });
  say();
})();

// Sorts a table by the column whose header is pressed; again turns the order. `data-sort` on a cell
// goes before its text. Listening on the document, because Streamlit redraws its parts at will.
(() => {
  const key = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.sort ?? cell.textContent.trim();
  };
  const compare = (a, b) => {
    const [x, y] = [Number(a), Number(b)];
    if (a !== "" && b !== "" && !Number.isNaN(x) && !Number.isNaN(y)) return x - y;
    return a.localeCompare(b, document.documentElement.lang, { sensitivity: "base" });
  };
  const sort = (table, head, turn) => {
    const column = head.cellIndex;
    table.querySelectorAll("th[aria-sort]").forEach((th) => th.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", turn === 1 ? "ascending" : "descending");
    const rows = [...table.tBodies[0].rows].map((row) => [key(row, column), row]);
    // Empty cells stay at the end in either order: missing is not the smallest.
    rows.sort(([a], [b]) => (a === "") - (b === "") || turn * compare(a, b));
    table.tBodies[0].append(...rows.map(([, row]) => row));
  };
  document.addEventListener("click", (event) => {
    const head = event.target.closest?.("table.sortable th[scope=col]");
    if (!head || !event.target.closest("button")) return;
    sort(head.closest("table"), head, head.getAttribute("aria-sort") === "ascending" ? -1 : 1);
  });
  // A table that was filled anew keeps the order its reader chose.
  document.addEventListener("filled", (event) => {
    const head = event.target.querySelector("th[aria-sort]");
    if (head) sort(event.target, head, head.getAttribute("aria-sort") === "ascending" ? 1 : -1);
  });
})();

// A map that has its own height no longer needs the room that was kept for it (page.css). Before, its
// frame is as high as the page asked for, and then as good as nothing.
(() => {
  new MutationObserver((changes) => changes.forEach(({ target }) => {
    const room = target.localName === "iframe" && target.closest("[class*='st-key-room_']");
    if (room && target.dataset.tall === target.getAttribute("height")) room.dataset.drawn = "";
  })).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["height", "data-tall"] });
})();

// A drawing travels as text, because Streamlit takes SVG out of the HTML that it shows. It is ours:
// what a document prints was escaped when it was drawn.
(() => {
  const draw = () => document.querySelectorAll("[data-drawing]:empty").forEach((holder) => {
    holder.innerHTML = JSON.parse(holder.dataset.drawing);
  });
  new MutationObserver(draw).observe(document.body, { subtree: true, childList: true });
  draw();
})();

// A chart is one picture to a reader who cannot see it: its words stand in the element before it.
(() => {
  const name = () => document.querySelectorAll("[data-chart]").forEach((words) => {
    const chart = words.closest(`.st-key-${words.dataset.chart}`)?.querySelector(".js-plotly-plot");
    if (!chart || chart.getAttribute("aria-label") === words.textContent) return;
    chart.setAttribute("role", "img");
    chart.setAttribute("aria-label", words.textContent);
    words.setAttribute("aria-hidden", "true"); // said once
  });
  new MutationObserver(name).observe(document.body, { subtree: true, childList: true });
})();

// A link to a dossier or a source carries the reader's other choices along: they stand in the address. Done as
// late as possible, so that a table with 250 links need not be written anew for each choice. What is open on
// one page alone (`links.OF_A_PAGE`) stays behind, and so does on the way to another page where its map stands.
(() => {
  const OPENED = ["document", "tabel", "rij", "filter", "toon", "vraag", "deel"];
  const OF_THE_MAP = ["kaart", "post", "beeld"];
  const TO = "a:is([href*='land?'], [href*='bronnen'], [href*='wat-als?'], [href*='zoeken?'])";
  const carry = (event) => {
    const link = event.target.closest?.(`.meaning a, :is(table, .source-line, .leads) ${TO}`);
    if (!link || link.origin !== window.location.origin) return;
    const url = new URL(link.href);
    const kept = new URLSearchParams(window.location.search);
    OPENED.forEach((name) => kept.delete(name));
    if (url.pathname !== window.location.pathname) OF_THE_MAP.forEach((name) => kept.delete(name));
    ["land", "scenario", ...OPENED].filter((name) => url.searchParams.has(name))
      .forEach((name) => kept.set(name, url.searchParams.get(name)));
    url.search = kept.toString();
    link.href = url.href;
  };
  ["pointerdown", "click"].forEach((name) => document.addEventListener(name, carry, true));
})();

// Streamlit follows its own links in this tab, whatever key is held, and those in the menu say no choices. In
// another tab they have what the reader chose themselves: not what a list lent (`sidebar.brand`).
(() => {
  // On a wide page in a row, those that do not fit below a button, on a phone at the side.
  const OF_MENU = ["stTopNavLink", "stTopNavDropdownLink", "stSidebarNavLink"];
  const LINKS = [...OF_MENU, "stPageLink-NavLink"].map((name) => `[data-testid='${name}']`).join();
  const carry = (event) => {
    const link = event.target.closest?.(LINKS);
    if (!link) return;
    const own = document.querySelector("[data-own]")?.dataset.own;
    if (own && OF_MENU.includes(link.dataset.testid)) {
      const url = new URL(link.href);
      url.search = own;
      link.href = url.href;
    }
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
    if (event.type === "click" && elsewhere) event.stopPropagation(); // the browser's own way
  };
  ["pointerdown", "contextmenu", "click"].forEach((name) => document.addEventListener(name, carry, true));
})();

// The printed row that a link leads to comes into view once, and has the focus, so that a reader of
// screens begins there. An old link names only a document, behind "#": it goes to its tables.
(() => {
  // Streamlit completes the address without what stands behind "#"; the browser remembers it.
  let hash = new URL(performance.getEntriesByType("navigation")[0]?.name ?? window.location.href).hash;
  let seen = "";
  const old = () => {
    const link = hash && document.querySelector(`a[data-document="${CSS.escape(hash.slice(1))}"]`);
    if (!link) return;
    hash = "";
    if (!new URLSearchParams(window.location.search).has("document")) link.click();
  };
  const arrive = () => {
    old();
    const row = document.querySelector("tr[aria-current]");
    const at = new URLSearchParams(window.location.search);
    const name = ["document", "tabel", "rij"].map((each) => at.get(each)).join(" ");
    // What is not seen yet (start/coming.css) takes no focus.
    if (!row || seen === name || !("came" in document.body.dataset)) return;
    seen = name;
    row.focus({ preventScroll: true });
    const show = () => {
      document.querySelector(".st-key-quote")?.scrollIntoView({ block: "start" });
      row.scrollIntoView({ block: "nearest" });
    };
    show();
    // On a phone the rows become cards after this (cards.js), and what stands above folds (sections.js).
    if (window.matchMedia("(max-width: 640px)").matches) {
      [400, 1200].forEach((ms) => setTimeout(() => {
        if (!row.isConnected || ![row, document.body].includes(document.activeElement)) return;
        row.focus({ preventScroll: true });
        show();
      }, ms));
    }
  };
  new MutationObserver(arrive).observe(document.body,
    { subtree: true, childList: true, attributes: true, attributeFilter: ["data-came"] });
  arrive();
})();

// Fills a table whose rows stand already: a filter changes cells, not 250 rows. The data lie in a
// hidden element: `columns` (t: a number in `texts`, n: a number or null), `rows` by code, and
// `rest` for every row that is not among them. See `unit_rows.fill`.
(() => {
  let filled = "";
  const write = (cell, kind, value, texts, format) => {
    const shown = kind === "t" ? texts[value] : value === null ? "" : format.format(value);
    if (cell.textContent !== shown) cell.textContent = shown;
    if (kind === "n" && value !== null) cell.dataset.sort = value;
    else delete cell.dataset.sort;
  };
  const fill = () => {
    const holder = document.querySelector("[data-fill]");
    const rows = document.querySelectorAll("table.filled tbody tr");
    // A redrawn table is empty again, whatever was filled before.
    if (!holder || !rows.length) return;
    if (holder.dataset.fill === filled && rows[0].cells[1].textContent) return;
    filled = holder.dataset.fill;
    const { lang, columns, texts, rows: known, rest } = JSON.parse(filled);
    const format = new Intl.NumberFormat(lang);
    rows.forEach((row) => {
      const values = known[row.dataset.iso] ?? rest;
      [...columns].forEach((kind, n) => write(row.cells[n + 1], kind, values[n], texts, format));
    });
    rows[0].closest("table").dispatchEvent(new Event("filled", { bubbles: true }));
  };
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    // When there is time: the map, which the reader looks at, is painted first.
    window.requestIdleCallback(() => { waiting = false; fill(); }, { timeout: 500 });
  };
  new MutationObserver(soon).observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-fill"],
  });
  soon();
})();

// A button opens and shuts what page.css folds away by it: the controls of a map but the first on a phone,
// and the rows of a list but the first.
(() => {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-fold]");
    if (!button) return;
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
  });
})();

// A part of a page that the address named (#afkortingen) is drawn long after the browser looked for it,
// and by then Streamlit has taken it out of the address.
(() => {
  const [{ name }] = performance.getEntriesByType("navigation");
  const asked = new URL(name).hash || window.location.hash;
  if (!asked) return;
  let part;
  try {
    part = decodeURIComponent(asked.slice(1));
  } catch {
    return; // no text at all, such as #%
  }
  const seek = () => {
    const goal = document.getElementById(part);
    if (!goal) return;
    watch.disconnect();
    // What stands above it is still on its way.
    [0, 400, 1200].forEach((ms) => setTimeout(() => goal.isConnected && goal.scrollIntoView(), ms));
  };
  const watch = new MutationObserver(seek);
  watch.observe(document.body, { subtree: true, childList: true });
})();
