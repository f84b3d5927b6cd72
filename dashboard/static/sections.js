// On a phone a page is its finding and its first two parts; the headings of the other parts stand below one
// another, each with a button over it that opens what belongs to it. A part is all that follows its
// heading in one box of Streamlit's, which redraws its boxes at will: so all is looked up anew each time,
// and nothing that Streamlit wrote is moved.
(() => {
  const phone = window.matchMedia("screen and (max-width: 640px)");
  const BOX = "[data-testid='stElementContainer']";
  const HEADS = `[data-testid='stMainBlockContainer'] ${BOX} > [data-testid='stHeading'] h2`;
  // Where a reader works rather than reads: what an import found would be overlooked.
  const WHOLE = "gegevens";
  const FIRST = 2; // parts that stay open: with the finding that is what a reader came for
  const opened = new Map(); // address and heading -> whether the reader opened it, or shut it
  const owners = new WeakMap(); // a folded element -> its heading
  const words = () => document.querySelector("[data-spoken]")?.dataset ?? {};

  // A heading counts, and its figures change with what the reader chooses.
  const name = (head) => `${window.location.pathname} ${head.textContent.replace(/[\d.,]+/g, "")}`;
  const parts = (head) => {
    const found = [];
    let next = head.closest(BOX).nextElementSibling;
    for (; next && !next.querySelector(HEADS); next = next.nextElementSibling) found.push(next);
    return found;
  };
  const named = (hash) => {
    try {
      return document.getElementById(decodeURIComponent(hash.slice(1)));
    } catch { // no text at all, such as #%
      return null;
    }
  };
  // What the address names, as it was opened or as it is now, is open.
  const [{ name: first }] = performance.getEntriesByType("navigation");
  const goals = () => [first, window.location.href].map((address) => new URL(address))
    .filter(({ hash, pathname }) => hash && pathname === window.location.pathname)
    .map(({ hash }) => named(hash));
  const leads = (head, its) => {
    const aims = [...goals(), document.querySelector("tr[aria-current]")].filter(Boolean);
    return aims.some((aim) => aim === head || its.some((part) => part.contains(aim)));
  };

  const fold = (part, folded, head) => {
    if (part.hasAttribute("data-folded") === folded) return;
    part.toggleAttribute("data-folded", folded);
    // A browser that can search what is folded opens it where it finds something.
    if (folded) part.setAttribute("hidden", "until-found");
    else part.removeAttribute("hidden");
    owners.set(part, head);
  };
  const write = (button, head, its, open) => {
    const tables = its.flatMap((part) => [...part.querySelectorAll("table.sortable")]);
    const rows = tables.length === 1 && !tables[0].closest("details") ? tables[0].tBodies[0]?.rows.length : 0;
    const count = rows > 1 ? (words().rows ?? "").replace("{n}", rows) : "";
    const label = [head.textContent.trim(), count].filter(Boolean).join(", ");
    if (button.getAttribute("aria-label") !== label) button.setAttribute("aria-label", label);
    if (button.textContent !== count) button.textContent = count;
    button.setAttribute("aria-expanded", String(open));
  };
  const key = (head) => {
    const box = head.closest(BOX);
    const there = box.querySelector(":scope > .section-key");
    if (there) return there;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "section-key";
    button.addEventListener("click", () => {
      const now = box.querySelector("h2");
      opened.set(name(now), button.getAttribute("aria-expanded") !== "true");
      look();
    });
    box.append(button);
    return button;
  };

  let waiting = false;
  const look = () => {
    waiting = false;
    const whole = !phone.matches || document.querySelector(".st-key-stage")
      || window.location.pathname.replace(/\/$/, "").endsWith(WHOLE);
    const heads = whole ? [] : [...document.querySelectorAll(HEADS)].slice(FIRST);
    const folded = new Map();
    const keys = new Set();
    heads.forEach((head) => {
      const its = parts(head);
      if (!its.length) return;
      const open = opened.get(name(head)) ?? leads(head, its);
      const button = key(head);
      keys.add(button);
      write(button, head, its, open);
      if (!open) its.forEach((part) => folded.set(part, head));
    });
    document.querySelectorAll("[data-folded]").forEach((part) => {
      if (!folded.has(part)) fold(part, false);
    });
    folded.forEach((head, part) => fold(part, true, head));
    document.querySelectorAll(".section-key").forEach((button) => {
      if (!keys.has(button)) button.remove();
    });
  };
  const soon = () => {
    if (waiting) return;
    waiting = true;
    window.requestAnimationFrame(look);
  };
  const open = (part) => {
    const head = part && owners.get(part);
    if (!head) return;
    opened.set(name(head), true);
    look();
  };
  document.addEventListener("beforematch", ({ target }) => open(target.closest("[data-folded]")));
  document.addEventListener("click", ({ target }) => {
    const link = target.closest?.("a[href*='#']");
    if (!phone.matches || !link || link.pathname !== window.location.pathname) return;
    const goal = named(link.hash);
    const head = goal?.closest(BOX)?.querySelector("h2");
    if (head) opened.set(name(head), true);
    look();
    open(goal?.closest("[data-folded]"));
    // The browser has looked for it where it was folded.
    if (goal) setTimeout(() => goal.scrollIntoView(), 100);
  }, true);
  // On paper all is open.
  window.addEventListener("beforeprint", () => document.querySelectorAll("[data-folded]")
    .forEach((part) => fold(part, false)));
  window.addEventListener("afterprint", soon);
  phone.addEventListener("change", soon);
  new MutationObserver(soon).observe(document.body, { subtree: true, childList: true });
  soon();
})();
