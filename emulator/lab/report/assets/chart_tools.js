// What joins a page to the chart: the tools above it, and the overview.

const BIN_WIDTH = 4;
const AXIS_MARKS = 5;

function binsOf(model, rows, count) {
  const bins = Array.from({ length: count }, () => model.layers.map(() => 0));
  const scale = count / (model.end + 1);
  for (const row of rows) bins[Math.floor(model.at[row] * scale)][model.layer[row]] += 1;
  return bins;
}

// Stacked bars of frames over virtual time; heights by square root, so that single frames show.
function drawOverview(canvas, model, rows) {
  const ratio = window.devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  const style = getComputedStyle(document.documentElement);
  const colours = model.layers.map((layer) => style.getPropertyValue(`--layer-${layer}`).trim());
  const bins = binsOf(model, rows, Math.max(1, Math.floor(width / BIN_WIDTH)));
  const totals = bins.map((bin) => bin.reduce((sum, frames) => sum + frames, 0));
  const most = Math.sqrt(Math.max(1, ...totals));
  bins.forEach((bin, place) => {
    let base = height;
    const whole = Math.sqrt(totals[place]) / most;
    bin.forEach((frames, layer) => {
      if (!frames) return;
      const tall = Math.max(1, (height - 2) * whole * (frames / totals[place]));
      context.fillStyle = colours[layer];
      context.fillRect(place * BIN_WIDTH, base - tall, BIN_WIDTH - 1, tall);
      base -= tall;
    });
  });
}

function bindOverview(root, chart, model) {
  const canvas = root.querySelector("#chart-overview");
  const frame = root.querySelector(".overview-window");
  const axis = root.querySelector(".overview-axis");
  const marks = () =>
    Array.from({ length: AXIS_MARKS + 1 }, (_, mark) =>
      element("span", "", mark ? span(Math.round((model.end * mark) / AXIS_MARKS)) : "0"),
    );
  const instantAt = (place) => {
    const { kinds, values } = chart.view;
    for (; place < kinds.length; place++) if (kinds[place] === FRAME) return model.at[values[place]];
    return model.end;
  };
  const follow = () => {
    if (!chart.view.rows.length) return;
    const [first, end] = chart.range();
    const from = instantAt(Math.max(0, first + OVERSCAN)) / (model.end + 1);
    const to = instantAt(Math.max(0, end - OVERSCAN)) / (model.end + 1);
    frame.style.left = `${100 * from}%`;
    frame.style.width = `${100 * Math.max(0, to - from)}%`;
  };
  const redraw = () => {
    axis.replaceChildren(...marks());
    drawOverview(canvas, model, chart.view.rows);
  };
  canvas.addEventListener("click", (event) => {
    chart.goTo((event.offsetX / canvas.clientWidth) * model.end);
  });
  new ResizeObserver(redraw).observe(canvas);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  return { redraw, follow };
}

function bindTools(tools, chart, model) {
  const choice = tools.querySelector("#chart-device");
  const search = tools.querySelector("#chart-search");
  for (const button of tools.querySelectorAll("[data-layer]")) {
    button.addEventListener("click", () => {
      const { layers } = chart.filter;
      const { layer } = button.dataset;
      if (!layers.delete(layer)) layers.add(layer);
      button.setAttribute("aria-pressed", layers.has(layer));
      chart.refilter();
    });
  }
  choice.addEventListener("change", () => {
    chart.filter.devices = new Set(choice.value === "" ? [] : [Number(choice.value)]);
    chart.refilter();
  });
  search.addEventListener("input", () => {
    chart.filter.text = search.value;
    chart.refilter();
  });
  tools.querySelector("#chart-less").addEventListener("click", () => chart.zoom(-1));
  tools.querySelector("#chart-more").addEventListener("click", () => chart.zoom(1));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    event.preventDefault();
    search.focus();
  });
}

// Every device that the chart has a lifeline for can be chosen, also one that came later.
function offerDevices(choice, names) {
  for (let place = choice.options.length - 1; place < names.length; place++) {
    const option = element("option", "", names[place]);
    option.value = place;
    choice.append(option);
  }
}

function tell(tools, chart, model) {
  const { devices } = chart.filter;
  offerDevices(tools.querySelector("#chart-device"), model.names);
  const shown = chart.view.rows.length.toLocaleString("en-GB");
  const whole = model.count.toLocaleString("en-GB");
  const names = [...devices].map((place) => model.names[place]);
  const whose = names.length > 1 ? `, between ${names.join(", ")}` : "";
  tools.querySelector("#chart-status").textContent = `${shown} of ${whole} frames${whose}`;
  tools.querySelector("#chart-device").value = devices.size === 1 ? [...devices][0] : "";
  tools.querySelector("#chart-less").disabled = chart.density === 0;
  tools.querySelector("#chart-more").disabled = chart.density === ROW_HEIGHTS.length - 1;
}

// The chart of a model with its tools and overview, shown from now on.
function showChart(model) {
  const tools = document.querySelector(".chart-tools");
  const root = document.querySelector(".chart");
  tools.hidden = false;
  root.hidden = false;
  const chart = new SequenceChart(root, model);
  const overview = bindOverview(root, chart, model);
  bindTools(tools, chart, model);
  chart.onScroll = overview.follow;
  chart.onChange = () => {
    tell(tools, chart, model);
    overview.redraw();
    overview.follow();
  };
  chart.onChange();
  return chart;
}
