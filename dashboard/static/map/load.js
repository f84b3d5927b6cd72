// Loaded first: starts fetching everything the map draws while Leaflet itself is still on its way.
// All addresses are relative to this file, so a base path in front of the application works; the
// version in this file's own address (?v=...) is handed on, so that all of it may be cached for
// a year.
(() => {
  const here = new URL(document.currentScript.src);
  const get = async (path) => {
    const response = await fetch(new URL(path + here.search, here));
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response.json();
  };
  // In the body, because streamlit-folium writes the head anew and all in it would be loaded again.
  const sheet = (path) => new Promise((done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL(path + here.search, here);
    link.onload = done;
    link.onerror = done; // without it the map is plain, but there
    document.body.append(link);
  });
  let region = null;
  window.Atlas = {
    images: new URL("../leaflet/images/", here).href,
    styled: Promise.all(["../leaflet/leaflet.css", "map.css"].map(sheet)),
    world: get("../shapes/world.json"),
    units: get("units.json"), // iso3 -> [name nl, name en, label lat, label lon, tiny]
    words: get("words.json"), // language -> the words of the map
    classes: get("classes.json"), // look -> how it is drawn by day and night, and patterns
    // The finer shapes come only when a reader zooms in, and once.
    region: () => (region ??= get("../shapes/region.json")),
    calm: window.matchMedia("(prefers-reduced-motion: reduce)").matches,
  };
})();
