// The sequence chart: only the rows in view are in the document, whatever the run's length.

const ROW_HEIGHTS = [9, 18, 26, 34, 44];
const OVERSCAN = 6;
const PRINTED_ROWS = 300;

class SequenceChart {
  constructor(root, model) {
    this.model = model;
    this.scroller = root.querySelector(".chart-scroll");
    this.head = root.querySelector(".lifelines-head");
    this.canvas = root.querySelector(".chart-rows");
    this.detail = root.querySelector(".detail");
    this.filter = { layers: new Set(model.layers.filter((layer) => layer !== "ack")), devices: new Set(), text: "" };
    this.density = 3;
    this.chosen = -1; // a row of the model, so that it outlives a change of filter
    this.elements = new Map();
    this.onChange = () => {};
    this.onScroll = () => {};
    this.refilter();
    this.listen();
  }

  listen() {
    this.scroller.addEventListener("scroll", () => this.draw(), { passive: true });
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.canvas.addEventListener("click", (event) => {
      const row = event.target.closest("[data-row]");
      if (row) this.choose(Number(row.dataset.row));
    });
    this.head.addEventListener("click", (event) => {
      const lane = event.target.closest("[data-place]");
      if (lane) this.toggleDevice(Number(lane.dataset.place));
    });
    new ResizeObserver(() => this.layout()).observe(this.scroller);
    window.addEventListener("beforeprint", () => this.drawForPrint());
    window.addEventListener("afterprint", () => this.layout());
  }

  refilter() {
    const top = this.firstInstant();
    this.view = viewOf(this.model, this.filter);
    this.layout();
    if (top !== null) this.goTo(top);
    this.onChange();
  }

  // The model has more rows, and may have forgotten some; who looks at the end goes on doing so.
  grow(forgotten = 0) {
    const { scrollTop, clientHeight, scrollHeight } = this.scroller;
    const atEnd = scrollTop + clientHeight >= scrollHeight - 2 * this.geometry.rowHeight;
    const top = forgotten ? this.firstInstant() : null;
    if (forgotten) this.chosen = Math.max(-1, this.chosen - forgotten);
    this.view = viewOf(this.model, this.filter);
    this.layout();
    if (atEnd) this.scroller.scrollTop = this.scroller.scrollHeight;
    else if (top !== null) this.goTo(top);
    this.draw();
    this.onChange();
  }

  toggleDevice(place) {
    if (!this.filter.devices.delete(place)) this.filter.devices.add(place);
    this.refilter();
  }

  // The instant at the top of the window, to stay there when the filter changes.
  firstInstant() {
    if (!this.view || !this.geometry || !this.scroller.scrollTop) return null;
    for (let place = this.range()[0] + OVERSCAN; place < this.view.kinds.length; place++) {
      if (this.view.kinds[place] === FRAME) return this.model.at[this.view.values[place]];
    }
    return null;
  }

  layout() {
    this.geometry = geometryOf(this.model, this.scroller.clientWidth, ROW_HEIGHTS[this.density]);
    const { width, rowHeight } = this.geometry;
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${this.view.kinds.length * rowHeight}px`;
    this.canvas.dataset.density = this.density;
    this.canvas.style.setProperty("--row-height", `${rowHeight}px`);
    this.canvas.replaceChildren(...this.lifelines());
    this.elements.clear();
    this.drawHead();
    this.draw();
  }

  lifelines() {
    return this.model.names.map((_, place) => {
      const line = element("div", "lifeline");
      line.setAttribute("role", "presentation");
      line.style.left = `${this.geometry.x(place)}px`;
      line.classList.toggle("lifeline-chosen", this.filter.devices.has(place));
      return line;
    });
  }

  drawHead() {
    this.head.style.width = `${this.geometry.width}px`;
    const lanes = this.model.names.map((name, place) => {
      const button = element("button", "lane-name");
      button.append(element("span", "", name));
      button.type = "button";
      button.tabIndex = -1; // the device list does the same from the keyboard
      button.dataset.place = place;
      button.title = `${name}: show only its messages`;
      button.setAttribute("aria-pressed", this.filter.devices.has(place));
      button.style.left = `${this.geometry.left + place * this.geometry.lane}px`;
      button.style.width = `${this.geometry.lane}px`;
      return button;
    });
    this.head.replaceChildren(element("span", "head-time", "time, s"), ...lanes);
  }

  range() {
    const { rowHeight } = this.geometry;
    const first = Math.floor(this.scroller.scrollTop / rowHeight) - OVERSCAN;
    const count = Math.ceil(this.scroller.clientHeight / rowHeight) + 2 * OVERSCAN;
    return [first, Math.min(this.view.kinds.length, first + count)];
  }

  draw() {
    const [first, end] = this.range();
    for (const [place, made] of this.elements) {
      if (place < first || place >= end) {
        made.remove();
        this.elements.delete(place);
      }
    }
    for (let place = Math.max(0, first); place < end; place++) {
      if (!this.elements.has(place)) this.drawItem(place);
    }
    this.mark();
    this.onScroll();
  }

  drawItem(place) {
    const made = itemElement(this.model, this.view, place, this.geometry);
    made.style.transform = `translateY(${place * this.geometry.rowHeight}px)`;
    if (this.view.kinds[place] === FRAME) {
      made.dataset.row = this.view.values[place];
      made.id = `frame-${this.view.values[place]}`;
      made.setAttribute("aria-setsize", this.view.rows.length);
    }
    this.elements.set(place, made);
    this.canvas.append(made);
  }

  mark() {
    for (const made of this.elements.values()) {
      if (made.dataset.row === undefined) continue;
      made.setAttribute("aria-selected", Number(made.dataset.row) === this.chosen);
    }
    const there = document.getElementById(`frame-${this.chosen}`);
    if (there) this.canvas.setAttribute("aria-activedescendant", there.id);
    else this.canvas.removeAttribute("aria-activedescendant");
  }

  choose(row) {
    this.chosen = row;
    const before = this.view.rows[this.view.rows.indexOf(row) - 1];
    this.detail.replaceChildren(...detailParts(this.model, row, before));
    this.detail.scrollTop = 0;
    this.mark();
  }

  // Bring an item into the window, when it is not there already.
  reveal(place) {
    const { rowHeight } = this.geometry;
    const room = this.scroller.clientHeight - this.head.offsetHeight;
    const top = place * rowHeight;
    if (top < this.scroller.scrollTop) this.scroller.scrollTop = top;
    else if (top + rowHeight > this.scroller.scrollTop + room) this.scroller.scrollTop = top + rowHeight - room;
    this.draw();
  }

  goTo(instant) {
    const place = placeAt(this.model, this.view, instant);
    this.scroller.scrollTop = Math.max(0, (place - 1) * this.geometry.rowHeight);
    this.draw();
  }

  zoom(by) {
    const instant = this.firstInstant();
    this.density = Math.min(ROW_HEIGHTS.length - 1, Math.max(0, this.density + by));
    this.layout();
    if (instant !== null) this.goTo(instant);
    this.onChange();
  }

  move(by) {
    const { rows, placeOf } = this.view;
    if (!rows.length) return;
    const now = rows.indexOf(this.chosen);
    const next = rows[Math.min(rows.length - 1, Math.max(0, now < 0 ? 0 : now + by))];
    this.choose(next);
    this.reveal(placeOf.get(next));
    this.mark();
  }

  key(event) {
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / this.geometry.rowHeight) - 3);
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key in moves) this.move(moves[event.key]);
    else if (event.key === "+" || event.key === "=") this.zoom(1);
    else if (event.key === "-") this.zoom(-1);
    else if (event.key === "Enter") this.detail.focus();
    else return;
    event.preventDefault();
  }

  // On paper there is no window to scroll: the first rows, all at once.
  drawForPrint() {
    for (let place = 0; place < Math.min(PRINTED_ROWS, this.view.kinds.length); place++) {
      if (!this.elements.has(place)) this.drawItem(place);
    }
    this.canvas.style.height = `${Math.min(PRINTED_ROWS, this.view.kinds.length) * this.geometry.rowHeight}px`;
  }
}
