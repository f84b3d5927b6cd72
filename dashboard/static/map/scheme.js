// Whether the page around the map is light or dark, as its own background says: a reader may have
// set it apart from the system.
(() => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  const page = () => {
    try {
      return window.frameElement ? window.parent.document : document;
    } catch {
      return document; // a foreign page around us
    }
  };

  const isDark = () => {
    const document_ = page();
    const ground = document_.querySelector(".stApp") ?? document_.body;
    const [r, g, b, a = 1] = getComputedStyle(ground).backgroundColor.match(/[\d.]+/g).map(Number);
    return a === 0 ? dark.matches : 0.3 * r + 0.6 * g + 0.1 * b < 128;
  };

  let scheme = "day";
  let paper = false;
  const look = () => {
    const before = scheme;
    scheme = !paper && isDark() ? "night" : "day";
    const word = scheme === "night" ? "dark" : "light";
    document.documentElement.dataset.scheme = scheme;
    if (window.frameElement) {
      document.documentElement.style.colorScheme = word;
      window.frameElement.style.colorScheme = word;
    }
    return before !== scheme;
  };

  Atlas.scheme = () => scheme;
  // Calls back when the page turns; Streamlit needs a moment to follow the system.
  Atlas.watch = (turned) => {
    look();
    // On paper every page is light.
    Atlas.onPaper = (on) => { paper = on; if (look()) turned(); };
    dark.addEventListener("change", () => [50, 600].forEach((ms) =>
      setTimeout(() => { if (look()) turned(); }, ms)));
  };
})();
