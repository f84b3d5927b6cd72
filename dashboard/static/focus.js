// Where the keyboard is, kept over what Streamlit redraws. It takes parts of a page away and puts
// others there, and a browser then puts the focus at the start of the page without a word.

(() => {
  const FOCUSABLE = "a[href], button, input, select, textarea, summary, iframe, [tabindex]";
  const app = () => document.querySelector("[data-testid='stApp']");
  const atRest = () => app()?.dataset.testScriptState === "notRunning"
    && !document.querySelector("[data-stale='true']");
  const nowhere = () => !document.activeElement || document.activeElement === document.body;
  const keyOf = (element) => [...(element.closest("[class*='st-key-']")?.classList ?? [])]
    .find((name) => name.startsWith("st-key-")) ?? "";
  const labelOf = (element) => element.getAttribute("aria-label") || element.textContent.trim();
  const usable = (element) => !element.disabled && element.getClientRects().length > 0;
  const family = (key) => key.replace(/[_\d]+$/, "");

  let last = null; // { element, key, label, place } that had the focus
  // The page, and the question that it answers.
  const answer = () => `${window.location.pathname} ${new URLSearchParams(window.location.search).get("vraag") ?? ""}`;
  let path = answer();
  let left = null; // what had the focus when the reader went to another page

  const all = () => [...document.querySelectorAll(FOCUSABLE)].filter(usable);

  document.addEventListener("focusin", ({ target: element }) => {
    const key = keyOf(element);
    const kin = all().filter((each) => family(keyOf(each)) === family(key));
    last = { element, key, label: labelOf(element), place: kin.indexOf(element) };
  });
  // Put down by the reader, not taken away: then it is not given back either.
  document.addEventListener("focusout", ({ target: element, relatedTarget }) => {
    setTimeout(() => {
      if (!relatedTarget && element.isConnected && usable(element) && last?.element === element) {
        last = null;
      }
    });
  });

  // The title of the page; on the projector the whole stage, which hears the keys (present.js).
  const title = () => {
    const found = document.querySelector(".st-key-stage[tabindex], h1");
    if (!found) return;
    if (!found.hasAttribute("tabindex")) found.tabIndex = -1;
    found.focus();
  };

  // The same control drawn anew. When nothing more is to come and it is gone, as a row that was
  // taken out: the one in its place, or the title, where the page tells what it shows now.
  const giveBack = () => {
    const { element, key, label, place } = last;
    if (element.isConnected && usable(element)) { element.focus(); return; }
    const found = all();
    const same = found.filter((each) => keyOf(each) === key && labelOf(each) === label);
    if (same.length === 1) { same[0].focus(); return; }
    if (!atRest()) return;
    const kin = key ? found.filter((each) => family(keyOf(each)) === family(key)) : [];
    if (kin.length) kin[Math.min(Math.max(place, 0), kin.length - 1)].focus();
    else title();
  };

  // Another page, or another answer, comes without loading: its title is read, and Tab goes on from there.
  const arrive = () => {
    // The menu of a phone lies over the page until repair.js shuts it: then nothing there takes focus.
    if (!atRest() || !document.querySelector("h1") || document.querySelector("main")?.closest("[inert]")) return;
    path = answer();
    const moved = !nowhere() && document.activeElement !== left;
    if (!moved) title();
  };

  // The question that is answered already, once more: its address stays, and its answer is read again.
  const again = ({ target }) => {
    const asked = new URLSearchParams(window.location.search).get("vraag");
    const box = target.closest?.(".st-key-find")?.querySelector("input");
    if (!asked || box?.value.trim() !== asked) return;
    document.dispatchEvent(new Event("asked-again")); // the menu of a phone shuts (repair.js)
    if (!document.querySelector("main")?.closest("[inert]")) setTimeout(title);
  };
  window.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.("input")) again(event);
  }, true);
  window.addEventListener("click", (event) => { if (event.target.closest?.("button")) again(event); }, true);

  // A panel that was opened by keyboard hangs elsewhere in the document: the focus goes in, and
  // back to what opened it when it is shut.
  const PANEL = "[data-testid='stPopoverBody']";
  let opener = null;
  const enter = () => {
    const panel = document.querySelector(PANEL);
    if (!panel) { opener = null; return; }
    if (opener || document.activeElement?.getAttribute("aria-expanded") !== "true") return;
    const first = [...panel.querySelectorAll(FOCUSABLE)].find(usable);
    if (!first) return; // its contents are still on their way
    opener = document.activeElement;
    first.focus();
  };
  const shut = () => opener && !document.querySelector(PANEL) && nowhere();

  // Streamlit runs a page again at the letter R and asks something at C: a letter alone does
  // nothing here (WCAG 2.1.4).
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [role=listbox]");
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (plain && !typing && /^[rc]$/i.test(event.key)) event.stopPropagation();
  }, true);

  let waiting = false;
  const look = () => {
    waiting = false;
    if (shut()) opener.focus();
    enter();
    if (answer() !== path) arrive();
    else if (last && nowhere() && !document.querySelector("dialog[open]")) giveBack();
    left = nowhere() ? left : document.activeElement;
  };
  const soon = () => {
    if (waiting) return;
    waiting = true;
    window.requestAnimationFrame(look);
  };
  new MutationObserver(soon).observe(document.body, {
    subtree: true, childList: true, attributes: true,
    attributeFilter: ["disabled", "data-stale", "data-test-script-state", "aria-expanded", "inert"],
  });
})();
