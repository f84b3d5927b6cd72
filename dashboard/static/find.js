// Finds countries by what a reader types, for the search box (search.js) and the presenter
// (present.js). An entry is { code, name, rank, words: [[text, kind]] }; kinds as in
// dashboard/search.py. The best come first: a whole word before its beginning, a name before a city
// or a mission, and of equals the country with the most people.
window.liaisonatlasFind = (() => {
  const [CODE, MISSION] = [1, 5];
  const LETTERS = { ø: "o", ł: "l", ı: "i", ð: "d", đ: "d", æ: "ae", œ: "oe", ß: "ss" };
  const SAINTS = new Set(["st", "sint", "saint", "sankt", "santa"]);
  const NOTHING = new Set(["en", "and", "und", "et"]);
  const BEGINS = 10;
  const WITHIN = 20;
  const SLIPPED = 40;

  // The words of a text without case, accents, points and apostrophes: "V.S." and "vs" are one.
  const bare = (text) => text.toLowerCase().replace(/[øłıðđæœß]/g, (sign) => LETTERS[sign])
    .normalize("NFKD").replace(/[\u0300-\u036f.'’‘ʼ`´]/g, "").split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const known = (words) => words.filter((word) => !NOTHING.has(word))
    .map((word) => (SAINTS.has(word) ? "saint" : word));
  const parts = (text) => known(bare(text));
  // The last word may not be finished: "st" is Saint, or begins Staten; "en" begins Engeland.
  const readings = (text) => {
    const words = bare(text);
    const open = [...known(words.slice(0, -1)), ...words.slice(-1)];
    return [...new Set([open.join(""), known(words).join("")])].filter(Boolean);
  };

  // The fewest slips between what is typed and any beginning of a word; above `most` it gives up.
  const slips = (typed, word, most) => {
    let row = Array.from({ length: word.length + 1 }, (_, n) => n);
    for (let i = 1; i <= typed.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= word.length; j += 1) {
        const same = typed[i - 1] === word[j - 1] ? 0 : 1;
        next.push(Math.min(row[j - 1] + same, row[j] + 1, next[j - 1] + 1));
      }
      if (Math.min(...next) > most) return most + 1;
      row = next;
    }
    return Math.min(...row);
  };

  const prepared = new WeakMap();
  const starts = (entry) => {
    if (!prepared.has(entry)) {
      prepared.set(entry, entry.words.map(([text, kind]) => {
        const words = parts(text);
        return { text, kind, starts: words.map((_, n) => words.slice(n).join("")) };
      }));
    }
    return prepared.get(entry);
  };

  // How far a word is from what was typed; null where it is something else.
  const distance = (typed, { kind, starts: [whole = "", ...rest] }, slack) => {
    if (kind === CODE) {
      // A code of three letters is typed to be found; one of two is mostly the start of a name.
      if (whole === typed) return typed.length > 2 ? 0.5 : BEGINS + 1;
      return null;
    }
    if (whole === typed) return kind;
    if (whole.startsWith(typed)) return BEGINS + kind;
    if (rest.some((start) => start.startsWith(typed))) return WITHIN + kind;
    if (!slack || kind === MISSION) return null;
    const off = slips(typed, whole, slack);
    return off > slack ? null : SLIPPED * off + kind;
  };

  // The entries that fit, the best first, each with the word by which it was found.
  return (entries, text) => {
    const typed = readings(text);
    if (!typed.length) return [];
    const search = (slack) => entries.flatMap((entry) => {
      let best = null;
      starts(entry).forEach((word) => typed.forEach((reading) => {
        const far = distance(reading, word, slack);
        if (far !== null && (!best || far < best.far)) best = { entry, far, word };
      }));
      return best ? [best] : [];
    });
    let found = search(0);
    const letters = typed[0].length;
    if (!found.length && letters > 3) found = search(letters < 7 ? 1 : 2);
    return found.sort((a, b) => a.far - b.far || a.entry.rank - b.entry.rank)
      .map(({ entry, word }) => ({ ...entry, by: word.text, kind: word.kind }));
  };
})();
