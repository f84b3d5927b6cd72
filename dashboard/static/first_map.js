// The map comes last of a page: its frame is a document of its own. Until it is drawn there, the countries
// stand in its room in their colours, from the same data (map_data.js). Posts, names, small states and what
// can be pressed come with the map itself.
(() => {
  const ROOM = "[class*='st-key-room_']:not([data-drawn])";
  const RIM = 6; // px above and below a view, as in map/projection.js
  const PHONE = 640; // px: below it the map with insets may begin elsewhere than with the world (map/atlas.js)
  const [SHARE, LEAST] = [0.43, 150]; // of the height, and px, that insets take (map/atlas.js)
  const COVERAGE = ["", "dekking"]; // the pages with that map
  const here = new URL(document.currentScript.src);
  const get = async (name) => (await fetch(new URL(name + here.search, here))).json();
  let files = null; // outlines and looks, once
  const known = new WeakSet(); // rooms

  const isDark = () => {
    const [r, g, b] = getComputedStyle(document.querySelector(".stApp")).backgroundColor.match(/[\d.]+/g);
    return 0.3 * r + 0.6 * g + 0.1 * b < 128;
  };

  const withInsets = (room) => room.matches(".st-key-room_900");
  // The height of the map itself: insets have the lower part of the room.
  const height = (room) => {
    const whole = room.clientHeight;
    return withInsets(room) ? whole - Math.round(Math.max(LEAST, whole * SHARE)) : whole;
  };

  const drawing = ({ box, paths }, classes, map, tall) => {
    const scheme = classes[isDark() ? "night" : "day"];
    const styled = Object.entries(paths).map(([iso, d]) => {
      const row = map.units[iso];
      const look = classes.ground[iso] ? "ground" : row ? map.looks[row[0]] : map.rest;
      const flexible = row?.[4] && look !== "outside"; // as `look` in map/atlas.js
      const [fill, edge, width, rank] = scheme.styles[look];
      const line = flexible ? `stroke="${scheme.filo}" stroke-width="1.6" stroke-dasharray="4 3"`
        : `stroke="${edge}" stroke-width="${width}"`;
      return [rank + (flexible ? 0.5 : 0), `<path d="${d}" fill="${fill}" ${line} data-iso="${iso}"/>`];
    });
    const inOrder = styled.sort(([a], [b]) => a - b).map(([, path]) => path).join("");
    return `<svg viewBox="0 0 ${box.join(" ")}" style="height:${tall - 2 * RIM}px">`
      + `<defs>${classes.defs}</defs>${inOrder}</svg>`;
  };

  const draw = async (room) => {
    const data = window.liaisonatlasMap.ofPage();
    if (!data) return;
    files ??= Promise.all([get("map/outlines.json"), get("map/classes.json")]);
    const [[outlines, classes], { map }] = await Promise.all([files, data]);
    if (!map) return; // a document without a network
    const moved = new URLSearchParams(window.location.search).has("kaart");
    const isWorld = map.view === "world" && !Object.keys(map.small).length;
    const onPhone = withInsets(room) && room.clientWidth < PHONE;
    if (moved || !isWorld || onPhone || !room.matches(ROOM) || !room.isConnected) return;
    const tall = height(room);
    const holder = document.createElement("div");
    holder.className = "first-map";
    holder.setAttribute("aria-hidden", "true");
    holder.style.height = `${tall}px`;
    holder.innerHTML = drawing(outlines, classes, map, tall);
    room.append(holder);
    new MutationObserver((_, watch) => {
      holder.remove();
      watch.disconnect();
    }).observe(room, { attributeFilter: ["data-drawn"] });
  };

  // Another choice is another map: what stands here would be of the one before.
  ["click", "change"].forEach((name) => document.addEventListener(name, ({ target }) => {
    if (target.closest?.(".stSidebar, .st-key-map_controls, .st-key-narrowed, [role='listbox']")) {
      document.querySelectorAll(".first-map").forEach((holder) => holder.remove());
    }
  }, true));

  const onCoverage = () => {
    const root = new URL(window.__streamlit?.BACKEND_BASE_URL ?? "/", window.location.href).pathname;
    return COVERAGE.includes(window.location.pathname.slice(root.length));
  };
  new MutationObserver(() => {
    const room = document.querySelector(ROOM);
    if (!room || known.has(room) || !onCoverage()) return;
    known.add(room);
    draw(room).catch(() => { files = null; }); // the map itself comes, or says why not
  }).observe(document.body, { subtree: true, childList: true });
})();
