// The list of cases: only the rows in view are in the document, whatever the campaign's length.

const CASE_HEIGHT = 50;
const CASE_OVERSCAN = 8;

const STATE_WORDS = {
  pass: "Pass",
  fail: "Fail",
  agreed: "Agreed",
  inconclusive: "Inconclusive",
  not_applicable: "Not applicable",
  error: "Error",
};

function stateElement(state) {
  return element("span", `verdict verdict-${state}`, STATE_WORDS[state]);
}

function caseElement(model, row) {
  const made = element("div", `case case-${model.states[row]}`);
  made.setAttribute("role", "option");
  made.id = `case-${row}`;
  made.dataset.row = row;
  const useCase = model.useCases[model.useCase[row]];
  const rest = model.texts[model.rest[row]];
  const head = element("span", "case-head");
  head.append(
    element("b", "", useCase.name || useCase.code),
    element("span", "case-check", model.checks[model.check[row]] + (rest ? ` ${rest}` : "")),
    element("span", "case-device", model.devices[model.device[row]].name + (model.repeat[row] ? ` #${model.repeat[row]}` : "")),
  );
  const why = model.texts[model.reason[row]] || model.texts[model.profile[row]] || useCase.title;
  made.append(stateElement(model.states[row]), head, element("span", "case-why", why));
  return made;
}

class CaseList {
  constructor(scroller, model) {
    this.model = model;
    this.scroller = scroller;
    this.canvas = scroller.querySelector(".case-rows");
    this.filter = { states: new Set(Object.keys(STATE_WORDS)), device: null, useCase: null, check: null, rule: null, text: "" };
    this.rows = [];
    this.chosen = -1;
    this.elements = new Map();
    this.onChange = () => {};
    this.onChoose = () => {};
    this.onEnter = () => {};
    this.scroller.addEventListener("scroll", () => this.draw(), { passive: true });
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.canvas.addEventListener("click", (event) => {
      const made = event.target.closest("[data-row]");
      if (made) this.choose(Number(made.dataset.row));
    });
    new ResizeObserver(() => this.draw()).observe(this.scroller);
  }

  refilter() {
    this.rows = filteredRows(this.model, this.filter);
    this.elements.clear();
    this.canvas.replaceChildren();
    this.canvas.style.height = `${this.rows.length * CASE_HEIGHT}px`;
    const place = this.rows.indexOf(this.chosen);
    this.scroller.scrollTop = place < 0 ? 0 : Math.max(0, (place - 2) * CASE_HEIGHT);
    this.draw();
    this.onChange();
  }

  draw() {
    const first = Math.max(0, Math.floor(this.scroller.scrollTop / CASE_HEIGHT) - CASE_OVERSCAN);
    const end = Math.min(this.rows.length, first + Math.ceil(this.scroller.clientHeight / CASE_HEIGHT) + 2 * CASE_OVERSCAN);
    for (const [place, made] of this.elements) {
      if (place < first || place >= end) {
        made.remove();
        this.elements.delete(place);
      }
    }
    for (let place = first; place < end; place++) {
      if (!this.elements.has(place)) this.drawRow(place);
    }
    this.mark();
  }

  drawRow(place) {
    const made = caseElement(this.model, this.rows[place]);
    made.style.transform = `translateY(${place * CASE_HEIGHT}px)`;
    made.setAttribute("aria-posinset", place + 1);
    made.setAttribute("aria-setsize", this.rows.length);
    this.elements.set(place, made);
    this.canvas.append(made);
  }

  mark() {
    for (const made of this.elements.values()) {
      made.setAttribute("aria-selected", Number(made.dataset.row) === this.chosen);
    }
    const there = document.getElementById(`case-${this.chosen}`);
    if (there) this.canvas.setAttribute("aria-activedescendant", there.id);
    else this.canvas.removeAttribute("aria-activedescendant");
  }

  choose(row) {
    this.chosen = row;
    this.mark();
    this.onChoose(row);
  }

  reveal(place) {
    const top = place * CASE_HEIGHT;
    const room = this.scroller.clientHeight;
    if (top < this.scroller.scrollTop) this.scroller.scrollTop = top;
    else if (top + CASE_HEIGHT > this.scroller.scrollTop + room) this.scroller.scrollTop = top + CASE_HEIGHT - room;
    this.draw();
  }

  move(by) {
    if (!this.rows.length) return;
    const now = this.rows.indexOf(this.chosen);
    const place = Math.min(this.rows.length - 1, Math.max(0, now < 0 ? 0 : now + by));
    this.reveal(place);
    this.choose(this.rows[place]);
  }

  key(event) {
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / CASE_HEIGHT) - 1);
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key in moves) this.move(moves[event.key]);
    else if (event.key === "Enter") this.onEnter();
    else return;
    event.preventDefault();
  }
}
