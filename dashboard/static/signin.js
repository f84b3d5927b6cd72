// The provider sends a reader back to the start page; this leads on to the page they asked for.
(() => {
  const KEY = "liaisonatlas.wanted";
  const root = new URL(window.__streamlit?.BACKEND_BASE_URL ?? "/", window.location.href).pathname;
  const look = () => {
    const { pathname, search } = window.location;
    if (document.querySelector("[data-sign-in]")) {
      // At the start page one may be after a sign-in that failed: what was wanted before stays.
      if (pathname !== root || !sessionStorage.getItem(KEY)) {
        sessionStorage.setItem(KEY, pathname + search);
      }
      return;
    }
    const wanted = sessionStorage.getItem(KEY);
    if (!wanted || pathname !== root || !document.querySelector("h1")) return;
    sessionStorage.removeItem(KEY);
    // Our own pages only: a path, which leads to no other host.
    if (wanted.startsWith(root) && !wanted.startsWith("//") && wanted !== pathname + search) {
      window.location.replace(wanted);
    }
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
  look();
})();
