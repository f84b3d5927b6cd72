// Loaded first: what the page knows, and the few words that every other file needs. Texts reach
// the page through textContent only, so nothing that a document prints can become markup.
window.Site = (() => {
  const read = (id) => JSON.parse(document.getElementById(`known-${id}`).textContent);
  const data = read("data");
  const number = new Intl.NumberFormat(data.lang);

  // el("td", { class: "number" }, "text", child, …); false and null are left out.
  const el = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => {
      if (value !== null && value !== false) element.setAttribute(key, value);
    });
    element.append(...children.filter((child) => child !== null && child !== false));
    return element;
  };

  // Addresses behind # are read and written here only.
  const address = ({ page, land, org, view }) => {
    const parts = [land ? `land=${land}` : page || "dekking"];
    if (org) parts.push(`org=${org}`);
    if (view && view !== "world" && !land) parts.push(`beeld=${view}`);
    return `#${parts.join("&")}`;
  };

  const parse = (hash) => {
    const query = new URLSearchParams(hash.replace(/^#/, ""));
    const land = (query.get("land") ?? "").toUpperCase();
    const org = query.get("org") ?? "";
    const view = query.get("beeld") ?? "world";
    const [first] = [...query.keys()];
    return { // own names only: an address may say "constructor"
      land: Object.hasOwn(data.lands, land) ? land : null,
      page: Object.hasOwn(data.pages, first ?? "") ? first : "dekking",
      org: Object.hasOwn(data.choices, org) ? org : "",
      view: data.views.some(([name]) => name === view) ? view : "world",
      document: query.get("document"),
    };
  };

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  return { data, read, el, address, parse, fill, number, calm, now: parse(window.location.hash) };
})();
