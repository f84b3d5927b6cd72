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

  const write = (text, name = "kaart") => {
    const parent = page();
    if (!parent) return;
    const url = new URL(parent.location.href);
    if ((url.searchParams.get(name) ?? "") === text) return;
    if (text) url.searchParams.set(name, text);
    else url.searchParams.delete(name);
    // As it is read by people: commas stay commas.
    parent.history.replaceState(parent.history.state, "map", url.href.replaceAll("%2C", ","));
  };

  // The page does not hear what a reader does in here; its way back counts their acts (shell.js).
  ["pointerdown", "keydown"].forEach((name) => {
    window.addEventListener(name, () => page()?.dispatchEvent(new Event("act")), true);
  });

  // `fitted` is the zoom of the preset. Called after the reader moved the map, or let it go.
  Atlas.keep = (map, fitted, moved) => {
    if (!moved) return write("");
    const { lat, lng } = map.getCenter();
    const lon = ((lng + 540) % 360) - 180;
    const times = 2 ** (map.getZoom() - fitted);
    return write([lat.toFixed(1), lon.toFixed(1), Math.min(times, 200).toFixed(2)].join(","));
  };

  // The post that was chosen, as its latitude and longitude; empty for none.
  Atlas.keepPost = (key) => write(key ?? "", "post");
  Atlas.keptPost = () => {
    const parent = page();
    return parent ? new URL(parent.location.href).searchParams.get("post") : null;
  };

  // The address of a dossier under the choices of the page around the map.
  Atlas.dossier = (iso) => {
    const parent = page();
    if (!parent) return `land?land=${iso}`;
    const url = new URL(parent.location.href);
    url.pathname = url.pathname.replace(/[^/]*$/, "land");
    url.hash = "";
    ["kaart", "post"].forEach((name) => url.searchParams.delete(name));
    url.searchParams.set("land", iso);
    return url.href.replaceAll("%2C", ",");
  };

  // To a page of the application. This frame may not lead its page elsewhere (sandbox), a link of the
  // page itself may: the one at the top where it leads there, without loading all anew.
  Atlas.go = (href) => {
    const parent = page();
    if (!parent) return;
    const path = new URL(href).pathname;
    const links = [...parent.document.querySelectorAll("a[data-testid='stTopNavLink']")];
    const link = links.find((one) => new URL(one.href).pathname === path)
      ?? Object.assign(parent.document.createElement("a"), { href });
    if (!link.isConnected) parent.document.body.append(link);
    link.click();
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
