// On a phone a wide table becomes a card for each row: page.css does it with the heading of a column
// before each cell. What cannot be told by style stands here: those headings, the roles that a browser
// takes away from a table that is drawn as blocks, a choice to sort by in place of the headings that
// can be pressed, and a button that shows the rest of a long table.
(() => {
  const phone = window.matchMedia("(max-width: 640px)");
  const FIRST = 3; // rows before the button; page.css hides the others
  const words = () => document.querySelector("[data-spoken]")?.dataset ?? {};

  const label = (table, heads) => {
    const names = heads.map((head) => head.textContent.trim());
    [...table.tBodies[0].rows].forEach((row) => [...row.cells].forEach((cell, n) => {
      if (cell.dataset.label !== names[n]) cell.dataset.label = names[n];
    }));
  };
  const keepRoles = (table) => {
    table.setAttribute("role", "table");
    table.querySelectorAll("thead, tbody").forEach((part) => part.setAttribute("role", "rowgroup"));
    table.querySelectorAll("tr").forEach((row) => row.setAttribute("role", "row"));
    table.querySelectorAll("th").forEach((head) => {
      head.setAttribute("role", head.scope === "row" ? "rowheader" : "columnheader");
    });
    table.querySelectorAll("td").forEach((cell) => cell.setAttribute("role", "cell"));
  };
  const sorter = (table, heads) => {
    const holder = document.createElement("label");
    holder.className = "card-sort";
    const select = document.createElement("select");
    const ways = heads.flatMap((head) => [["ascending", "\u2191"], ["descending", "\u2193"]]
      .map(([order, sign]) => ({ head, order, name: `${head.textContent.trim()} ${sign}` })));
    select.append(new Option("–", ""), ...ways.map(({ name }, n) => new Option(name, n)));
    select.addEventListener("change", () => {
      const way = ways[select.value];
      // A second press turns the order.
      while (way && way.head.getAttribute("aria-sort") !== way.order) way.head.querySelector("button").click();
    });
    holder.append(Object.assign(document.createElement("span"), { textContent: words().sort }), select);
    return holder;
  };
  const opener = (table, rows) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "card-more";
    button.textContent = words().all.replace("{n}", rows.length);
    button.addEventListener("click", () => {
      const next = table.tBodies[0].rows[FIRST];
      table.classList.add("whole");
      button.remove();
      next.tabIndex = -1;
      next.focus();
    });
    return button;
  };
  const turn = (table) => {
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
    if (!table.tBodies.length || heads.length < 3 || !words().sort) return;
    label(table, heads);
    if (table.classList.contains("cards")) return;
    const rows = [...table.tBodies[0].rows];
    table.classList.add("cards");
    keepRoles(table);
    if (rows.length > 2 && table.matches(".sortable")) table.before(sorter(table, heads));
    if (rows.length > FIRST + 2) table.after(opener(table, rows));
    else table.classList.add("whole");
  };
  // Who looks for a row looks among all of them.
  document.addEventListener("input", ({ target }) => {
    target.closest?.(".row-filter")?.querySelectorAll("table.cards").forEach((table) => {
      table.classList.add("whole");
      if (table.nextElementSibling?.matches(".card-more")) table.nextElementSibling.remove();
    });
  });
  let waiting = false;
  const look = () => {
    waiting = false;
    if (phone.matches) document.querySelectorAll("table.sortable").forEach(turn);
  };
  const soon = () => {
    if (waiting || !phone.matches) return;
    waiting = true;
    window.requestAnimationFrame(look);
  };
  new MutationObserver(soon).observe(document.body, { subtree: true, childList: true });
  phone.addEventListener("change", soon);
  soon();
})();
