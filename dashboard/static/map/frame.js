// The frame around the map: how tall it is, and how a choice travels back to the page.
(() => {
  const FILL = 900; // px: a page that asks for so much wants the height of the window
  const BELOW = 42; // px of the window under that map: a line of its legend
  const PAPER = 690; // px, as wide as A4 between its margins

  Atlas.projector = () => {
    try {
      return window.frameElement?.closest(".st-key-stage");
    } catch {
      return null; // a foreign parent does not tell
    }
  };

  // Where the map begins on the page, px from the top of the window before anything is scrolled.
  const top = () => {
    const scrolled = window.frameElement.closest("[data-testid='stMain']")?.scrollTop ?? 0;
    return window.frameElement.getBoundingClientRect().top + scrolled;
  };

  // Tall enough for the world at this width, never taller than the page asked for or than most of
  // the window: on a phone the map must not swallow the whole screen.
  const height = (asked) => {
    if (Atlas.projector()) return window.innerHeight; // on the projector the page gives the frame its height
    const width = document.documentElement.clientWidth || 800;
    const wanted = Math.max(250, Math.min(asked, Math.round(width * (asked >= FILL ? 0.72 : 0.53))));
    let view = Infinity;
    try {
      const tall = window.parent.innerHeight;
      // Where the map is the page it takes what stands above it and a line of the legend leave.
      view = Math.max(320, asked >= FILL ? tall - top() - BELOW : tall * 0.82);
    } catch {
      // a foreign parent does not tell its size; the width alone then decides
    }
    return Math.round(Math.min(wanted, view));
  };

  // What stands above the map comes, goes and breaks into more lines with the reader's choices: the
  // height of the whole page tells of each.
  const follow = (apply) => {
    try {
      const watch = new window.parent.ResizeObserver(apply);
      watch.observe(window.frameElement.closest("[data-testid='stMainBlockContainer']"));
      return watch;
    } catch {
      return null; // a foreign parent
    }
  };

  // streamlit-folium sets the asked height after every change; each passes through here.
  // `stage` holds the map and what stands beside it; `arrange(stage, width, height, full)` gives each
  // its place and returns the height of all.
  Atlas.frame = (map, stage, arrange, refit) => {
    const container = map.getContainer();
    const { Streamlit } = window;
    const set = Streamlit.setFrameHeight;
    let asked = parseInt(container.style.height, 10) || 560;
    let before = "";
    let paper = false;
    const apply = () => {
      const [wide, high] = paper ? [PAPER, Math.round(PAPER * (asked >= FILL ? 0.72 : 0.53))]
        : [document.documentElement.clientWidth || 800, height(asked)];
      const all = arrange(wide, high, asked >= FILL);
      if (paper) window.frameElement.style.height = `${all}px`;
      set(all);
      const size = `${container.clientWidth} ${container.clientHeight}`;
      if (size === before) return;
      before = size;
      map.invalidateSize({ animate: false, pan: false });
      refit();
    };
    Streamlit.setFrameHeight = (value) => {
      if (value === asked) return; // laid out for it already
      if (value) asked = value;
      apply();
    };
    apply();
    // Insets too: the style sheet may come after the first drawing.
    const watch = new ResizeObserver(apply);
    [document.documentElement, ...stage.querySelectorAll("figure")].forEach((one) => watch.observe(one));
    window.addEventListener("resize", apply);
    const above = follow(apply);
    // The page is laid out for paper at once: the map has to have its new size by then.
    const print = ({ type }) => {
      const { style } = window.frameElement;
      paper = type === "beforeprint";
      style.width = paper ? `${PAPER}px` : "";
      if (!paper) style.height = "";
      Atlas.onPaper?.(paper);
      apply();
      Atlas.settle(); // names do not wait
      if (paper) container.getBoundingClientRect(); // laid out now, or Chromium leaves the drawings out
    };
    const heard = { resize: apply, beforeprint: print, afterprint: print };
    Object.entries(heard).forEach((pair) => window.parent.addEventListener(...pair));
    window.addEventListener("pagehide", () => {
      above?.disconnect();
      Object.entries(heard).forEach((pair) => window.parent.removeEventListener(...pair));
    });
    return apply;
  };

  // Straight to Streamlit: the way through streamlit-folium waits a quarter of a second. Its own
  // notes are kept in step, or it would send the old value again after the next move. The time
  // stamp makes a second click on the same country a new event.
  Atlas.send = (iso) => {
    const value = `${iso ?? ""}:${Date.now().toString(36)}`;
    const data = { last_object_clicked_tooltip: value };
    window.__GLOBAL_DATA__.last_object_clicked_tooltip = value;
    window.__GLOBAL_DATA__.previous_data = data;
    window.Streamlit.setComponentValue(data);
  };
})();
