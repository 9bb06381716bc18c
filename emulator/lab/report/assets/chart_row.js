// One item of the chart as an element: a frame's arrow, a gap, or the start of a step.

const SVG = "http://www.w3.org/2000/svg";
const TIME_WIDTH = 78;
const LANE_LEAST = 64;
const LABEL_FONT = 12;

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function svgElement(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

const measureText = (() => {
  const widths = new Map();
  let context = null;
  return (text) => {
    if (!context) {
      context = document.createElement("canvas").getContext("2d");
      context.font = `${LABEL_FONT}px system-ui, sans-serif`;
    }
    if (!widths.has(text)) widths.set(text, context.measureText(text).width);
    return widths.get(text);
  };
})();

// Where the lifelines stand for a chart `width` pixels wide.
function geometryOf(model, width, rowHeight) {
  const gutter = width > 860 ? 132 : 0;
  const lanes = Math.max(1, model.names.length);
  const lane = Math.max(LANE_LEAST, (width - TIME_WIDTH - gutter) / lanes);
  const left = TIME_WIDTH;
  return {
    rowHeight,
    lane,
    left,
    gutter,
    right: left + lanes * lane,
    width: left + lanes * lane + gutter,
    x: (place) => left + (place + 0.5) * lane,
  };
}

function headPath(x, y, toRight) {
  const back = toRight ? -7 : 7;
  return `M${x} ${y}l${back} -3.5v7z`;
}

// The line and heads of a frame, and the stretch it covers.
function arrowOf(model, row, geometry, y) {
  const from = geometry.x(model.source[row] < 0 ? 0 : model.source[row]);
  const destination = model.destination[row];
  if (destination === BROADCAST) {
    const last = model.names.length - 1;
    const reached = model.names.map((_, place) => place).filter((place) => place !== model.source[row]);
    const heads = reached.map((place) => headPath(geometry.x(place), y, geometry.x(place) > from));
    return { low: geometry.x(0), high: geometry.x(last), from, heads: heads.join(""), broadcast: true };
  }
  const known = destination >= 0 && destination !== model.source[row];
  const to = known ? geometry.x(destination) : from + geometry.lane * 0.4;
  return { low: Math.min(from, to), high: Math.max(from, to), from, heads: headPath(to, y, to > from), stub: !known };
}

// Above the arrow when rows are tall; beside it, where there is room, when they are not.
function labelPlace(arrow, textWidth, geometry) {
  const inside = (x) => Math.min(Math.max(x, geometry.left + textWidth / 2 + 4), geometry.right - textWidth / 2 - 4);
  if (geometry.rowHeight >= 30) return { x: inside((arrow.low + arrow.high) / 2), rise: 7 };
  if (arrow.high + 8 + textWidth < geometry.right) return { x: arrow.high + 8 + textWidth / 2, rise: -4 };
  if (arrow.low - 8 - textWidth > geometry.left) return { x: arrow.low - 8 - textWidth / 2, rise: -4 };
  return { x: inside((arrow.low + arrow.high) / 2), rise: -4 };
}

function framePicture(model, row, geometry) {
  const tall = geometry.rowHeight >= 30;
  const y = tall ? geometry.rowHeight - 9 : geometry.rowHeight / 2;
  const arrow = arrowOf(model, row, geometry, y);
  const label = model.labels[model.label[row]];
  const picture = svgElement("svg", { width: geometry.right, height: geometry.rowHeight, "aria-hidden": "true" });
  const line = svgElement("path", { d: `M${arrow.low} ${y}H${arrow.high}`, class: "shaft" });
  if (arrow.broadcast || arrow.stub) line.classList.add("shaft-open");
  picture.append(
    line,
    svgElement("path", { d: arrow.heads, class: "head" }),
    svgElement("circle", { cx: arrow.from, cy: y, r: 2.5, class: "head" }),
  );
  if (geometry.rowHeight >= 16) {
    const place = labelPlace(arrow, measureText(label), geometry);
    const text = svgElement("text", { x: place.x, y: y - place.rise, "text-anchor": "middle" });
    text.textContent = label;
    picture.append(text);
  }
  return picture;
}

function frameElement(model, row, geometry) {
  const layer = model.layers[model.layer[row]];
  const label = model.labels[model.label[row]];
  const made = element("div", `row layer-${layer}`);
  made.setAttribute("role", "option");
  const ends = `${nameOf(model, model.source[row])} to ${nameOf(model, model.destination[row])}`;
  made.setAttribute("aria-label", `${clock(model.at[row])} s, ${ends}, ${label}`);
  made.append(element("time", "", clock(model.at[row])), framePicture(model, row, geometry));
  if (geometry.gutter) {
    const secured = model.security[model.secured[row]];
    const side = element("span", "row-side");
    side.append(element("b", "", layer === "ack" ? "MAC" : layer.toUpperCase()));
    if (secured) side.append(element("i", "", secured));
    side.title = secured || "not secured";
    made.append(side);
  }
  return made;
}

function gapElement(microseconds) {
  const made = element("div", "row row-gap");
  made.setAttribute("role", "presentation");
  made.append(element("span", "", `${span(microseconds)} later`));
  return made;
}

function stepElement(model, place) {
  const [name, start, , verdict] = model.steps[place];
  const made = element("div", `row row-step verdict-${verdict}`);
  made.setAttribute("role", "presentation");
  made.append(element("time", "", clock(start)), element("span", "", name));
  return made;
}

function itemElement(model, view, place, geometry) {
  const value = view.values[place];
  if (view.kinds[place] === GAP) return gapElement(value);
  if (view.kinds[place] === STEP) return stepElement(model, value);
  return frameElement(model, value, geometry);
}
