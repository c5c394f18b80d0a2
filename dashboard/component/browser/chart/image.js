/** Charts as image files that can stand alone: title, source and where to find the figures are part of the picture. */

import { groupOf, resolveColours, svgElement } from "./draw.js";
import { withNamedEnds } from "./ends.js";
import { stampOf, readable } from "./numbers.js";

const SCREEN = 1200;
export const PAPER = 900; // so that words in a picture of the width of a page can be read
const PAD = 32;
const BELOW = 100; // the horizontal axis and the legend under a plot
const LISTED_EVENTS = 12; // a longer list does not belong in a picture; the numbers are left out with it
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/**
 * Draw a figure with its texts as one SVG document.
 * @param {object} Plotly
 * @param {{figure: object, title: string, subtitle: string, source: string, as_of: string, data_version: string}} chart
 * @param {Object<string, string>} colours Hex colours by meaning.
 * @param {Set<string>} hidden Groups the reader has hidden; they stay out of the picture.
 * @param {Array|null} range Stretch of the horizontal axis the reader has zoomed to.
 * @param {number} whole Pixels from left to right, at the size of its letters.
 * @returns {Promise<{text: string, width: number, height: number}>}
 */
export async function svgDocument(Plotly, chart, colours, hidden, range, whole = SCREEN) {
  const line = whole - 2 * PAD;
  const { figure, title, subtitle, source } = chart;
  const plotHeight = Math.max(460, Math.round((figure.layout.height ?? 380) * 1.2));
  const resolved = resolveColours(figure, colours);
  const sized = { ...resolved, layout: { ...resolved.layout, height: plotHeight } };
  const { data, layout } = withNamedEnds(sized, line, hidden, BELOW);
  const events = hidden.has("events") ? [] : (layout.meta?.events ?? []);
  const listed = events.length <= LISTED_EVENTS;
  const shown = data
    .filter((trace) => !hidden.has(groupOf(trace)) && (listed || trace.uid !== "event_numbers"))
    .map((trace) => (trace.uid === "events" ? { ...trace, name: "Event" } : trace));
  const plain = {
    ...layout,
    width: line,
    height: plotHeight,
    font: { ...layout.font, family: FONT, size: 15 },
    legend: { ...layout.legend, yref: "container", y: 0, yanchor: "bottom", font: { size: 14 } },
  };
  if (range) plain.xaxis = { ...plain.xaxis, range, autorange: false };
  const size = { format: "svg", width: plain.width, height: plotHeight };
  const address = await Plotly.toImage({ data: shown, layout: plain }, size);
  const drawn = decodeURIComponent(address.slice(address.indexOf(",") + 1));
  const inner = new DOMParser().parseFromString(drawn, "image/svg+xml").documentElement;

  const root = svgElement("svg", { "font-family": FONT, role: "img" });
  root.appendChild(svgElement("title")).textContent = title;
  root.appendChild(svgElement("desc")).textContent = chart.alt ?? subtitle;
  const background = root.appendChild(svgElement("rect", { fill: colours.background }));
  const write = (text, y, size, weight, fill) => writeLines(root, wrapped(text, size, weight, line), y, size, weight, fill);
  let y = PAD;
  y = write(title, y, 28, 700, colours.text);
  y = write(subtitle, y, 18, 400, colours.muted) + 12;
  inner.setAttribute("x", PAD);
  inner.setAttribute("y", y);
  root.append(inner);
  y += plotHeight + 12;
  if (listed && events.length) {
    const list = events.map((event) => `(${event.number}) ${event.day}, ${event.title}`).join("; ");
    y = write(`Events: ${list}.`, y, 14, 400, colours.text) + 8;
  }
  if (chart.note) y = write(chart.note, y, 14, 400, colours.muted) + 4;
  y = write(source, y, 15, 400, colours.muted) + 4;
  y = write(stampText(chart), y, 13, 400, colours.muted) + PAD / 2;
  for (const node of [root, background]) {
    node.setAttribute("width", whole);
    node.setAttribute("height", y);
  }
  root.setAttribute("viewBox", `0 0 ${whole} ${y}`);
  return { text: new XMLSerializer().serializeToString(root), width: whole, height: y };
}

/**
 * Turn an SVG document into a PNG file, two pixels for each unit.
 * @param {{text: string, width: number, height: number}} picture
 * @returns {Promise<Blob>}
 */
export async function pngBlob({ text, width, height }) {
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image(width, height);
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = 2 * width;
    canvas.height = 2 * height;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}

function stampText(chart) {
  const { "As known on": day, "Data version": version, Address: address } = stampOf(chart);
  return `As known on ${readable(day)} · data ${version} · ${address}`;
}

function writeLines(root, lines, y, size, weight, fill) {
  for (const line of lines) {
    y += size * 1.3;
    const at = { x: PAD, y: y - size * 0.3, "font-size": size, "font-weight": weight, fill };
    root.appendChild(svgElement("text", at)).textContent = line;
  }
  return Math.round(y);
}

function wrapped(text, size, weight, longest) {
  const context = document.createElement("canvas").getContext("2d");
  context.font = `${weight} ${size}px ${FONT}`;
  const width = (line) => context.measureText(line).width;
  const lines = [];
  let line = "";
  for (let word of (text ?? "").split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (width(longer) <= longest) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    // An address can be longer than a line.
    while (width(word) > longest) {
      let end = Math.ceil((word.length * longest) / width(word));
      while (end > 1 && width(word.slice(0, end)) > longest) end -= 1;
      lines.push(word.slice(0, end));
      word = word.slice(end);
    }
    line = word;
  }
  return line ? [...lines, line] : lines;
}
