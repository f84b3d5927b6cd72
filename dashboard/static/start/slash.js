// The key "/" leads to the search box from wherever nothing is being typed; a sidebar that is shut opens.
// It stands in the start page itself (dashboard/web/server.py), so that it is heard as soon as there is a
// page: the box comes last, and what is typed after the key goes into it once it is there.
(() => {
  const BOX = ".st-key-w_find input";
  const OPENING = 400; // ms in which the sidebar opens
  const find = (selector) => document.querySelector(selector);
  const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  let typed = null; // since "/", while the box is on its way; null: nothing is awaited

  const fill = () => {
    const box = find(BOX);
    const text = typed;
    typed = null;
    if (!box || text === null) return;
    box.focus();
    box.select();
    if (!text) return;
    write.call(box, text); // as if typed: React hears of nothing else
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const watch = new MutationObserver(() => arrive());
  const stop = () => {
    watch.disconnect();
    typed = null;
  };
  const arrive = () => {
    const [app, box] = [find("[data-testid=stApp]"), find(BOX)];
    if (box) {
      watch.disconnect();
      const shut = find("[data-testid=stSidebar][aria-expanded=false]");
      if (shut) find("[data-testid=stExpandSidebarButton]")?.click();
      setTimeout(fill, shut ? OPENING : 0);
    // A page that is drawn and has none: the projector, a sign-in.
    } else if (app?.dataset.testScriptState === "notRunning" && find("h1")) stop();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (typed !== null) {
      if (event.key === "Escape") stop();
      else if (event.key === "Backspace") typed = typed.slice(0, -1);
      else if (event.key.length === 1) typed += event.key;
      else return;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key !== "/" || event.target.closest?.("input, textarea, select, [contenteditable=true]")) return;
    typed = "";
    watch.observe(document, { subtree: true, childList: true, attributes: true,
      attributeFilter: ["data-test-script-state"] });
    arrive();
    if (typed !== null) event.preventDefault();
  }, true);
  document.addEventListener("pointerdown", stop, true);
})();
