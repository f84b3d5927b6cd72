// The keyboard: the map is one tab stop. Arrows walk from country to country (see walk.js), Enter
// chooses, Escape lets go and, with nothing left to let go, leaves the map; + and - zoom.
(() => {
  // act: { step(iso, arrow), start(), ring(iso), choose(iso) -> whether there was one to let go,
  //        zoom(step), leave() }
  Atlas.keys = (container, act) => {
    let focus = null;
    const letGo = () => {
      const ringed = focus !== null;
      focus = null;
      act.ring(null);
      if (!act.choose(null) && !ringed) act.leave();
    };
    const walk = (arrow) => {
      const goal = focus ? act.step(focus, arrow) : act.start();
      if (!goal) return;
      focus = goal;
      act.ring(focus, true);
    };
    container.addEventListener("keydown", (event) => {
      if (event.target !== container || event.altKey || event.ctrlKey || event.metaKey) return;
      const arrow = Atlas.ARROWS[event.key];
      if (arrow !== undefined) walk(arrow);
      else if (event.key === "Enter" || event.key === " ") {
        if (focus) act.choose(focus);
      } else if (event.key === "Escape") letGo();
      else if (event.key === "+" || event.key === "=") act.zoom(1);
      else if (event.key === "-") act.zoom(-1);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    // Who last used the pointer needs no help with the keys, also where a click moved the focus.
    const byPointer = (is) => () => container.classList.toggle("pointer", is);
    const page = window.frameElement && window.parent.document;
    const gone = new AbortController();
    const early = { capture: true, signal: gone.signal };
    window.addEventListener("pointerdown", byPointer(true), early);
    [document, page].forEach((one) => one?.addEventListener("keydown", byPointer(false), early));
    window.addEventListener("pagehide", () => gone.abort());
    container.addEventListener("blur", () => act.ring(null));
    container.addEventListener("focus", () => {
      if (focus && container.matches(":not(.pointer):focus-visible")) act.ring(focus);
    });
    // Where the keyboard is, also while it is elsewhere on the page; `at` moves it there in silence.
    return { at: (iso) => { focus = iso; }, where: () => focus };
  };
})();
