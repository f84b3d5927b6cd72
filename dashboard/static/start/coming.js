// Until a page has come for the first time, what stands below a part that is still fetched is not seen
// (coming.css). Whatever keeps such a part from coming must not hide the rest for good: so this stands in the
// start page itself (dashboard/web/server.py), and needs no file that may not come either.
(() => {
  const LONGEST = 8000; // ms
  const parts = ":is([data-testid='stMain'], [data-testid='stSidebar']) [data-testid='stSkeleton']";
  const come = () => {
    document.body.dataset.came = "";
    document.getElementById("coming").setAttribute("media", "not all");
    watch.disconnect();
  };
  const watch = new MutationObserver(() => {
    const app = document.querySelector("[data-testid='stApp']");
    const isHere = app?.dataset.testScriptState === "notRunning" && document.querySelector("h1")
      && !document.querySelector(parts);
    if (isHere) come();
  });
  watch.observe(document.body, { subtree: true, childList: true, attributes: true,
    attributeFilter: ["data-test-script-state"] });
  setTimeout(come, LONGEST);
})();
