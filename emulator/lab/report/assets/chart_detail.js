// The pane beside the chart: one frame's fields and octets.

const OCTETS_A_LINE = 8;

function hexdump(octets) {
  const lines = [];
  for (let start = 0; start < octets.length; start += OCTETS_A_LINE) {
    const part = Array.from(octets.subarray(start, start + OCTETS_A_LINE));
    const hex = part.map((octet) => octet.toString(16).padStart(2, "0"));
    const shown = hex.join(" ").padEnd(3 * OCTETS_A_LINE - 1);
    const letters = part.map((octet) => (octet > 31 && octet < 127 ? String.fromCharCode(octet) : "·")).join("");
    lines.push(`${start.toString(16).padStart(4, "0")}  ${shown}  ${letters}`);
  }
  return lines.join("\n");
}

// "  name: value" becomes a name and a value; its indentation says what it belongs to.
function fieldElement(line) {
  const [, indentation, rest] = /^(\s*)(.*)$/su.exec(line);
  const made = element("div", indentation ? "field" : "field field-head");
  made.style.paddingLeft = `${indentation.length * 0.5}em`;
  const colon = rest.indexOf(": ");
  if (colon < 0) {
    made.append(element("span", "field-name", rest));
    return made;
  }
  made.append(element("span", "field-name", rest.slice(0, colon)), element("span", "field-value", rest.slice(colon + 2)));
  return made;
}

function detailParts(model, row, before) {
  const head = element("h3", "", model.labels[model.label[row]]);
  const ends = element("p", "detail-ends");
  ends.append(
    element("b", "", nameOf(model, model.source[row])),
    element("span", "", " → "),
    element("b", "", nameOf(model, model.destination[row])),
  );
  const layer = model.layers[model.layer[row]];
  const facts = element("p", "detail-facts");
  const secured = model.security[model.secured[row]] || "not secured";
  const after = before === undefined ? "" : ` · ${span(model.at[row] - model.at[before])} after the one above`;
  facts.append(
    element("span", `chip layer-${layer}`, layer === "ack" ? "MAC" : layer.toUpperCase()),
    element("span", "", ` ${secured}`),
    element("br"),
    element("span", "mono", `${(model.at[row] / 1e6).toFixed(6)} s`),
    element("span", "", after),
  );
  const fields = element("div", "fields");
  fields.append(...model.detail[row].map((line) => fieldElement(model.lines[line])));
  const octets = octetsOf(model, row);
  const dumpHead = element("h4", "", `${octets.length} octets, ${model.octetsAre?.(row) ?? "as sent, with FCS"}`);
  const dump = element("pre", "hexdump", hexdump(octets));
  dump.tabIndex = 0;
  return [head, ends, facts, fields, dumpHead, dump];
}
