// Tables: made from rows of data, and sorted by the column whose header is pressed.
(() => {
  const { el } = Site;

  // A cell is a text, or [text, address, what it sorts by].
  const cell = (value, place) => {
    const [text, href, sort] = Array.isArray(value) ? value : [value];
    const isNumber = typeof sort === "number";
    const inner = href ? el("a", { href }, text) : text;
    const sorted = sort === undefined || sort === null ? null : sort;
    if (place === 0) return el("th", { scope: "row", "data-sort": sorted }, inner);
    return el("td", { "data-sort": sorted, class: isNumber && "number" }, inner);
  };

  Site.row = (values) => el("tr", {}, ...values.map(cell));

  // head: { title, headers, source }; an empty table is no table. A caption that says the same as
  // the heading above is only heard.
  Site.table = (head, rows, heading = "") => {
    if (!rows?.length) return [];
    const isNumber = (place) => rows.some((row) => typeof row[place]?.[2] === "number");
    const heads = head.headers.map((name, place) =>
      el("th", { scope: "col", class: isNumber(place) && "number" }, el("button", { type: "button", class: "sort" }, name)));
    const body = el("tbody", {}, ...rows.map(Site.row));
    const made = el("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": head.title },
      el("table", { class: "sortable" },
        el("caption", { class: head.title === heading && "unseen" }, head.title), el("thead", {}, el("tr", {}, ...heads)), body));
    return head.source ? [made, el("p", { class: "source" }, head.source)] : [made];
  };

  const key = (row, column) => {
    const found = row.cells[column];
    return found.dataset.sort ?? found.textContent.trim();
  };
  const compare = (a, b) => {
    const [x, y] = [Number(a), Number(b)];
    if (a !== "" && b !== "" && !Number.isNaN(x) && !Number.isNaN(y)) return x - y;
    return a.localeCompare(b, document.documentElement.lang, { sensitivity: "base" });
  };

  document.addEventListener("click", (event) => {
    const head = event.target.closest("button.sort") && event.target.closest("th");
    if (!head) return;
    const table = head.closest("table");
    const turn = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    table.querySelectorAll("th[aria-sort]").forEach((th) => th.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", turn === 1 ? "ascending" : "descending");
    const rows = [...table.tBodies[0].rows].map((row) => [key(row, head.cellIndex), row]);
    // Empty cells stay at the end in either order: missing is not the smallest.
    rows.sort(([a], [b]) => (a === "") - (b === "") || turn * compare(a, b));
    table.tBodies[0].append(...rows.map(([, row]) => row));
  });
})();
