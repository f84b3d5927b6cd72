// The frame around the map: how tall it is, and how a choice travels back to the page.
(() => {
  const FILL = 900; // px: a page that asks for so much wants the height of the window
  // px of the window around that map: two lines of title, a line that says what is left out, and
  // below it one of its legend. A map that followed what stands there would be drawn twice for each
  // choice that puts something there or takes it away.
  const AROUND = 295;
  const PAPER = 690; // px, as wide as A4 between its margins

  Atlas.projector = () => {
    try {
      return window.frameElement?.closest(".st-key-stage");
    } catch {
      return null; // a foreign parent does not tell
    }
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
      view = Math.max(320, asked >= FILL ? tall - AROUND : tall * 0.82);
    } catch {
      // a foreign parent does not tell its size; the width alone then decides
    }
    return Math.round(Math.min(wanted, view));
  };

  // streamlit-folium sets the asked height after every change; each passes through here.
  // `stage` holds the map and what stands beside it; `arrange(width, height, full, paper)` gives each its
  // place and returns the height of all.
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
      const all = arrange(wide, high, asked >= FILL, paper);
      if (paper) window.frameElement.style.height = `${all}px`;
      set(all);
      // For the room that the page keeps until its frame is as high as that (static/shell.js).
      if ("ready" in stage.dataset && window.frameElement) window.frameElement.dataset.tall = all;
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
    window.addEventListener("pagehide", () => Object.entries(heard)
      .forEach((pair) => window.parent.removeEventListener(...pair)));
    return apply;
  };

  // What is at an address is drawn, see ../map_data.js; the page may have it already, or be ahead.
  Atlas.show = (address) => {
    const data = window.parent.liaisonatlasMap;
    if (!data) return Atlas.fail("map_data.js"); // the page came without its script
    return data.show(address, {
      isThere: () => window.frameElement?.isConnected, update: Atlas.update, fail: Atlas.fail,
    });
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
