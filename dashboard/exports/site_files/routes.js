// The address behind # says what is shown: #vlekken, #land=ECU&org=NP. Back and forward work
// because every step is an address; a link within the page takes the choice along.
(() => {
  const { data, address, parse } = Site;
  const title = document.querySelector("#title");
  const pages = [...document.querySelectorAll("main > [data-page]")];
  const product = document.title;
  let focus = null; // where the reader goes on after a step of their own: "title", "map" or null
  let before = null;

  const show = () => {
    const now = parse(window.location.hash);
    const name = now.land ? "land" : now.page;
    const again = focus === "again";
    Site.now = now;
    pages.forEach((page) => { page.hidden = page.dataset.page !== name; });
    const page = pages.find((each) => each.dataset.page === name);
    const said = now.land ? Site.title(now)
      : name === "dekking" ? data.choices[now.org].title : data.pages[name];
    title.textContent = said;
    document.title = `${said} – ${product}`;
    document.querySelectorAll("nav a[data-page]").forEach((link) => {
      link.href = address({ page: link.dataset.page, org: now.org, view: now.view });
      if (link.dataset.page === name) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
    document.querySelectorAll("[data-language]").forEach((link) => {
      link.href = link.dataset.language + window.location.hash;
    });
    document.querySelectorAll("[data-chosen]").forEach((note) => {
      note.hidden = !now.org;
      note.querySelector("span").textContent = Site.chosen(now.org);
      note.querySelector("a").href = address({ ...now, org: "" });
    });
    if (name === "dekking") Site.choice.show(now);
    if (now.land) Site.dossier(now);
    document.querySelector("#back").href = address({ page: "dekking", org: now.org });
    Site.map.show(now, page, again);
    const moved = before && (before.page !== now.page || before.land !== now.land);
    if (moved) {
      if (focus === "map" && !now.land) Site.map.box.focus({ preventScroll: true });
      else title.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    if (now.document) document.getElementById(`bronnen-${now.document}`)?.scrollIntoView();
    before = now;
    focus = null;
  };

  // One step of the reader; the same address again only shows the whole view of the map.
  Site.go = (to, then = null) => {
    focus = then;
    const wanted = address(to);
    if (wanted === address(Site.now)) show();
    else window.location.hash = wanted;
  };

  Site.chosen = (org) => {
    const labels = org.split(",").map((name) => data.short[name]);
    return Site.fill(data.words.chosen, { names: labels.join(", ") });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.matches(".skip")) {
      event.preventDefault();
      title.focus();
      return;
    }
    // Links of tables are written once, without the choice of organisations.
    if (!link.closest("table")) return;
    event.preventDefault();
    const to = parse(link.getAttribute("href"));
    if (to.document) window.location.hash = `${address({ ...to, org: Site.now.org })}&document=${to.document}`;
    else Site.go({ ...to, org: Site.now.org });
  });
  window.addEventListener("hashchange", show);
  show();
})();
