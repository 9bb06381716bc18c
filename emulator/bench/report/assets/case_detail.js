// The pane beside the list: why a case came out as it did, and all there is to see of it.

const SIDE_MOST = 380;
const HEAD_HEIGHT = 48;
const ROW_ROOM = 42; // a row, and its share of the gaps between rows
const PANE_HEIGHT = 300;

function treeElement(chunk, rows, title) {
  const made = element("section", "tree");
  made.append(element("h4", "", title));
  const body = element("div", "tree-body");
  body.tabIndex = 0;
  body.setAttribute("aria-label", title);
  for (const [depth, label, value, differs] of rows) {
    const line = element("div", differs ? "tree-line tree-differs" : "tree-line");
    line.style.paddingLeft = `${depth * 1.1 + 1.4}em`;
    if (differs) {
      line.append(element("span", "tree-mark", "≠"), element("span", "unseen", "differs: "));
    }
    line.append(element("span", "tree-label", chunk.texts[label]));
    if (chunk.texts[value]) line.append(element("span", "tree-value", chunk.texts[value]));
    body.append(line);
  }
  made.append(body);
  return made;
}

function factList(pairs) {
  const list = element("dl", "case-facts");
  for (const [name, value] of pairs) {
    if (!value) continue;
    const pair = element("div");
    pair.append(element("dt", "", name), element("dd", "", value));
    list.append(pair);
  }
  return list;
}

function againElement(command) {
  const made = element("div", "again");
  const text = element("code", "again-command", command);
  text.tabIndex = 0;
  const button = element("button", "", "Copy");
  button.type = "button";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(command);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(text); // where the browser gives no clipboard to a file
      button.textContent = "Selected";
    }
  });
  made.append(element("h4", "", "See it again"), text, button);
  return made;
}

// The frame of a sequence chart as chart.js wants it, filled with one case.
function chartElement() {
  const made = element("div", "chart case-chart");
  const side = element("div", "chart-side");
  const scroll = element("div", "chart-scroll");
  const rows = element("div", "chart-rows");
  rows.id = "chart";
  rows.tabIndex = 0;
  rows.setAttribute("role", "listbox");
  rows.setAttribute("aria-label", "Messages in order of time; arrow keys move");
  scroll.append(element("div", "lifelines-head"), rows);
  side.append(scroll);
  const pane = element("aside", "detail");
  pane.id = "chart-detail";
  pane.tabIndex = -1;
  pane.setAttribute("aria-label", "The chosen message");
  pane.append(element("p", "empty", "Choose a message to see its fields and octets."));
  made.append(side, pane);
  return made;
}

function chartSection(detail) {
  const made = element("section", "case-messages");
  const { chart } = detail;
  const model = chartModelOf(detail);
  const messages = chart.whole.filter(Boolean).length;
  const acknowledgements = model.layer.filter((layer) => model.layers[layer] === "ack").length;
  const frames = model.count - messages - acknowledgements;
  const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
  const of = frames ? `${plural(messages, "message")}, the last ${plural(frames, "frame")} without acknowledgements` : plural(messages, "message");
  const frame = chartElement();
  const side = Math.min(SIDE_MOST, HEAD_HEIGHT + ROW_ROOM * (messages + frames));
  frame.style.gridTemplateRows = `${side}px minmax(0, 1fr)`;
  frame.style.height = `${side + PANE_HEIGHT}px`;
  made.append(element("h4", "", `Sequence: ${of}`), frame);
  return { made, start: () => new SequenceChart(frame, model) };
}

function factsOf(model, row) {
  const device = model.devices[model.device[row]];
  return [
    ["Clause", model.clauses[model.clause[row]]],
    ["Use case", `${model.useCases[model.useCase[row]].name} ${model.useCases[model.useCase[row]].title}`.trim()],
    ["Tried", model.meanings[model.check[row]]],
    ["Device", device.defect ? `${device.name} (${device.kind}, emulated with ${device.defect})` : `${device.name} (${device.kind})`],
    ["Differs", model.texts[model.field[row]]],
    ["Class (SEC H14.43)", model.triageWords[model.texts[model.triage[row]]]],
    ["Agreed deviation", model.texts[model.waiver[row]]],
    ["Profile", model.texts[model.profile[row]]],
    ["Took", model.took[row] ? `${span(model.took[row])} of virtual time` : ""],
  ];
}

function showCase(pane, model, row) {
  const detail = detailOf(model, row);
  const head = element("div", "case-title");
  head.append(element("h3", "", caseKey(model, row)), stateElement(model.states[row]));
  const parts = [head];
  const reason = model.texts[model.reason[row]];
  if (reason) parts.push(element("p", "case-reason", reason));
  parts.push(factList(factsOf(model, row)));
  let chart = null;
  if (detail) {
    const { chunk } = detail;
    if (detail.again !== undefined) parts.push(againElement(chunk.texts[detail.again]));
    if (detail.expected || detail.seen) {
      const trees = element("div", "trees");
      if (detail.expected) trees.append(treeElement(chunk, detail.expected, "Expected"));
      if (detail.seen) trees.append(treeElement(chunk, detail.seen, "Seen"));
      parts.push(trees);
    }
    if (detail.chart) {
      chart = chartSection(detail);
      parts.push(chart.made);
    }
    if (detail.hexdump !== undefined) {
      const dump = element("pre", "hexdump", chunk.texts[detail.hexdump]);
      dump.tabIndex = 0;
      const section = element("section", "");
      section.append(element("h4", "", "Octets of the message that differs"), dump);
      parts.push(section);
    }
  }
  pane.replaceChildren(...parts);
  pane.scrollTop = 0;
  chart?.start(); // measured once it is in the document
}
