// Device by use case: one cell a pair, its worst verdict, how many cases came out so.

const WORST_FIRST = ["fail", "error", "inconclusive", "agreed", "pass", "not_applicable"];
const SIGNS = { fail: "✕", error: "!", inconclusive: "?", agreed: "≈", pass: "✓", not_applicable: "–" };

function matrixOf(model) {
  const cells = new Map();
  for (let row = 0; row < model.count; row++) {
    const key = `${model.useCase[row]} ${model.device[row]}`;
    if (!cells.has(key)) cells.set(key, {});
    const counts = cells.get(key);
    counts[model.states[row]] = (counts[model.states[row]] || 0) + 1;
  }
  return cells;
}

function cellWords(counts) {
  return WORST_FIRST.filter((state) => counts[state]).map((state) => `${counts[state]} ${STATE_WORDS[state].toLowerCase()}`).join(", ");
}

function cellElement(model, counts, useCase, device) {
  const made = element("td");
  if (!counts) return made;
  const worst = WORST_FIRST.find((state) => counts[state]);
  const whole = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const button = element("button", `cell verdict-${worst}`);
  button.type = "button";
  button.tabIndex = -1;
  button.dataset.useCase = useCase;
  button.dataset.device = device;
  const words = cellWords(counts);
  const { name, code } = model.useCases[useCase];
  button.setAttribute("aria-label", `${model.devices[device].name}, ${name || code}: ${words}`);
  button.title = words;
  button.append(element("i", "", SIGNS[worst]), element("span", "", worst === "pass" || worst === "not_applicable" ? `${whole}` : `${counts[worst]}/${whole}`));
  made.append(button);
  return made;
}

function drawMatrix(table, model, onlyBad) {
  const cells = matrixOf(model);
  const head = element("tr");
  head.append(element("th", "", "Use case"), ...model.devices.map((device) => {
    const made = element("th", "", device.name);
    made.scope = "col";
    return made;
  }));
  const rows = [];
  let hidden = 0;
  model.useCases.forEach((useCase, place) => {
    const counts = model.devices.map((_, device) => cells.get(`${place} ${device}`));
    if (!counts.some(Boolean)) return;
    const bad = counts.some((each) => each && WORST_FIRST.slice(0, 4).some((state) => each[state]));
    if (onlyBad && !bad) {
      hidden += 1;
      return;
    }
    const row = element("tr");
    const name = element("th");
    name.scope = "row";
    name.append(element("b", "", useCase.name || useCase.code), element("span", "", useCase.title));
    row.append(name, ...counts.map((each, device) => cellElement(model, each, place, device)));
    rows.push(row);
  });
  const body = element("tbody");
  body.append(...rows);
  const top = element("thead");
  top.append(head);
  table.replaceChildren(top, body);
  const first = table.querySelector(".cell");
  if (first) first.tabIndex = 0;
  return { shown: rows.length, hidden };
}

// Arrow keys go from cell to cell, so that the table is one stop on the way by Tab.
function bindMatrix(table, onChoose) {
  table.addEventListener("click", (event) => {
    const cell = event.target.closest(".cell");
    if (cell) onChoose(Number(cell.dataset.useCase), Number(cell.dataset.device));
  });
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest(".cell");
    if (!cell || !event.key.startsWith("Arrow")) return;
    event.preventDefault();
    const next = neighbour(cell, event.key);
    if (!next) return;
    cell.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}

function neighbour(cell, key) {
  const box = cell.parentElement;
  const row = box.parentElement;
  const step = key === "ArrowLeft" || key === "ArrowUp" ? "previousElementSibling" : "nextElementSibling";
  if (key === "ArrowLeft" || key === "ArrowRight") {
    for (let next = box[step]; next; next = next[step]) {
      const found = next.querySelector(".cell");
      if (found) return found;
    }
    return null;
  }
  const column = [...row.children].indexOf(box);
  for (let next = row[step]; next; next = next[step]) {
    const found = next.children[column].querySelector(".cell");
    if (found) return found;
  }
  return null;
}
