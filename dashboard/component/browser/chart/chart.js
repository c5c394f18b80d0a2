/**
 * The chart component: heading, chart, legend, source line, toolbar, event list and number table.
 *
 * Streamlit calls the default export whenever the data or the theme changes. The first call builds the
 * elements; later calls only fill them again, so nothing is ever re-mounted.
 */

import {
  drawInPlace, fitFigure, heightOf, loadPlotly, loadStylesheet, resolveColours, themeOf, turnToDraw, watchWidth,
} from "./draw.js";
import { withNamedEnds } from "./ends.js";
import { colours, fileButtons, numbers, zoomedRange } from "./files.js";
import { fillLegend } from "./legend.js";
import { tableElement } from "./numbers.js";
import { readByKeyboard } from "./read_points.js";
import { showSources } from "./sources.js";
import { drawSparkline } from "./sparkline.js";

const charts = new WeakMap();

/**
 * Entry point for Streamlit.
 * @param {{data: object, parentElement: HTMLElement}} component
 * @param {{plotly: string, stylesheet: string, palette: object}} settings
 * @returns {Promise<() => void>} Cleanup, called when the chart leaves the page.
 */
export default async function mount({ data, parentElement }, settings) {
  const bare = Boolean(data.sparkline);
  if (!bare) loadPlotly(settings.plotly).catch(() => {});
  await loadStylesheet(settings.stylesheet);
  let chart = charts.get(parentElement);
  if (!chart) {
    chart = build(parentElement, bare);
    charts.set(parentElement, chart);
    chart.stop = watchWidth(chart.plot, () => show(chart));
  }
  Object.assign(chart, { data, settings });
  await show(chart);
  return () => {
    chart.stop();
    if (chart.drawn) window.Plotly?.purge(chart.plot);
    charts.delete(parentElement);
  };
}

/**
 * Create the empty elements of one chart.
 * @param {HTMLElement} parent
 * @param {boolean} bare Whether it is a line without heading, legend and tools.
 * @returns {object} The chart, to be given data and settings and then shown.
 */
export function build(parent, bare) {
  const root = document.createElement("div");
  root.className = "mi-chart";
  root.innerHTML = bare
    ? '<div class="mi-plot"></div>'
    : `<div class="mi-heading"></div><p class="mi-subtitle"></p>
       <div class="mi-plot mi-waiting"></div><p class="mi-spoken" aria-live="polite"></p><p class="mi-message" role="status" hidden></p>
       <ul class="mi-legend" aria-label="Legend"></ul>
       <p class="mi-note"></p>
       <div class="mi-foot"><div class="mi-source"></div>
       <div class="mi-toolbar" role="group" aria-label="Chart tools"></div></div>
       <div class="mi-embed" hidden></div>
       <details class="mi-events" hidden><summary></summary><ol></ol></details><div class="mi-table"></div>`;
  parent.append(root);
  const part = (name) => root.querySelector(`.mi-${name}`);
  const chart = { parent, root, plot: part("plot"), hidden: new Set(), drawn: false, open: false };
  if (!bare) {
    const parts = ["heading", "subtitle", "message", "legend", "note", "source", "toolbar", "embed", "events", "table"];
    for (const name of parts) chart[name] = part(name);
    readByKeyboard(chart.plot, part("spoken"));
    buildToolbar(chart);
  }
  return chart;
}

/** Create the buttons below a chart. */
function buildToolbar(chart) {
  const button = (label, title, press) => {
    const created = document.createElement("button");
    Object.assign(created, { type: "button", className: "mi-button", textContent: label, title, onclick: press });
    chart.toolbar.append(created);
    return created;
  };
  chart.resetButton = button("Reset zoom", "Show the whole period", () => {
    window.Plotly.relayout(chart.plot, { "xaxis.autorange": true });
  });
  chart.numbersButton = button("Numbers", "Show the numbers as a table", () => {
    chart.open = !chart.open;
    showNumbers(chart);
  });
  fileButtons(chart, button, (sentence) => say(chart, sentence));
  chart.embedButton = button("Embed", "Show the code that puts this chart on another page", () => {
    chart.embed.hidden = !chart.embed.hidden;
    showEmbed(chart);
  });
}

/** Show the code for other pages; it follows the settings while it is open. */
async function showEmbed(chart) {
  const { data, embed, embedButton, root } = chart;
  embedButton.hidden = !Object.keys(data.embed ?? {}).length;
  embedButton.setAttribute("aria-expanded", String(!embed.hidden));
  if (embed.hidden) return;
  const { showCode } = await import("./embed.js");
  const height = root.querySelector(".mi-foot").getBoundingClientRect().bottom - root.getBoundingClientRect().top;
  showCode(embed, chart.data, chart.settings.frame, height);
}

/**
 * Give an element and what is inside it the colours of the active theme.
 * @param {HTMLElement} root
 * @param {object} palettes Hex colours by theme and meaning.
 * @returns {object} The colours of the active theme.
 */
export function applyTheme(root, palettes) {
  root.dataset.theme = themeOf(root);
  const palette = palettes[root.dataset.theme];
  for (const [meaning, colour] of Object.entries(palette)) root.style.setProperty(`--mi-${meaning}`, colour);
  return palette;
}

/**
 * Fill the elements of a chart from its latest data, in the active theme and at the present width.
 * @param {object} chart Result of build, with data and settings.
 * @returns {Promise<void>}
 */
export async function show(chart) {
  const { data, plot } = chart;
  const palette = applyTheme(chart.root, chart.settings.palette);
  if (data.sparkline) {
    drawSparkline(plot, resolveColours(data.sparkline, palette), data.alt);
    return;
  }
  const empty = Boolean(data.figure.layout.meta?.empty);
  showTexts(chart);
  showNumbers(chart);
  const named = withNamedEnds(resolveColours(data.figure, palette), plot.clientWidth);
  fillLegend(chart.legend, named, chart.hidden, (group) => {
    chart.hidden.has(group) ? chart.hidden.delete(group) : chart.hidden.add(group);
    show(chart);
  });
  plot.hidden = empty;
  plot.style.height = `${heightOf(data.figure.layout, plot.clientWidth)}px`;
  say(chart, empty ? "No figures for this choice." : "");
  for (const button of pictureButtons(chart)) button.hidden = empty || !chart.drawn;
  if (empty) {
    chart.parent.style.minHeight = "";
    return;
  }
  try {
    const Plotly = await loadPlotly(chart.settings.plotly);
    if (!chart.drawn) await turnToDraw(plot);
    if (!plot.clientWidth) return;
    // Drawing starts from chart.data, not from the data this call began with: the latest always wins.
    const font = getComputedStyle(chart.root).fontFamily;
    const look = { colours: colours(chart), font, width: plot.clientWidth, hidden: chart.hidden };
    await drawInPlace(Plotly, plot, fitFigure(chart.data.figure, look));
    if (!chart.drawn) plot.on("plotly_relayout", () => showReset(chart));
    chart.drawn = true;
    plot.classList.remove("mi-waiting");
    chart.parent.style.minHeight = "";
    for (const button of pictureButtons(chart)) button.hidden = false;
    showReset(chart);
  } catch (error) {
    plot.hidden = chart.legend.hidden = true;
    chart.parent.style.minHeight = "";
    chart.open = true;
    say(chart, "The chart could not be drawn in this browser; its numbers are in the table below.");
    showNumbers(chart);
  }
}

const pictureButtons = ({ pngButton, svgButton, printButton }) => [pngButton, svgButton, printButton];

function say(chart, sentence) {
  chart.message.textContent = sentence;
  chart.message.hidden = !sentence;
}

function showReset(chart) {
  const reset = chart.resetButton;
  const needed = zoomedRange(chart) !== null;
  if (!needed && reset === document.activeElement) chart.numbersButton.focus();
  reset.hidden = !needed;
}

/**
 * Write heading, subtitle, source line and description.
 * @param {object} chart
 */
export function showWords(chart) {
  const { data, heading, subtitle, note, source, plot } = chart;
  heading.textContent = data.title;
  heading.setAttribute("role", "heading");
  heading.setAttribute("aria-level", data.level ?? 2);
  subtitle.textContent = data.subtitle;
  subtitle.hidden = !data.subtitle;
  note.textContent = data.note ?? "";
  note.hidden = !data.note;
  showSources(source, data.source_parts);
  plot.setAttribute("role", "img");
  plot.setAttribute("aria-label", data.alt);
  showEmbed(chart);
}

function showTexts(chart) {
  const { data } = chart;
  showWords(chart);
  chart.resetButton.hidden = true;
  for (const button of [chart.numbersButton, chart.csvButton, chart.xlsxButton]) button.hidden = !data.table;
  showEvents(chart);
}

/**
 * List the events that the chart marks, in the order of their numbers.
 * @param {object} chart
 */
export function showEvents(chart) {
  const events = chart.data.figure.layout.meta?.events ?? [];
  chart.events.hidden = events.length === 0;
  chart.events.querySelector("summary").textContent = `Events marked in the chart (${events.length})`;
  chart.events.querySelector("ol").replaceChildren(
    ...events.map((event) => {
      const item = document.createElement("li");
      const title = document.createElement("strong");
      title.textContent = event.title;
      const status = event.status && event.status !== "confirmed" ? ` (${event.status})` : "";
      item.append(`${event.day}: `, title, `${status}. ${event.summary}`);
      item.value = event.number;
      return item;
    }),
  );
}

/**
 * Show or hide the number table.
 * @param {object} chart
 * @param {boolean} changed Whether the numbers are others than those on the page.
 */
export function showNumbers(chart, changed = false) {
  const open = chart.open && chart.data.table;
  chart.numbersButton.setAttribute("aria-expanded", String(Boolean(open)));
  if (!open) chart.table.replaceChildren();
  else if (changed || chart.tableShown !== chart.data.table || !chart.table.firstChild) {
    chart.table.replaceChildren(tableElement(numbers(chart), chart.data.title));
  }
  chart.tableShown = open ? chart.data.table : null;
}
