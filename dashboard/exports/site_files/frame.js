// Stands in for static/map/frame.js: how tall the map is, and where a choice on it leads.
(() => {
  const PAPER = 690; // px between the margins of a sheet of A4

  // The world at this width, but never so tall that the page around it is lost from sight.
  const height = (width, land) => {
    const room = Math.max(280, window.innerHeight - 250);
    return Math.round(Math.max(230, Math.min(width * (land ? 0.72 : 0.48), room)));
  };

  // The map stands alone here: what the app puts beside it has a page of its own.
  Atlas.frame = (map, stage, arrange, refit) => {
    const container = map.getContainer();
    stage.dataset.layout = "bare";
    let before = "";
    const apply = () => {
      const width = container.clientWidth;
      if (!width) return; // on a page that shows no map
      const tall = container.dataset.paper ? width * 0.48 : height(width, Site.now.land);
      container.style.height = `${tall}px`;
      const size = `${width} ${tall}`;
      if (size === before) return;
      before = size;
      map.invalidateSize({ animate: false, pan: false });
      refit();
    };
    Site.fit = apply;
    apply();
    new ResizeObserver(apply).observe(container);
    window.addEventListener("resize", apply);
    window.addEventListener("beforeprint", () => {
      container.dataset.paper = "yes";
      container.style.width = `${PAPER}px`;
      apply();
      Atlas.settle();
    });
    window.addEventListener("afterprint", () => {
      delete container.dataset.paper;
      container.style.width = "";
      apply();
    });
    return apply;
  };

  // The country that was chosen already leads back to the map.
  Atlas.send = (land) => Site.go({ ...Site.now, page: "dekking", land }, "map");
})();
