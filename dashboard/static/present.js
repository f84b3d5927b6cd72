// The projector: keys that turn the steps, and the card of questions and answers of a country.
// Sent with shell.js. Works only while the stage is on the screen. A letter alone does something only
// while the stage has the focus (WCAG 2.1.4): who dictates or types elsewhere opens nothing.
(() => {
  const stage = () => document.querySelector(".st-key-stage");
  const turns = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 };
  const QUIET = 160; // ms without another press, before the step is asked for

  // Presses are counted here and asked for once, by number: a remote control is quicker than a step
  // is drawn, and three presses are three steps.
  let goal = null;
  let asking = 0;
  const numbers = () => [...document.querySelectorAll(".st-key-w_step button")];
  const shown = () => numbers().findIndex((each) => each.getAttribute("aria-checked") === "true");
  const turn = (by) => to((goal ?? shown()) + by);
  const to = (place) => {
    goal = Math.max(0, Math.min(numbers().length - 1, place));
    clearTimeout(asking);
    asking = setTimeout(() => {
      const button = numbers()[goal];
      goal = null;
      if (button && button.getAttribute("aria-checked") !== "true") button.click();
    }, QUIET);
  };
  let card; // { dialog, input, body, found, place }

  // The words, what no choice changes, and what the reader's choices say come apart.
  const part = (name) => {
    const holder = document.querySelector(`[${name}]`);
    return holder && JSON.parse(holder.getAttribute(name));
  };
  const told = () => {
    const [words, lasting, chosen] = ["data-cards", "data-cards-lasting", "data-cards-chosen"].map(part);
    if (!words || !lasting || !chosen) return null;
    const whole = ([key, answer, source = chosen.source]) => [lasting.questions[key], answer, source];
    const cards = lasting.cards.map(({ first, dated, why, ...card }) => {
      const [title, who, near] = chosen.cards[card.code];
      const answers = who ? [who, ...first, ...near, ...dated, why] : dated;
      return { ...card, title, answers: answers.map(whole) };
    });
    return { words, cards };
  };

  const element = (tag, text, name) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (name) made.className = name;
    return made;
  };

  const show = () => {
    const { words, found, place, body } = card;
    const chosen = found[place];
    if (!chosen) {
      body.replaceChildren(element("p", card.input.value ? words.none : words.hint, "hint"));
      return;
    }
    const list = element("dl");
    chosen.answers.forEach(([question, answer, source]) => {
      const said = element("dd", answer);
      if (source) said.append(element("small", source));
      const pair = element("div"); // stays in one column
      pair.append(element("dt", question), said);
      list.append(pair);
    });
    const rest = found.filter((each) => each.code !== chosen.code).slice(0, 6).map((each) => each.name);
    // By which word it was found, where that is not its name.
    const why = words[`kind_${chosen.kind}`];
    const by = why ? [element("p", why.replace("{word}", chosen.by), "hint")] : [];
    const without = words.without ? [element("p", words.without, "scenario-banner")] : [];
    const parts = [...without, element("h2", chosen.title), ...by, list];
    if (rest.length) parts.push(element("p", `${words.others}: ${rest.join(", ")}`, "hint"));
    parts.push(element("p", words.hint, "hint"));
    const more = element("p", words.more, "more");
    body.replaceChildren(...parts, more);
    fit(list, more);
  };

  // The answers within the window: smaller letters where they are many, and where even these do not
  // fit a line at the foot that says so until the end is seen. Sources have letters of 14 px at least.
  const SMALLEST = 15; // px
  const overflows = ({ dialog }) => dialog.scrollHeight > dialog.clientHeight + 1;
  const fit = (list, more) => {
    more.hidden = true;
    let size = parseFloat(getComputedStyle(list).fontSize);
    while (overflows(card) && size > SMALLEST) {
      size = Math.max(SMALLEST, size - 0.5);
      list.style.fontSize = `${size}px`;
    }
    more.hidden = !overflows(card);
    card.dialog.scrollTop = 0;
  };
  const seen = ({ dialog }) => {
    const end = dialog.scrollTop + dialog.clientHeight >= dialog.scrollHeight - 8;
    dialog.querySelector(".more")?.classList.toggle("seen", end);
  };

  const search = () => {
    card.found = window.liaisonatlasFind(card.cards, card.input.value);
    card.place = 0;
    show();
  };

  const close = () => card?.dialog.close();

  const open = (letter) => {
    const data = told();
    if (!data) return;
    const dialog = element("dialog", "", "country-card");
    const input = element("input");
    const body = element("div");
    body.setAttribute("aria-live", "polite");
    input.setAttribute("aria-label", data.words.label);
    input.setAttribute("autocomplete", "off");
    input.value = letter;
    dialog.setAttribute("aria-label", data.words.label);
    dialog.append(input, body);
    document.body.append(dialog);
    card = { dialog, input, body, ...data, found: [], place: 0 };
    input.addEventListener("input", search);
    dialog.addEventListener("scroll", () => { if (card) seen(card); });
    dialog.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      event.stopPropagation();
      if (event.key === "Enter" && card.found[card.place]) {
        card.input.value = card.found[card.place].name;
        input.select();
      }
      const page = { PageDown: 1, PageUp: -1 }[event.key];
      if (page) {
        event.preventDefault();
        dialog.scrollBy(0, page * dialog.clientHeight * 0.8);
      }
      if (!step || !card.found.length) return;
      event.preventDefault();
      card.place = (card.place + step + card.found.length) % card.found.length;
      show();
    });
    dialog.addEventListener("close", () => { dialog.remove(); card = null; });
    dialog.showModal();
    search();
  };

  const typing = (target) => target.closest?.("input, textarea, select, [role=combobox]");

  // `framed`: pressed in the frame of the map. What the stage does takes the focus out of there.
  const key = (event, framed = false) => {
    if (!stage() || card || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const within = framed || stage().contains(event.target);
    const home = () => { if (framed) stage().focus(); };
    if (event.key === "Escape") {
      [...document.querySelectorAll(".st-key-steps a")].pop()?.click();
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      event.stopPropagation();
      home();
      to(event.key === "Home" ? 0 : numbers().length - 1);
    } else if (turns[event.key]) {
      if (event.key === " " && event.target.closest?.("button, a, summary")) return;
      event.preventDefault();
      event.stopPropagation(); // or a row of buttons would move its own focus
      home();
      turn(turns[event.key]);
    } else if (within && /^\p{L}$/u.test(event.key)) {
      event.preventDefault();
      home();
      open(event.key);
    }
  };

  // A press of the mouse leaves the focus in the frame of the map, where the keys of the stage go on
  // working. Who came to the map by Tab walks over it: then the keys that it uses are its own
  // (docs/accessibility.md).
  const OF_MAP = /^(Arrow\w+|Enter|Escape| |\+|=|-)$/;
  let pointed = false;
  const keyInFrame = (event) => {
    const { target } = event;
    if (event.key === "Tab") pointed = false;
    if (!pointed) {
      const own = target.matches?.(".leaflet-container") && OF_MAP.test(event.key);
      const back = event.key === "Escape" && target.closest?.(".card"); // to the map
      if (!own && !back) key(event, true);
      return;
    }
    const close = event.key === "Escape"
      && target.ownerDocument.querySelector(".card:not(.quiet) .close");
    if (!close) { key(event, true); return; }
    event.preventDefault();
    event.stopPropagation();
    close.click(); // lets go of what was chosen; the next Escape stops
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Tab") pointed = false;
    key(event);
  }, true);

  // The stage takes the focus when it comes on the screen, and is one tab stop afterwards.
  const ready = () => {
    const here = stage();
    if (here.hasAttribute("tabindex")) return;
    here.tabIndex = 0;
    here.setAttribute("role", "group");
    here.setAttribute("aria-labelledby", "step-keys");
    if (!document.activeElement || document.activeElement === document.body) here.focus();
  };

  const heard = new WeakSet();
  new MutationObserver(() => {
    if (!stage()) { close(); return; }
    ready();
    document.querySelectorAll("iframe").forEach((frame) => {
      const inside = frame.contentDocument;
      if (!inside || heard.has(inside)) return;
      heard.add(inside);
      inside.addEventListener("pointerdown", () => { pointed = true; }, true);
      inside.addEventListener("keydown", keyInFrame, true);
    });
  }).observe(document.body, { subtree: true, childList: true });
})();
