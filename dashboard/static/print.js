// A page on paper, see print.css. A chart keeps the size it was drawn at, so it is told to shrink; asked
// for by Ctrl+P it is first drawn anew at the width of the paper, with letters of their full size.
(() => {
  const SETTLING = 700; // ms in which Streamlit sees the new width and plotly draws
  const charts = () => document.querySelectorAll(".js-plotly-plot .svg-container");
  window.addEventListener("beforeprint", () => charts().forEach((holder) => {
    const { offsetWidth: wide, offsetHeight: high } = holder;
    holder.style.setProperty("--wide", wide);
    holder.style.setProperty("--high", high);
    holder.querySelectorAll(".main-svg").forEach((svg) => svg.setAttribute("viewBox", `0 0 ${wide} ${high}`));
  }));
  window.addEventListener("afterprint", () => {
    document.body.classList.remove("to-paper");
    charts().forEach((holder) => holder.querySelectorAll(".main-svg")
      .forEach((svg) => svg.removeAttribute("viewBox")));
  });
  document.addEventListener("keydown", (event) => {
    const asked = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key === "p";
    if (!asked || !charts().length) return;
    event.preventDefault();
    document.body.classList.add("to-paper");
    setTimeout(() => window.print(), SETTLING);
  });
})();
