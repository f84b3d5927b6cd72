// The reader's choice of organisations and part of the world, and all on the first page that
// follows it: the finding, the counts, the legend, the description, and the table of all units.
(() => {
  const { data, el } = Site;
  const codes = Object.keys(data.lands);
  const boxes = [...document.querySelectorAll("#organisations input")];
  const views = document.querySelector("#views");
  let painted = null;

  // What the table says of a unit under a choice: state, postings, organisations, cities, km, basis.
  Site.cells = (org, iso) => {
    const { table } = data.choices[org];
    return (table.rows[iso] ?? table.rest).map((value, n) => {
      if (table.columns[n] === "t") return table.texts[value];
      return value === null ? "" : [Site.number.format(value), "", value];
    });
  };

  Site.title = ({ land, org }) => {
    const choice = data.choices[org];
    const title = choice.titles[choice.title_of[codes.indexOf(land)]];
    return Site.fill(title, { land: data.lands[land].name });
  };

  const entry = ([key, word]) =>
    el("li", {}, el("img", { class: "swatch", alt: "", src: data.swatches[key] }), word);

  Site.choice = {
    show({ org, view }) {
      const on = org ? org.split(",") : boxes.map((box) => box.value);
      boxes.forEach((box) => { box.checked = on.includes(box.value); });
      views.querySelectorAll("button").forEach((button) =>
        button.setAttribute("aria-pressed", String(button.value === view)));
      if (painted === org) return;
      painted = org;
      const choice = data.choices[org];
      document.querySelector("#legend").replaceChildren(...choice.legend.map(entry));
      document.querySelector("#counts").replaceChildren(...choice.counts.map(([word, n]) =>
        el("div", {}, el("dt", {}, word), el("dd", {}, n))));
      document.querySelector("#told").textContent = choice.text;
      const rows = codes.map((iso) =>
        [[data.lands[iso].name, `#land=${iso}`], ...Site.cells(org, iso)]);
      document.querySelector("#units").replaceChildren(...Site.table(data.heads.units, rows));
    },
  };

  boxes.forEach((box) => box.addEventListener("change", () => {
    const on = boxes.filter((each) => each.checked).map((each) => each.value);
    document.querySelector("#nobody").hidden = on.length > 0;
    if (!on.length) return; // the map keeps what it shows until there is a choice again
    Site.go({ ...Site.now, org: on.length === boxes.length ? "" : on.join(",") });
  }));
  views.addEventListener("click", ({ target }) => {
    if (target.value) Site.go({ ...Site.now, view: target.value }, "again");
  });
})();
