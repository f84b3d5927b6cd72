// A page on paper, see print.css. A chart keeps the size it was drawn at, so it is told to shrink; asked
// for by Ctrl+P it is first drawn anew at the width of the paper, with letters of their full size, and
// the page is waited for, unless the reader goes to another one meanwhile. Another way to print does not
// wait: the paper then says that not all was there, and where something is missing what it is; in the place
// of a chart stand its words.
(() => {
  const SETTLING = 700; // ms in which Streamlit sees the new width and plotly draws
  const LONGEST = 15_000; // ms that a reader waits for paper
  const LOOK = 100; // ms
  const ROOM = "[class*='st-key-room_']"; // of a map
  const BAR = "[data-testid='stSkeleton']"; // in the place of a part that is still fetched
  const charts = () => document.querySelectorAll(".js-plotly-plot .svg-container");
  const all = (selector) => [...document.querySelectorAll(selector)];
  const isSeen = (element) => Boolean(element?.getClientRects().length);
  const isDrawn = (place) => !isSeen(place) || Boolean(place.querySelector(".js-plotly-plot .main-svg"));
  const isPainted = (place) => {
    try {
      return !isSeen(place) || Boolean(place.querySelector("iframe")?.contentDocument.documentElement.dataset.painted);
    } catch {
      return true; // not one of ours
    }
  };
  // Of parts that follow each other and are still fetched the first one is told.
  const isFirst = (bar) => !bar.closest(".stElementContainer")?.previousElementSibling?.querySelector(BAR);
  // Each part of the page that is not there yet, with the word by which paper tells what it is. While a map is
  // fetched nothing in its room is seen, and then its frame may stand there empty.
  const missing = () => {
    const charts = all("[data-chart]").map((words) => words.closest(`.st-key-${words.dataset.chart}`))
      .filter((place) => !isDrawn(place));
    const frames = all("iframe[src*='streamlit_folium']").map((frame) => frame.closest(".stElementContainer"));
    const maps = [...all(ROOM), ...frames.filter((place) => !place.closest(ROOM))].filter((place) => !isPainted(place));
    const parts = all(`[data-testid='stMain'] ${BAR}`)
      .filter((bar) => isSeen(bar) && isFirst(bar) && ![...charts, ...maps].some((place) => place.contains(bar)));
    return [...charts.map((place) => [place, "chart"]), ...maps.map((place) => [place, "map"]),
      ...parts.map((bar) => [bar, "part"])];
  };
  const isLined = (frame) => {
    try {
      return Boolean(frame.contentDocument.querySelector(".links .casing"));
    } catch {
      return false; // not one of ours
    }
  };
  const isWhole = () => !document.querySelector("[data-testid='stApp'][data-test-script-state='running']")
    && document.querySelector("[data-testid='stMain'] h1") && !missing().length;
  window.addEventListener("beforeprint", () => {
    document.body.classList.toggle("unfinished", !isWhole());
    document.body.classList.toggle("lined", all("iframe").some(isLined));
    missing().forEach(([place, what]) => { place.dataset.missing = what; });
    charts().forEach((holder) => {
      const { offsetWidth: wide, offsetHeight: high } = holder;
      holder.style.setProperty("--wide", wide);
      holder.style.setProperty("--high", high);
      holder.querySelectorAll(".main-svg").forEach((svg) => svg.setAttribute("viewBox", `0 0 ${wide} ${high}`));
    });
  });
  window.addEventListener("afterprint", () => {
    document.body.classList.remove("to-paper", "unfinished", "lined");
    all("[data-missing]").forEach((place) => { delete place.dataset.missing; });
    charts().forEach((holder) => holder.querySelectorAll(".main-svg")
      .forEach((svg) => svg.removeAttribute("viewBox")));
  });
  let waiting = false;
  let late = false;
  let patience;
  // Which page it is: what else stands in the address comes and goes while the page does.
  const place = () => window.location.pathname + new URLSearchParams(window.location.search).get("land");
  const leave = () => {
    waiting = false;
    clearTimeout(patience);
    document.body.classList.remove("to-paper");
  };
  const print = (asked) => {
    if (place() !== asked) {
      leave();
      return;
    }
    waiting = false;
    clearTimeout(patience);
    window.print();
  };
  const wait = (asked) => {
    if (place() !== asked) leave();
    else if (isWhole() || late) setTimeout(print, charts().length ? SETTLING : 0, asked);
    else setTimeout(wait, LOOK, asked);
  };
  document.addEventListener("keydown", (event) => {
    const asked = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey
      && event.key.toLowerCase() === "p"; // Caps Lock too
    if (!asked || (isWhole() && !charts().length)) return;
    event.preventDefault();
    if (waiting) return;
    waiting = true;
    late = false;
    patience = setTimeout(() => { late = true; }, LONGEST);
    document.body.classList.add("to-paper");
    wait(place());
  });
})();
