// The dossier of one unit under the reader's choice of organisations.
(() => {
  const { data, el } = Site;
  const { words, heads } = data;

  const part = (title, ...children) => {
    const found = children.flat().filter(Boolean);
    return found.length ? [el("section", {}, el("h2", {}, title), ...found)] : [];
  };
  const text = (said, kind) => (said ? el("p", kind ? { class: kind } : {}, said) : null);

  // The rows of the chosen organisations, or why there are none; and what lies beyond the choice.
  const serving = (land, org, unit) => {
    const wanted = org ? org.split(",").map((name) => (name === "not-stated" ? "X" : name)) : null;
    const inside = (unit.by ?? []).map((who) => !wanted || wanted.includes(who));
    const rows = (unit.served ?? []).filter((_, n) => inside[n]);
    const beyond = (unit.every ?? []).filter(([, n]) => n === null || !inside[n]);
    const home = data.home === land;
    const more = Site.fill(words.beyond, { labels: beyond.map(([label]) => label).join("; ") });
    return [
      ...Site.table(heads.serving, rows, words.serving),
      rows.length || home ? null : text(words.nobody),
      beyond.length ? text(more, "note") : null,
      ...Site.table(heads.placements, unit.placements),
    ];
  };

  const facts = (unit) => [
    el("dl", { class: "facts" }, ...unit.facts.flatMap(([term, what]) =>
      [el("dt", {}, term), el("dd", {}, what)])),
    unit.note ? text(`${words.note} ${unit.note}`, "note") : null,
  ];

  const neighbours = (unit, org) => {
    const rows = (unit.neighbours ?? []).map((iso) => {
      const [state, , who] = Site.cells(org, iso);
      return [[data.lands[iso].name, `#land=${iso}`], state, who];
    });
    return rows.length ? Site.table(heads.neighbours, rows, words.neighbours) : [text(words.no_neighbours)];
  };

  const answers = (unit) => [
    text(words.choice_note, "note"),
    el("dl", { class: "answers" }, ...unit.answers.map(([question, answer, source]) =>
      el("div", {}, el("dt", {}, question),
        el("dd", {}, answer, source ? el("span", { class: "source" }, source) : null)))),
  ];

  Site.dossier = (now) => {
    const unit = data.lands[now.land];
    const put = (id, ...children) => document.querySelector(id).replaceChildren(...children.flat());
    const missions = [
      ...Site.table(heads.missions, unit.missions, words.missions),
      unit.missions ? null : text(words.no_missions),
      ...Site.table(heads.history_missions, unit.history_missions),
    ];
    const history = unit.history
      ? Site.table(heads.history, unit.history, words.history) : [text(words.no_history)];
    const other = (key) => part(heads[key].title, Site.table(heads[key], unit[key], heads[key].title));
    put("#served", part(words.serving, serving(now.land, now.org, unit)),
      part(words.questions, answers(unit)));
    put("#brief", part(words.facts, facts(unit)), part(words.neighbours, neighbours(unit, now.org)));
    put("#dated", part(words.missions, missions), part(words.history, history), other("conflicts"),
      other("evidence"));
  };
})();
