// Where the reader moved the map, kept in the page's address as `kaart=lat,lon,times`: the middle,
// and how many times nearer than the preset. So it means the same in every size of window.
(() => {
  const page = () => {
    try {
      return window.parent.location.href ? window.parent : null;
    } catch {
      return null; // a foreign page around us keeps its address to itself
    }
  };

  const write = (text) => {
    const parent = page();
    if (!parent) return;
    const url = new URL(parent.location.href);
    if ((url.searchParams.get("kaart") ?? "") === text) return;
    if (text) url.searchParams.set("kaart", text);
    else url.searchParams.delete("kaart");
    // As it is read by people: commas stay commas.
    parent.history.replaceState(parent.history.state, "map", url.href.replaceAll("%2C", ","));
  };

  // `fitted` is the zoom of the preset. Called after the reader moved the map, or let it go.
  Atlas.keep = (map, fitted, moved) => {
    if (!moved) return write("");
    const { lat, lng } = map.getCenter();
    const lon = ((lng + 540) % 360) - 180;
    const times = 2 ** (map.getZoom() - fitted);
    return write([lat.toFixed(1), lon.toFixed(1), Math.min(times, 200).toFixed(2)].join(","));
  };

  // The place that the address names, as [latitude, longitude, zoom], or null.
  Atlas.kept = (fitted) => {
    const parent = page();
    const text = parent ? new URL(parent.location.href).searchParams.get("kaart") : null;
    const [lat, lon, times] = (text ?? "").split(",").map(Number);
    if (!text || ![lat, lon, times].every(Number.isFinite) || times <= 0) return null;
    return [Math.max(-85, Math.min(85, lat)), lon, fitted + Math.log2(Math.min(times, 200))];
  };
})();
