// One SVG above the countries for links, labels, marks and rings, in the map's own pixel space:
// while panning it travels along, after a zoom it is laid out afresh (and hidden meanwhile, so
// nothing floats beside its place).
(() => {
  const NS = "http://www.w3.org/2000/svg";

  Atlas.svg = (name, attributes = {}, text) => {
    const element = document.createElementNS(NS, name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    if (text !== undefined) element.textContent = text;
    return element;
  };

  // Where a place lies, in the pixels of the panes (or of an inset, see insets.js); not rounded, so that arcs stay smooth.
  Atlas.at = (map, lat, lng) =>
    map.place ? map.place(lat, lng) : map.project([lat, Atlas.wrap(lng)]).subtract(map.getPixelOrigin());

  // Once the browser has painted and has nothing else to do.
  Atlas.idle = (act) => (window.requestIdleCallback
    ? window.requestIdleCallback(act, { timeout: 300 }) : setTimeout(act, 50));

  Atlas.overlay = (map) => {
    const pane = map.createPane("atlas");
    pane.style.zIndex = 450;
    const root = Atlas.svg("svg", { class: "overlay leaflet-zoom-hide", width: 1, height: 1 });
    pane.append(root);
    const groups = {};
    ["rings", "specks", "leaders", "marks", "links", "ends", "labels", "cursor"].forEach((name) => {
      groups[name] = Atlas.svg("g", { class: name });
      root.append(groups[name]);
    });
    return groups;
  };

  // Where things stand on screen, as boxes; labels and marks keep out of each other's way.
  const CELL = 40; // px: a box is compared with those that cross the same cells
  Atlas.Boxes = class {
    // `edge`: the box that nothing may stick out of.
    constructor(edge) {
      this.cells = new Map();
      this.edge = edge;
    }

    // Whether `act` is true of any of the cells that a box crosses.
    some([left, top, right, bottom], act) {
      const [u1, v1] = [Math.floor(right / CELL), Math.floor(bottom / CELL)];
      for (let u = Math.floor(left / CELL); u <= u1; u += 1) {
        for (let v = Math.floor(top / CELL); v <= v1; v += 1) if (act(u * 65536 + v)) return true;
      }
      return false;
    }

    free(box) {
      const [left, top, right, bottom] = this.edge;
      if (box[0] < left || box[1] < top || box[2] > right || box[3] > bottom) return false;
      return !this.some(box, (cell) => this.cells.get(cell)?.some((b) =>
        box[0] < b[2] && box[2] > b[0] && box[1] < b[3] && box[3] > b[1]));
    }

    take(box) {
      this.some(box, (cell) => {
        if (!this.cells.has(cell)) this.cells.set(cell, []);
        this.cells.get(cell).push(box);
        return false;
      });
    }
  };
})();
