// A page on paper, see print.css. A chart keeps the size it was drawn at, so it is told to shrink; asked
// for by Ctrl+P it is first drawn anew at the width of the paper, with letters of their full size, and
// the page is waited for, unless the reader goes to another one meanwhile. Another way to print does not
// wait: the paper then says that not all was there.
(() => {
  const SETTLING = 700; // ms in which Streamlit sees the new width and plotly draws
  const LONGEST = 15_000; // ms that a reader waits for paper
  const LOOK = 100; // ms
  const charts = () => document.querySelectorAll(".js-plotly-plot .svg-container");
  const all = (selector) => [...document.querySelectorAll(selector)];
  const isSeen = (element) => Boolean(element?.getClientRects().length);
  const isDrawn = (words) => {
    const place = words.closest(`.st-key-${words.dataset.chart}`);
    return !isSeen(place) || Boolean(place.querySelector(".js-plotly-plot .main-svg"));
  };
  const isPainted = (frame) => {
    try {
      return !isSeen(frame) || Boolean(frame.contentDocument.documentElement.dataset.painted);
    } catch {
      return true; // not one of ours
    }
  };
  const isWhole = () => !document.querySelector("[data-testid='stApp'][data-test-script-state='running']")
    && document.querySelector("[data-testid='stMain'] h1")
    && !all("[data-testid='stMain'] [data-testid='stSkeleton']").some(isSeen)
    && all("[data-chart]").every(isDrawn)
    && all("iframe[src*='streamlit_folium']").every(isPainted);
  window.addEventListener("beforeprint", () => {
    document.body.classList.toggle("unfinished", !isWhole());
    charts().forEach((holder) => {
      const { offsetWidth: wide, offsetHeight: high } = holder;
      holder.style.setProperty("--wide", wide);
      holder.style.setProperty("--high", high);
      holder.querySelectorAll(".main-svg").forEach((svg) => svg.setAttribute("viewBox", `0 0 ${wide} ${high}`));
    });
  });
  window.addEventListener("afterprint", () => {
    document.body.classList.remove("to-paper", "unfinished");
    charts().forEach((holder) => holder.querySelectorAll(".main-svg")
      .forEach((svg) => svg.removeAttribute("viewBox")));
  });
  let waiting = false;
  // Which page it is: what else stands in the address comes and goes while the page does.
  const place = () => window.location.pathname + new URLSearchParams(window.location.search).get("land");
  const leave = () => {
    waiting = false;
    document.body.classList.remove("to-paper");
  };
  const print = (asked) => {
    if (place() !== asked) {
      leave();
      return;
    }
    waiting = false;
    window.print();
  };
  const wait = (since, asked) => {
    if (place() !== asked) leave();
    else if (isWhole() || performance.now() - since > LONGEST) setTimeout(print, charts().length ? SETTLING : 0, asked);
    else setTimeout(wait, LOOK, since, asked);
  };
  document.addEventListener("keydown", (event) => {
    const asked = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey
      && event.key.toLowerCase() === "p"; // Caps Lock too
    if (!asked || (isWhole() && !charts().length)) return;
    event.preventDefault();
    if (waiting) return;
    waiting = true;
    document.body.classList.add("to-paper");
    wait(performance.now(), place());
  });
})();
