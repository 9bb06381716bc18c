// What joins the parts of the page: filters, matrix, list, the pane of a case, coverage.

const COVERAGE_WORDS = { ...STATE_WORDS, not_run: "Not run" };

function fillChoice(choice, names) {
  names.forEach((name, place) => {
    const option = element("option", "", name);
    option.value = place;
    choice.append(option);
  });
}

function bindFilters(tools, list, model) {
  const { filter } = list;
  const choices = { device: "#of-device", useCase: "#of-use-case", check: "#of-check", rule: "#of-rule" };
  fillChoice(tools.querySelector("#of-device"), model.devices.map((each) => each.name));
  fillChoice(tools.querySelector("#of-use-case"), model.useCases.map((each) => `${each.name || each.code} ${each.title}`));
  fillChoice(tools.querySelector("#of-check"), model.checks);
  fillChoice(tools.querySelector("#of-rule"), model.rules);
  for (const [name, selector] of Object.entries(choices)) {
    const choice = tools.querySelector(selector);
    choice.addEventListener("change", () => {
      filter[name] = choice.value === "" ? null : Number(choice.value);
      list.refilter();
    });
  }
  const search = tools.querySelector("#of-text");
  search.addEventListener("input", () => {
    filter.text = search.value;
    list.refilter();
  });
  for (const button of tools.querySelectorAll("[data-state]")) {
    button.addEventListener("click", () => {
      if (!filter.states.delete(button.dataset.state)) filter.states.add(button.dataset.state);
      list.refilter();
    });
  }
  tools.querySelector("#of-all").addEventListener("click", () => setFilter(list, {}));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    event.preventDefault();
    search.focus();
  });
}

// Set the whole filter: what is not named shows all.
function setFilter(list, wanted) {
  Object.assign(list.filter, { device: null, useCase: null, check: null, rule: null, text: "" }, wanted);
  list.filter.states = new Set(wanted.states || Object.keys(STATE_WORDS));
  list.refilter();
}

function tellFilter(tools, list, model) {
  const { filter } = list;
  const write = (selector, value) => {
    tools.querySelector(selector).value = value ?? "";
  };
  write("#of-device", filter.device);
  write("#of-use-case", filter.useCase);
  write("#of-check", filter.check);
  write("#of-rule", filter.rule);
  write("#of-text", filter.text);
  for (const button of tools.querySelectorAll("[data-state]")) {
    button.setAttribute("aria-pressed", filter.states.has(button.dataset.state));
  }
  const shown = list.rows.length.toLocaleString("en-GB");
  tools.querySelector("#case-status").textContent = `${shown} of ${model.count.toLocaleString("en-GB")} cases`;
  document.getElementById("no-case").hidden = list.rows.length > 0;
}

function coverageRow(row) {
  const made = element("tr");
  const name = element("th");
  name.scope = "row";
  name.append(element("span", "mono", row.place), element("span", "covered-name", row.name));
  const state = element("td");
  state.append(element("span", `verdict verdict-${row.state}`, COVERAGE_WORDS[row.state]));
  made.append(element("td", "", row.kind), name, state, element("td", "said", row.use_cases.join(", ")));
  return made;
}

// Long tables are made when somebody opens them.
function bindCoverage(coverage) {
  for (const box of document.querySelectorAll("details[data-coverage]")) {
    box.addEventListener("toggle", () => {
      const body = box.querySelector("tbody");
      if (!box.open || body.childElementCount) return;
      body.append(...coverage[box.dataset.coverage].map(coverageRow));
    });
  }
}

function openNamed(list, model) {
  const wanted = decodeURIComponent(location.hash).replace(/^#case\//, "");
  if (!location.hash.startsWith("#case/")) return;
  for (let row = 0; row < model.count; row++) {
    if (caseKey(model, row) !== wanted) continue;
    setFilter(list, {});
    list.reveal(row);
    list.choose(row);
    document.getElementById("cases").scrollIntoView();
    return;
  }
}

function start() {
  const model = readCases(document.getElementById("case-data").textContent);
  const tools = document.querySelector(".case-tools");
  const pane = document.getElementById("case-detail");
  const list = new CaseList(document.querySelector(".case-scroll"), model);
  for (const made of document.querySelectorAll("[data-script]")) made.hidden = false;
  bindFilters(tools, list, model);
  list.onChange = () => tellFilter(tools, list, model);
  list.onChoose = (row) => {
    showCase(pane, model, row);
    history.replaceState(null, "", `#case/${encodeURIComponent(caseKey(model, row))}`);
  };
  list.onEnter = () => pane.focus();
  pane.addEventListener("keydown", (event) => {
    if (event.key === "Escape") list.canvas.focus();
  });
  const toCases = (wanted) => {
    setFilter(list, wanted);
    document.getElementById("cases").scrollIntoView();
    if (list.rows.length) list.choose(list.rows[0]);
    list.canvas.focus({ preventScroll: true });
  };
  const table = document.getElementById("matrix-table");
  const onlyBad = document.getElementById("only-bad");
  const redraw = () => {
    const { shown, hidden } = drawMatrix(table, model, onlyBad.checked);
    document.getElementById("matrix-status").textContent = hidden ? `${shown} use cases shown, ${hidden} without a finding hidden` : `${shown} use cases`;
  };
  onlyBad.addEventListener("change", redraw);
  bindMatrix(table, (useCase, device) => toCases({ useCase, device }));
  redraw();
  for (const button of document.querySelectorAll(".to-cases")) {
    button.addEventListener("click", () => {
      const { device, rule, states } = button.dataset;
      const place = (names, name) => (name === undefined ? null : names.indexOf(name));
      toCases({
        device: place(model.devices.map((each) => each.name), device),
        rule: place(model.rules, rule),
        states: states ? states.split(" ") : undefined,
      });
    });
  }
  bindCoverage(JSON.parse(document.getElementById("coverage-data").textContent));
  setFilter(list, model.firstStates.length ? { states: model.firstStates } : {});
  openNamed(list, model);
  window.addEventListener("hashchange", () => openNamed(list, model));
  document.documentElement.dataset.ready = "true";
}

start();
