// The cases of the campaign: columns of numbers and one table of texts (see page_data.py).
// What only an opened case needs stands in further elements, which are read when it is opened.

const AGREED = "agreed";

function readCases(text) {
  const data = JSON.parse(text);
  const count = data.device.length;
  const states = data.verdict.map((verdict, row) => (data.waiver[row] ? AGREED : data.verdicts[verdict]));
  return { ...data, count, states, haystacks: null, chunks: new Map() };
}

function caseName(model, row) {
  const kind = model.devices[model.device[row]].kind;
  const useCase = model.useCases[model.useCase[row]];
  const rest = model.texts[model.rest[row]];
  return [kind, useCase.code, useCase.name || "-", model.checks[model.check[row]], ...(rest ? [rest] : [])].join("/");
}

function caseKey(model, row) {
  const repeat = model.repeat[row] ? `#${model.repeat[row]}` : "";
  return `${model.devices[model.device[row]].name}:${caseName(model, row)}${repeat}`;
}

function haystackOf(model, row) {
  if (!model.haystacks) model.haystacks = new Array(model.count);
  if (model.haystacks[row] === undefined) {
    const texts = [model.field, model.reason, model.waiver, model.profile, model.triage].map((column) => model.texts[column[row]]);
    const useCase = model.useCases[model.useCase[row]];
    const clause = model.clauses[model.clause[row]];
    model.haystacks[row] = [caseKey(model, row), useCase.title, clause, model.states[row], ...texts].join("\n").toLowerCase();
  }
  return model.haystacks[row];
}

// The rows that a filter leaves. `states` is a set of words; the others are places, or null for all.
function filteredRows(model, filter) {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const is = (column, wanted) => (row) => wanted === null || column[row] === wanted;
  const tests = [
    (row) => filter.states.has(model.states[row]),
    is(model.device, filter.device),
    is(model.useCase, filter.useCase),
    is(model.check, filter.check),
    is(model.rule, filter.rule),
    (row) => words.every((word) => haystackOf(model, row).includes(word)),
  ];
  const rows = [];
  for (let row = 0; row < model.count; row++) {
    if (tests.every((test) => test(row))) rows.push(row);
  }
  return rows;
}

// What only the opened case needs; null where nothing was kept.
function detailOf(model, row) {
  const place = Math.floor(row / model.chunk);
  if (!model.chunks.has(place)) {
    const found = document.getElementById(`case-details-${place}`);
    model.chunks.set(place, found ? JSON.parse(found.textContent) : null);
  }
  const chunk = model.chunks.get(place);
  const detail = chunk?.cases[row];
  return detail ? { ...detail, chunk } : null;
}

function decodedOctets(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

// The messages and frames of a case as the sequence chart wants them (see chart_model.js).
function chartModelOf(detail) {
  const { chunk, chart } = detail;
  const count = chart.at.length;
  const offset = new Uint32Array(count + 1);
  for (let row = 0; row < count; row++) offset[row + 1] = offset[row] + chart.length[row];
  return {
    ...chart,
    layers: chunk.layers,
    labels: chunk.texts,
    security: chunk.texts,
    lines: chunk.texts,
    steps: [],
    count,
    offset,
    octets: decodedOctets(chart.psdu),
    end: count ? chart.at[count - 1] : 0,
    octetsAre: (row) => {
      if (!chart.length[row]) return "withheld";
      return chart.whole[row] ? "the whole message" : "as sent, with FCS";
    },
  };
}
