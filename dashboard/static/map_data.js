// What the map of the coverage draws stands at an address of its own (dashboard/web/map_data.py). The page
// only says which; so the map can be told before the page is: of a box that was just ticked, the data
// of what is shown says where that of the next choice is.
(() => {
  const KEPT = 30; // addresses whose data stays here
  const [TURNS, PAUSE] = [4, 1000]; // ms between two turns, where the server has too much to do
  const BUSY = [429, 503];
  const PATIENCE = 2000; // ms after a run of the page in which the next one begins
  const BOX = "[class*='st-key-w_organisation_'], [class*='st-key-w_layer_']";
  const kept = new Map(); // address -> promise of its data, the latest last
  let map = null; // the one on screen
  let named = ""; // the address that the page named last
  let shown = ""; // the one whose data is drawn, or on its way; none where it did not come
  let ahead = []; // addresses of boxes that were ticked, and that the page has still to name
  let tellings = 0; // how often the page decided what is drawn

  const wait = (ms) => new Promise((done) => { setTimeout(done, ms); });
  const load = async (address, turn = 1) => {
    const root = new URL(window.__streamlit?.BACKEND_BASE_URL ?? "/", window.location.href);
    const answer = await fetch(new URL(address, root));
    if (answer.ok) return answer.json();
    if (!BUSY.includes(answer.status) || turn === TURNS) throw new Error(`${address}: ${answer.status}`);
    await wait(PAUSE);
    return load(address, turn + 1);
  };
  const keep = (address, promise) => {
    kept.delete(address);
    kept.set(address, promise);
    promise.catch(() => kept.delete(address));
    if (kept.size > KEPT) kept.delete(kept.keys().next().value);
    return promise;
  };

  // Under the address of a page its data can be asked for before the page names its own.
  let early = null;
  const loadEarly = (address) => {
    const promise = load(address);
    early = promise.then((data) => { keep(data.address, promise); }).catch(() => {});
    return promise;
  };
  // The start page asks for that of the first map.
  const link = document.querySelector("link[rel='preload'][href*='map.json?']");
  let first = link && loadEarly(link.href);
  const get = async (address) => {
    await early;
    return keep(address, kept.get(address) ?? load(address));
  };

  const draw = async (address) => {
    shown = address;
    try {
      const data = await get(address);
      if (shown === address) map.update(data.map);
    } catch (error) {
      if (shown !== address) return;
      shown = "";
      map.fail(error);
    }
  };
  const runs = () => document.querySelector(".stApp")?.dataset.testScriptState === "running";
  // A page that came to its end and did not name what was drawn ahead of it is believed. What did not come is
  // asked for once more: a page runs again when its server is back.
  const isApart = () => Boolean(ahead.length || !shown) && Boolean(map?.isThere());
  const agree = async () => {
    await wait(PATIENCE);
    if (runs() || !isApart()) return;
    tellings += 1;
    ahead = [];
    if (named !== shown) draw(named);
  };
  new MutationObserver((changes) => {
    const ended = changes.some(({ target }) => target.dataset.testScriptState === "notRunning");
    if (ended && isApart()) agree();
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-test-script-state"] });

  window.liaisonatlasMap = {
    // Promise of the data for the choices in the address of the page; null where it does not tell them yet.
    ofPage() {
      const promise = first;
      first = null;
      const { search } = window.location;
      return promise ?? (new URLSearchParams(search).has("release") ? loadEarly(`map.json${search}`) : null);
    },
    show(address, next) {
      const another = map?.update !== next.update;
      map = next;
      named = address;
      tellings += 1;
      ahead = another ? [] : ahead.slice(ahead.indexOf(address) + 1 || ahead.length);
      if (another || (!ahead.length && address !== shown)) draw(address);
    },
  };

  // From what is drawn to what a press leads to; not where the page has spoken since.
  const follow = async (key, told) => {
    const data = shown ? await get(shown).catch(() => null) : null;
    const next = data?.presses[key];
    if (!next || told !== tellings) return;
    ahead.push(next);
    draw(next);
  };
  let presses = Promise.resolve(); // one after the other
  // A box says `change` only where it was pressed by a key: of a press on its label Streamlit makes the
  // choice itself, and the box hears nothing. So each press is one click, and never two.
  document.addEventListener("click", ({ target }) => {
    const box = target.closest?.("label")?.closest(BOX);
    if (!box || !map?.isThere() || (runs() && !ahead.length)) return;
    const key = [...box.classList].find((name) => name.startsWith("st-key-w_")).replace("st-key-", "");
    const told = tellings;
    presses = presses.then(() => follow(key, told));
  }, true);
})();
