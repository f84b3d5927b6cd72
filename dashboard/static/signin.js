// The provider sends a reader back to the start page; this leads on to the page they asked for.
(() => {
  const KEY = "liaisonatlas.wanted";
  const look = () => {
    if (document.querySelector("[data-sign-in]")) {
      const { pathname, search } = window.location;
      // Streamlit adds the mark of a page that it draws in place of the one that was asked for.
      if (!sessionStorage.getItem(KEY)) sessionStorage.setItem(KEY, pathname + search);
      return;
    }
    const wanted = sessionStorage.getItem(KEY);
    if (!wanted || !document.querySelector("h1")) return;
    sessionStorage.removeItem(KEY);
    // Our own pages only: a path, which leads to no other host.
    if (/^\/(?!\/)/.test(wanted) && wanted !== window.location.pathname + window.location.search) {
      window.location.replace(wanted);
    }
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
  look();
})();
