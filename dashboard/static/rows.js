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
    box.classList.toggle("searching", Boolean(field.value.trim()));
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
  // The address as it was opened: Streamlit completes it before this is here, and drops the part.
  const opened = new URL(performance.getEntriesByType("navigation")[0].name);
  const hash = opened.hash.slice(1);
  const [page] = Object.entries(PAGES).find(([, parts]) => parts.includes(hash)) ?? [];
  if (page && /\/netwerk\/?$/.test(opened.pathname)) {
    opened.pathname = opened.pathname.replace(/netwerk\/?$/, page);
    window.location.replace(opened.href);
    return;
  }
  // The part that the address names comes late; it is shown once it is there.
  if (!/^[a-z_]+$/.test(hash)) return;
  const show = () => {
    const part = document.getElementById(hash);
    if (!part) return false;
    requestAnimationFrame(() => part.scrollIntoView());
    return true;
  };
  if (show()) return;
  const waiting = new MutationObserver(() => { if (show()) waiting.disconnect(); });
  waiting.observe(document.body, { subtree: true, childList: true });
  setTimeout(() => waiting.disconnect(), 15000);
})();
