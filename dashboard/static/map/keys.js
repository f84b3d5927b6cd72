// The keyboard: the map is one tab stop. Arrows walk from country to country, Enter chooses,
// Escape lets go, + and - zoom. A polite live region says where one is.
(() => {
  const DIRECTIONS = {
    ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
  };

  // The nearest place in a direction: distance, made longer the further it lies off the axis.
  // At 60 degrees off the detour counts about three times; beyond 75 a place is not "there".
  Atlas.next = (here, places, [ux, uy]) => {
    let best = null;
    places.forEach(({ iso, x, y }) => {
      const [dx, dy] = [x - here.x, y - here.y];
      const d = Math.hypot(dx, dy);
      if (iso === here.iso || d < 0.01) return;
      const angle = Math.acos(Math.max(-1, Math.min(1, (dx * ux + dy * uy) / d)));
      if (angle > (75 * Math.PI) / 180) return;
      const cost = d * (1 + 2 * (angle / (Math.PI / 3)) ** 2);
      if (!best || cost < best.cost) best = { iso, cost };
    });
    return best?.iso ?? null;
  };

  // act: { places(), start(), say(iso), ring(iso), choose(iso), zoom(step) }
  Atlas.keys = (container, act) => {
    let focus = null;
    const go = (iso) => {
      focus = iso;
      act.ring(iso);
      act.say(iso);
    };
    container.addEventListener("keydown", (event) => {
      if (event.target !== container || event.altKey || event.ctrlKey || event.metaKey) return;
      const direction = DIRECTIONS[event.key];
      if (direction) {
        const places = act.places();
        const here = focus && places.find((p) => p.iso === focus);
        const goal = here ? Atlas.next(here, places, direction) : act.start();
        if (goal) go(goal);
      } else if (event.key === "Enter" || event.key === " ") {
        if (focus) act.choose(focus);
      } else if (event.key === "Escape") {
        focus = null;
        act.ring(null);
        act.choose(null);
      } else if (event.key === "+" || event.key === "=") act.zoom(1);
      else if (event.key === "-") act.zoom(-1);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    container.addEventListener("blur", () => act.ring(null));
    container.addEventListener("focus", () => {
      if (focus && container.matches(":focus-visible")) act.ring(focus);
    });
    return { at: (iso) => { focus = iso; } };
  };
})();
