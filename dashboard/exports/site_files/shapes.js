// Stands in for static/map/load.js: the same parts of the map, out of this very file.
(() => {
  let region = null;
  window.Atlas = {
    images: "",
    world: Promise.resolve(Site.read("shapes")),
    units: Promise.resolve(Site.read("units")),
    words: Promise.resolve({}), // each map of this file has its own
    classes: Promise.resolve(Site.read("classes")),
    // The finer shapes are read only when a reader zooms in, and once.
    region: () => (region ??= Promise.resolve(Site.read("region"))),
    calm: Site.calm,
  };
})();
