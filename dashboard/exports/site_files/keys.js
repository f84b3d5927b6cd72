// Keys of the page as a whole, as on the projector of the app: a letter begins the search for a
// country; left and right turn to the section, or the country, before and behind. They work while
// the focus is on the page, its title, its sections or the map, which has arrows of its own; never
// in a field, and not at all where a reader turns them off (WCAG 2.1.4).
(() => {
  const { data, el } = Site;
  const input = document.querySelector("#search");
  const on = el("input", { type: "checkbox", checked: "" });
  (document.querySelector("footer") ?? document.body).append(
    el("p", { class: "keys" }, el("label", {}, on, ` ${data.words.keys}`)),
  );

  const turn = (by) => {
    const { land, page, org, view } = Site.now;
    const all = land ? Object.keys(data.lands)
      : [...document.querySelectorAll("nav a[data-page]")].map((link) => link.dataset.page);
    const goal = all[all.indexOf(land ?? page) + by];
    if (!goal) return;
    Site.go(land ? { ...Site.now, land: goal } : { page: goal, org, view }, "title");
  };

  document.addEventListener("keydown", (event) => {
    if (!on.checked || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = event.target;
    const map = at === Site.map.box;
    if (!map && at !== document.body && !at.matches("#title, nav a")) return;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by && !map) turn(by);
    else if (/^\p{L}$/u.test(event.key)) Site.type(event.key);
    else return;
    event.preventDefault();
  });
})();
