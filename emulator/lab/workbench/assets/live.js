// A page that goes on: everything new comes as an event, and is put where it belongs.

const MOST_ROWS = 20_000;
const MOST_ITEMS = 200;
const REDRAW_AFTER = 150; // ms; what comes in between is drawn together

function parsed(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html; // escaped where it was rendered; the page's policy runs nothing in it
  return holder.content;
}

// The chart, if the page has one, as two functions: more rows, and another step.
function growingChart() {
  const place = document.getElementById("chart-begin");
  if (!place) return { rows: () => {}, step: () => {}, clear: () => {} };
  const { layers, names } = JSON.parse(place.textContent);
  const model = emptyModel(layers, names);
  const chart = showChart(model);
  let waiting = false;
  let forgotten = 0;
  const redraw = () => {
    waiting = false;
    if (model.count > MOST_ROWS) {
      forgotten = model.count - MOST_ROWS / 2;
      forgetRows(model, forgotten);
    }
    chart.grow(forgotten);
    forgotten = 0;
  };
  const later = () => {
    if (!waiting) setTimeout(redraw, REDRAW_AFTER);
    waiting = true;
  };
  return {
    rows: (part) => {
      extendModel(model, part);
      later();
    },
    step: (step) => {
      model.steps.push(step);
      later();
    },
    clear: () => {
      forgetRows(model, model.count);
      model.steps.length = 0;
      later();
    },
  };
}

function putFirst(list, html) {
  if (!list) return;
  list.querySelector(".empty")?.remove();
  list.prepend(parsed(html));
  while (list.children.length > MOST_ITEMS) list.lastElementChild.remove();
}

function putLast(list, html) {
  if (!list) return;
  list.querySelector(".empty")?.remove();
  list.append(parsed(html));
}

function setText(identifier, text) {
  const place = document.getElementById(identifier);
  if (place && place.textContent !== text) place.textContent = text;
}

function watch(address) {
  const chart = growingChart();
  const state = document.getElementById("live");
  const source = new EventSource(address);
  const say = (word, text) => {
    if (!state) return;
    state.dataset.state = word;
    state.textContent = text;
  };
  const on = (kind, take) => source.addEventListener(kind, (event) => take(JSON.parse(event.data)));
  const lists = { message: "crossed", told: "told", step: "steps-list", case: "cases-list", output: "output" };
  source.addEventListener("open", () => say("live", "live"));
  source.addEventListener("error", () => say("lost", "the server does not answer"));
  on("reset", () => {
    chart.clear();
    for (const identifier of Object.values(lists)) document.getElementById(identifier)?.replaceChildren();
  });
  on("rows", (part) => chart.rows(part));
  on("dropped", ({ frames }) => setText("note", `${frames} frames were sent while nobody looked, and are gone`));
  on("premises", ({ html }) => document.getElementById("premises")?.replaceChildren(parsed(html)));
  on("message", ({ html }) => putFirst(document.getElementById(lists.message), html));
  on("told", ({ html }) => putFirst(document.getElementById(lists.told), html));
  on("clock", ({ moment }) => setText("moment", moment));
  on("step", ({ html, step }) => {
    putLast(document.getElementById(lists.step), html);
    chart.step(step);
  });
  on("case", ({ html }) => putFirst(document.getElementById(lists.case), html));
  on("output", ({ html }) => putLast(document.getElementById(lists.output), html));
  on("progress", ({ html }) => document.getElementById("progress")?.replaceChildren(parsed(html)));
  on("over", () => {
    source.close();
    say("over", "ended");
    if (document.querySelector("[data-reload]")) location.reload(); // now there are its files
  });
}

const watched = document.querySelector("[data-feed]");
if (watched) watch(watched.dataset.feed);
document.documentElement.dataset.ready = "true";
