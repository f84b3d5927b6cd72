// The one map of the site. It stands in the slot of the page that is shown, and is told what that
// page says: the coverage under the reader's choice, the gaps, or the missions.
(() => {
  const { data } = Site;
  const box = Site.el("div", { class: "map", id: "map" });
  let started = null;
  let asked = 0; // counts how often a reader asked for the whole view again

  const start = () => {
    const map = L.map(box, {
      crs: L.CRS.EqualEarth, zoomSnap: 0, zoomDelta: 0.75, maxZoom: 8.5, keyboard: false,
      zoomControl: false, attributionControl: false, doubleClickZoom: false,
      zoomAnimation: !Atlas.calm, fadeAnimation: false, inertia: !Atlas.calm,
    });
    Atlas.start(map);
    return map;
  };

  const links = (land, org) => {
    const wanted = org ? org.split(",").map((name) => (name === "not-stated" ? "X" : name)) : null;
    return data.links
      .filter(([, , host, served, who]) =>
        (host === land || served === land) && (!wanted || wanted.includes(who)))
      .map(([lat, lng, host, served, who]) => [lat, lng, served, who, host === land ? 1 : 0]);
  };

  const coverage = ({ land, org, view }) => {
    const part = land ? data.lands[land].view ?? "world" : view;
    const [, , bounds, centre] = data.views.find(([name]) => name === part);
    return {
      ...data.choices[org].payload, lang: data.lang, words: data.map_words, notes: {},
      view: `${part} ${land ? "land" : "map"}`, bounds, centre,
      selected: land, links: land ? links(land, org) : [],
    };
  };

  Site.map = {
    box,
    // Puts the map into the slot of the page, if it has one.
    show(now, page, again) {
      const slot = page.querySelector("[data-map]");
      if (!slot) return;
      if (slot !== box.parentNode) slot.append(box);
      started ??= start();
      if (again) asked += 1;
      const payload = data.maps[slot.dataset.map] ?? coverage(now);
      Site.fit();
      Atlas.update({ ...payload, view: `${payload.view} ${slot.dataset.map} ${asked}` });
    },
  };
})();
