// A chart answers the keyboard as it answers the pointer: it takes the focus, an arrow key goes to
// the next value, and what a pointer would hear there is drawn by plotly and said aloud. What each
// piece says, and from which source, comes with the chart (`figures.charts`).
(() => {
  const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  const at = new WeakMap(); // chart -> which of its values was read last

  const points = (chart) => {
    const { xaxis, yaxis } = chart._fullLayout ?? {};
    if (!xaxis || !yaxis) return [];
    return (chart.data ?? []).flatMap((trace) => [...(trace.customdata ?? [])].map((says, n) => {
      const start = trace.base?.[n];
      const x = trace.type === "bar" ? (start ?? 0) + trace.x[n] / 2 : trace.x[n];
      const down = Math.min(Math.max(yaxis.l2p(trace.y[n]), 4), yaxis._length - 4);
      const left = xaxis._offset + xaxis.l2p(x);
      return { says: says && `${says} ${trace.meta ?? ""}`, left, top: yaxis._offset + down };
    })).filter(({ says, left }) => says && Number.isFinite(left))
      .sort((a, b) => Math.round(a.top - b.top) || a.left - b.left);
  };
  const words = (chart) => chart.closest("[class*='st-key-chart_']")?.querySelector("[data-says]");
  const pointer = (chart, kind, { left, top }) => {
    const plane = chart.querySelector(".nsewdrag");
    const { x, y } = chart.getBoundingClientRect();
    plane?.dispatchEvent(new MouseEvent(kind, {
      clientX: x + left, clientY: y + top, bubbles: true, view: window,
    }));
  };
  const read = (chart, step) => {
    const every = points(chart);
    if (!every.length) return;
    const place = at.has(chart) ? at.get(chart) + step : 0;
    const next = Math.min(Math.max(place, 0), every.length - 1);
    at.set(chart, next);
    pointer(chart, "mousemove", every[next]);
    const live = words(chart);
    if (live) live.textContent = every[next].says.replace(/<[^>]*>/g, " ");
  };

  document.addEventListener("keydown", (event) => {
    const chart = event.target.closest?.(".js-plotly-plot");
    if (!chart || chart !== event.target || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && at.has(chart)) {
      pointer(chart, "mouseout", points(chart)[at.get(chart)] ?? { left: 0, top: 0 });
      at.delete(chart);
    } else if (event.key in STEPS) {
      event.preventDefault();
      read(chart, STEPS[event.key]);
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      read(chart, event.key === "Home" ? -Infinity : Infinity);
    }
  });
  document.addEventListener("focusout", ({ target }) => {
    if (!at.has(target)) return;
    pointer(target, "mouseout", points(target)[at.get(target)] ?? { left: 0, top: 0 });
    at.delete(target);
  });
  const ready = () => document.querySelectorAll("[data-says]").forEach((live) => {
    const chart = live.closest("[class*='st-key-chart_']")?.querySelector(".js-plotly-plot");
    if (chart && chart.tabIndex !== 0) chart.tabIndex = 0;
  });
  new MutationObserver(ready).observe(document.body, { subtree: true, childList: true });
  ready();
})();
