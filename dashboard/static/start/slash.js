// The key "/" leads to the search box from wherever nothing is being typed, and so does the magnifier of a
// telephone (repair.js); a sidebar that is shut opens.
// It stands in the start page itself (dashboard/web/server.py), so that it is heard as soon as there is a
// page: the box comes last, and what is typed after the key goes into it once it is there.
(() => {
  const BOX = ".st-key-w_find input";
  const FIELD = "input, textarea, select, [contenteditable=true]";
  const OPENING = 400; // ms in which the sidebar opens
  const PATIENCE = 20000; // ms until a page without the box is left alone: a sign-in
  const find = (selector) => document.querySelector(selector);
  const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  let patience = 0;
  let sent = false; // Enter was pressed meanwhile
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
    const enter = { key: "Enter", code: "Enter", keyCode: 13, bubbles: true };
    if (sent) setTimeout(() => box.dispatchEvent(new KeyboardEvent("keydown", enter)), 0);
  };
  const watch = new MutationObserver(() => arrive());
  const stop = () => {
    watch.disconnect();
    typed = null;
  };
  const arrive = () => {
    if (find(".st-key-stage")) stop(); // the projector, which has other keys
    else if (find(BOX)) {
      watch.disconnect();
      const shut = find("[data-testid=stSidebar][data-collapsed=true]");
      if (shut) find("[data-testid=stExpandSidebarButton]")?.click();
      setTimeout(fill, shut ? OPENING : 0);
    }
  };
  const begin = () => {
    typed = "";
    sent = false;
    watch.observe(document, { subtree: true, childList: true });
    clearTimeout(patience);
    patience = setTimeout(stop, PATIENCE);
    arrive();
  };
  document.addEventListener("to-search", begin);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.(FIELD)) {
      stop();
      return;
    }
    if (typed !== null) {
      if (event.key === "Escape") stop();
      else if (event.key === "Enter") sent = true;
      else if (event.key === "Backspace") typed = typed.slice(0, -1);
      else if (event.key.length === 1) typed += event.key;
      else return;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key !== "/") return;
    begin();
    if (typed !== null) event.preventDefault();
  }, true);
  document.addEventListener("pointerdown", stop, true);
})();
