/** A chart's numbers and its picture as files, and as a page to print. */

import { pngBlob, svgDocument } from "./image.js";
import { csvText, save, stampOf, tableElement } from "./numbers.js";
import { openInTab } from "./tab.js";

const FAILED = "The workbook could not be made just now; the CSV file holds the same numbers.";
const charts = new WeakMap(); // by their outermost element

/**
 * Offer a chart's files in its toolbar.
 * @param {object} chart
 * @param {(label: string, title: string, press: Function) => HTMLButtonElement} button Creates a button there.
 * @param {(sentence: string) => void} say Shows a message above the chart's legend.
 */
export function fileButtons(chart, button, say) {
  charts.set(chart.root, chart);
  const name = (extension) => `${chart.data.file_name}.${extension}`;
  chart.csvButton = button("CSV", "Save the numbers as a CSV file", () => {
    // The mark at the start tells spreadsheets that the text is UTF-8.
    const content = new Blob(["\ufeff", csvText(numbers(chart), stampOf(chart.data))], { type: "text/csv;charset=utf-8" });
    save(content, name("csv"));
  });
  chart.xlsxButton = button("XLSX", "Save the numbers as a workbook", async () => {
    try {
      save(await posted(chart.settings.workbook, handedOver(chart)), name("xlsx"));
      say("");
    } catch {
      say(FAILED);
    }
  });
  chart.pngButton = button("PNG", "Save the chart as an image", async () => {
    save(await pngBlob(await picture(chart, colours(chart))), name("png"));
  });
  chart.svgButton = button("SVG", "Save the chart as a scalable image", async () => {
    save(new Blob([(await picture(chart, colours(chart))).text], { type: "image/svg+xml" }), name("svg"));
  });
  chart.printButton = button("Print", "Open the chart with its numbers as a page to print or keep as PDF", () => {
    openInTab(async () => printed(chart, (await lightPicture(chart)).text));
  });
  const { csvButton, xlsxButton, pngButton, svgButton, printButton } = chart;
  // A frame that its page has sealed off can save no file, ask for none and open no tab.
  if (self.origin === "null") for (const made of [csvButton, xlsxButton, pngButton, svgButton, printButton]) made.remove();
}

/** The numbers behind a chart; a panel works out the rows only when somebody wants to see them. */
export function numbers({ data, rows }) {
  return data.table && rows ? { ...data.table, rows: rows() } : data.table;
}

/** The colours of the active theme are set on the chart's outermost element. */
export function colours({ root, settings }) {
  return settings.palette[root.dataset.theme];
}

/** The stretch the reader has zoomed to, or null while the whole period is shown. */
export function zoomedRange(chart) {
  const axis = chart.plot.layout?.xaxis;
  return chart.drawn && axis?.autorange === false && !axis.fixedrange ? axis.range : null;
}

/** All charts of the page that stand on it now, from top to bottom. */
export function shownCharts() {
  return [...document.querySelectorAll(".mi-chart")].map((root) => charts.get(root)).filter((chart) => chart?.data);
}

/**
 * Draw a chart in light colours, whatever the theme.
 * @param {object} chart
 * @param {number} [width] Pixels from left to right.
 * @returns {Promise<{text: string, width: number, height: number}>}
 */
export function lightPicture(chart, width) {
  return picture(chart, chart.settings.palette.light, width);
}

function picture(chart, palette, width) {
  return svgDocument(window.Plotly, chart.data, palette, chart.hidden, zoomedRange(chart), width);
}

/**
 * Say what a chart shows as the server takes it (dashboard/downloads/charts.py).
 * @param {object} chart
 * @param {string} svg Its picture; empty for none.
 * @returns {object}
 */
export function handedOver(chart, svg = "") {
  const { file_name, title } = chart.data;
  const table = numbers(chart);
  const given = table ? { columns: table.columns, rows: table.rows } : null;
  return { file_name, title, about: stampOf(chart.data), table: given, svg };
}

/**
 * Send something to our server and return the file that it answers with.
 * @param {string} address
 * @param {object} content
 * @returns {Promise<Blob>}
 */
export async function posted(address, content) {
  const answer = await fetch(new URL(address, window.location.origin), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(content),
  });
  if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
  return answer.blob();
}

function printed({ data, ...chart }, svg) {
  const page = document.implementation.createHTMLDocument(data.title);
  const style = page.head.appendChild(page.createElement("style"));
  style.textContent = `
    :root { color-scheme: light } @page { margin: 12mm }
    body { background: #fff; color: #101317; font: 10pt/1.4 system-ui, sans-serif; margin: 0 auto; max-width: 270mm;
      padding: 4mm } svg { break-inside: avoid; display: block; height: auto; max-height: 185mm; width: 100% }
    table { border-collapse: collapse; font-size: 8pt; overflow-wrap: anywhere; width: 100% }
    caption { font-weight: 600; padding: 8pt 0 4pt; text-align: start } thead { display: table-header-group }
    tr { break-inside: avoid } th, td { border-bottom: 1px solid #d5d9de; padding: 2pt 6pt 2pt 0; text-align: start;
      vertical-align: top }`;
  page.body.append(page.importNode(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement, true));
  const table = numbers({ data, ...chart });
  if (table) page.body.append(page.importNode(tableElement(table, data.title), true));
  return page;
}
