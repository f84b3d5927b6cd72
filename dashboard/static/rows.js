// Searches a long list: the rows with the text in them stay (see `widgets.filtered_table`). Hyphens
// and accents make no difference. Listening on the document, as Streamlit redraws its parts at will.
(() => {
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f\u00ad-]/g, "").toLowerCase();
  document.addEventListener("input", (event) => {
    const field = event.target.closest?.("[data-filter-rows]");
    if (!field) return;
    const box = field.closest(".row-filter");
    const wanted = plain(field.value.trim()).split(/\s+/);
    let seen = 0;
    box.querySelectorAll("tbody tr").forEach((row) => {
      const text = plain(row.textContent);
      row.hidden = !wanted.every((word) => text.includes(word));
      seen += row.hidden ? 0 : 1;
    });
    const count = box.querySelector("[data-filtered]");
    const told = field.value.trim() ? count.dataset.filtered.replace("{n}", seen) : "";
    if (count.textContent !== told) count.textContent = told;
  });
})();

// Parts of the page of the network moved to pages of their own: an old link to one leads there.
(() => {
  const PAGES = {
    werklast: ["carried", "load"],
    geschiedenis: ["back", "lines", "why", "limits", "figures", "events"],
  };
  const { pathname, search, hash } = window.location;
  const [page] = Object.entries(PAGES).find(([, parts]) => parts.includes(hash.slice(1))) ?? [];
  if (page && /\/netwerk\/?$/.test(pathname)) {
    window.location.replace(pathname.replace(/netwerk\/?$/, page) + search + hash);
  }
})();
