// The chart's data and what of it is shown: no drawing here.
// Written as columns (see chart_data.py); an item of the view is a frame, a gap of idle time or
// the start of a step, all of one height.

const BROADCAST = -1;
const NOBODY = -2;
const GAP_US = 1_000_000; // idle time from here on is cut out and marked

const FRAME = 0;
const GAP = 1;
const STEP = 2;

function readModel(text) {
  const data = JSON.parse(text);
  const count = data.at.length;
  const at = new Float64Array(count);
  const offset = new Uint32Array(count + 1);
  let now = 0;
  for (let row = 0; row < count; row++) {
    now += data.at[row];
    at[row] = now;
    offset[row + 1] = offset[row] + data.length[row];
  }
  const octets = Uint8Array.from(atob(data.psdu), (letter) => letter.charCodeAt(0));
  const end = data.steps.reduce((latest, step) => Math.max(latest, step[2]), now);
  return { ...data, count, at, offset, octets, end };
}

// A model without rows, for a chart that grows.
function emptyModel(layers, names) {
  const model = { layers, names: [...names], labels: [], security: [], lines: [], steps: [] };
  const columns = { source: [], destination: [], label: [], layer: [], secured: [], detail: [] };
  const rows = { count: 0, at: [], offset: [0], octets: new Uint8Array(), end: 0 };
  return { ...model, ...columns, ...rows, places: new Map() };
}

// Where each text of a part stands in the table of the model, which takes in those it lacks.
function takeIn(model, table, texts) {
  if (!model.places.has(table)) {
    model.places.set(table, new Map(model[table].map((text, place) => [text, place])));
  }
  const places = model.places.get(table);
  return texts.map((text) => {
    if (!places.has(text)) {
      places.set(text, model[table].length);
      model[table].push(text);
    }
    return places.get(text);
  });
}

// Rows that came later, written as the data of a whole chart are.
function extendModel(model, part) {
  const names = takeIn(model, "names", part.names);
  const labels = takeIn(model, "labels", part.labels);
  const security = takeIn(model, "security", part.security);
  const lines = takeIn(model, "lines", part.lines);
  const layers = part.layers.map((layer) => model.layers.indexOf(layer));
  const nameAt = (place) => (place < 0 ? place : names[place]);
  let now = 0;
  for (let row = 0; row < part.at.length; row++) {
    now += part.at[row];
    model.at.push(now);
    model.source.push(nameAt(part.source[row]));
    model.destination.push(nameAt(part.destination[row]));
    model.label.push(labels[part.label[row]]);
    model.layer.push(layers[part.layer[row]]);
    model.secured.push(security[part.secured[row]]);
    model.detail.push(part.detail[row].map((line) => lines[line]));
    model.offset.push(model.offset[model.count] + part.length[row]);
    model.count += 1;
  }
  const more = Uint8Array.from(atob(part.psdu), (letter) => letter.charCodeAt(0));
  const octets = new Uint8Array(model.octets.length + more.length);
  octets.set(model.octets);
  octets.set(more, model.octets.length);
  model.octets = octets;
  model.end = Math.max(model.end, now);
}

// Forget the oldest rows.
function forgetRows(model, count) {
  const base = model.offset[count];
  for (const column of ["at", "source", "destination", "label", "layer", "secured", "detail"]) {
    model[column].splice(0, count);
  }
  model.offset = model.offset.slice(count).map((offset) => offset - base);
  model.octets = model.octets.slice(base);
  model.count -= count;
}

function nameOf(model, place) {
  if (place === BROADCAST) return "everyone";
  if (place === NOBODY) return "nobody known";
  return model.names[place];
}

function octetsOf(model, row) {
  return model.octets.subarray(model.offset[row], model.offset[row + 1]);
}

function matchingTexts(table, words) {
  return table.map((text) => {
    const lower = text.toLowerCase();
    return words.map((word) => lower.includes(word));
  });
}

// A test of rows: every word must stand somewhere in the label, the keys, the names or the fields.
function textTest(model, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return () => true;
  const labels = matchingTexts(model.labels, words);
  const secured = matchingTexts(model.security, words);
  const lines = matchingTexts(model.lines, words);
  const names = matchingTexts(model.names, words);
  const says = (row, word) =>
    labels[model.label[row]][word] ||
    secured[model.secured[row]][word] ||
    names[model.source[row]]?.[word] ||
    names[model.destination[row]]?.[word] ||
    model.detail[row].some((line) => lines[line][word]);
  return (row) => words.every((_, word) => says(row, word));
}

// One device: whatever it sends or is sent. Several: what goes between them.
function deviceTest(model, devices) {
  if (!devices.size) return () => true;
  const has = (place) => devices.has(place);
  if (devices.size === 1) return (row) => has(model.source[row]) || has(model.destination[row]);
  return (row) => {
    const destination = model.destination[row];
    return has(model.source[row]) && (has(destination) || destination === BROADCAST);
  };
}

function shownRows(model, filter) {
  const layers = model.layers.map((layer) => filter.layers.has(layer));
  const ofDevice = deviceTest(model, filter.devices);
  const ofText = textTest(model, filter.text);
  const rows = [];
  for (let row = 0; row < model.count; row++) {
    if (layers[model.layer[row]] && ofDevice(row) && ofText(row)) rows.push(row);
  }
  return rows;
}

// The items of the view, as two columns: what each is, and its row, microseconds or step.
function viewOf(model, filter) {
  const rows = shownRows(model, filter);
  const kinds = [];
  const values = [];
  const placeOf = new Map();
  const steps = model.steps.map((step, place) => place).sort((a, b) => model.steps[a][1] - model.steps[b][1]);
  let before = 0;
  const add = (kind, value, instant) => {
    if (instant - before >= GAP_US) {
      kinds.push(GAP);
      values.push(instant - before);
    }
    if (kind === FRAME) placeOf.set(value, kinds.length);
    kinds.push(kind);
    values.push(value);
    before = instant;
  };
  let step = 0;
  const addSteps = (until) => {
    for (; step < steps.length && model.steps[steps[step]][1] <= until; step++) {
      add(STEP, steps[step], model.steps[steps[step]][1]);
    }
  };
  for (const row of rows) {
    addSteps(model.at[row]);
    add(FRAME, row, model.at[row]);
  }
  addSteps(Infinity);
  return { rows, kinds, values, placeOf };
}

// The place in the view of the first frame at `instant` or later.
function placeAt(model, view, instant) {
  let low = 0;
  let high = view.rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (model.at[view.rows[middle]] < instant) low = middle + 1;
    else high = middle;
  }
  return low < view.rows.length ? view.placeOf.get(view.rows[low]) : view.kinds.length - 1;
}

function clock(microseconds) {
  return (microseconds / 1e6).toFixed(3);
}

function span(microseconds) {
  if (microseconds < 1e3) return `${microseconds} µs`;
  if (microseconds < 1e6) return `${+(microseconds / 1e3).toFixed(2)} ms`;
  if (microseconds < 60e6) return `${+(microseconds / 1e6).toFixed(2)} s`;
  const seconds = Math.round(microseconds / 1e6);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
