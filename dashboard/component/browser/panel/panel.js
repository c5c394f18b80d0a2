/**
 * The panel: settings, figures and a chart that follow the reader's hand without asking the server.
 *
 * Everything that is particular to one model is in an engine, a module of this folder that exports
 *
 *   addresses(values, model, held)  {name: address}: the tables that these settings need
 *   compute(values, tables, model)  what to show for these settings; a table still under way is absent from tables
 *   adjust(values, moved)           settings put in order after the one named `moved` was moved
 *
 * `values` holds one entry for each control, `model` is whatever Python passes on for the engine (and `low` with it:
 * whether the chart is as low as on a phone), and `held` lists the
 * addresses of the tables that are there. All three functions depend on their arguments alone; addresses are relative
 * to our own server. compute returns null while it lacks what nothing can be said without, otherwise
 *
 *   tiles     [{label, value, note} or null]; null keeps what the tile says and marks it as being updated
 *   lines     [text or null] below the tiles; null keeps the line
 *   sentence  the finding: subtitle of the chart, its description, and what a screen reader hears
 *   traces    {trace id: {x, y, customdata, visible}}: new attributes of traces of the figure that Python drew
 *   layout    {path: value}: new layout attributes, such as {"shapes[0].x1": "2024-08-28"}
 *   rows      () => rows of the number table, called only when somebody opens or saves it
 *
 * The panel draws at most once a frame. Python gets the settings once they have come to rest; what it sends back
 * changes source line, texts and what the engine knows (`model`), never a control.
 */

import { applyTheme, build as buildChart, show as showChart, showEvents, showNumbers, showWords } from "../chart/chart.js";
import { buildControls } from "./controls.js";
import { heightOf, loadPlotly, loadStylesheet, watchWidth } from "../chart/draw.js";
import { moveTraces, ROOM, updateTraces } from "../chart/motion.js";
import { tableStore } from "./tables.js";

const RELEASE_DELAY = 600; // milliseconds without a move or a hand on a setting until Python hears of it
const SETTLE_DELAY = 250; // until axes follow, the finding is read out and an open number table follows
const FAILED = "The server did not answer, so part of what is shown is older than the settings. Moving one tries again.";
const panels = new WeakMap();

/**
 * Entry point for Streamlit.
 * @param {{data: object, parentElement: HTMLElement, setStateValue: Function}} component
 * @param {{plotly: string, stylesheet: string, palette: object}} settings
 * @returns {Promise<() => void>} Cleanup, called when the panel leaves the page.
 */
export default async function mount(component, settings) {
  const { data, parentElement } = component;
  loadPlotly(settings.plotly).catch(() => {});
  const [engine] = await Promise.all([
    import(new URL(data.engine, import.meta.url).href),
    loadStylesheet(settings.stylesheet),
    loadStylesheet(new URL("panel.css", import.meta.url).href),
  ]);
  let panel = panels.get(parentElement);
  const first = !panel;
  if (first) {
    panel = build(parentElement, engine);
    panels.set(parentElement, panel);
  }
  Object.assign(panel, { component, settings, model: data.model });
  try {
    await receive(panel, data);
  } finally {
    // Python sends what stands below the panel once this is known, even if there is no chart to see.
    if (first) component.setStateValue("drawn", true);
  }
  return () => {
    panel.stop();
    panel.left = true; // a table may still be under way
    cancelAnimationFrame(panel.frame);
    clearTimeout(panel.releasing);
    clearTimeout(panel.settling);
    if (panel.chart.drawn) window.Plotly?.purge(panel.chart.plot);
    panels.delete(parentElement);
  };
}

/** Create the elements of a panel. */
function build(parent, engine) {
  const root = document.createElement("div");
  root.className = "mi-panel";
  root.innerHTML = `<div class="mi-split"><form class="mi-controls" aria-label="Settings"></form>
    <div class="mi-results"><div class="mi-tiles"></div><p class="mi-message" role="alert" hidden></p>
    <div class="mi-fan"></div><div class="mi-lines"></div></div></div>
    <p class="mi-spoken" role="status"></p>`;
  parent.append(root);
  const part = (name) => root.querySelector(`.mi-${name}`);
  const panel = { root, engine, given: {} };
  for (const name of ["controls", "tiles", "lines", "message", "spoken"]) panel[name] = part(name);
  panel.controls.onsubmit = (event) => event.preventDefault();
  panel.controls.onpointerdown = () => hold(panel);
  panel.chart = buildChart(part("fan"), false);
  panel.store = tableStore(() => requestStep(panel));
  panel.stop = watchWidth(panel.chart.plot, () => showChart(panel.chart).then(() => panel.values && step(panel)));
  return panel;
}

/** Create the controls, or other ones where a replayed day knows fewer or other defaults. */
function renewControls(panel, data) {
  const { engine, controls } = panel;
  controls.replaceChildren();
  panel.showControls = buildControls(controls, data, {
    moved: (name, value) => move(panel, engine.adjust({ ...panel.values, [name]: value }, name)),
    released: () => releaseSoon(panel),
    started: (values) => {
      move(panel, { ...panel.values, ...values });
      releaseSoon(panel);
    },
  });
}

/** Take what Python sends: on the first call everything, later only what differs from the last call. */
async function receive(panel, data) {
  const { chart, given, settings } = panel;
  panel.given = data;
  applyTheme(panel.root, settings.palette);
  chart.settings = settings;
  const restart = data.revision !== given.revision;
  const learned = !same(data.model, given.model);
  if (restart) panel.values = data.values;
  if (!same([data.controls, data.presets], [given.controls, given.presets])) renewControls(panel, data);
  panel.showControls(panel.values);
  const fresh = restart || !same(data.figure, given.figure);
  if (fresh) {
    showResults(panel, data);
    const { title, table, file_name, sentence } = data;
    chart.behind = null;
    chart.data = { figure: structuredClone(data.figure), title, table, file_name, subtitle: sentence };
  }
  const { source, source_parts, as_of, data_version, embed } = data;
  const alt = `${data.title}. ${chart.data.subtitle}`;
  Object.assign(chart.data, { source, source_parts, as_of, data_version, embed, alt });
  const recoloured = panel.theme !== panel.root.dataset.theme;
  panel.theme = panel.root.dataset.theme;
  if (fresh || recoloured) await showChart(chart);
  else showWords(chart);
  panel.root.parentElement.style.minHeight = "";
  if (fresh || learned) step(panel);
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function move(panel, values) {
  panel.values = values;
  panel.store.retry();
  panel.showControls(values);
  requestStep(panel);
}

/** Draw now, or in the next frame if this one has been drawn already. */
function requestStep(panel) {
  if (panel.frame) {
    panel.again = true;
    return;
  }
  panel.frame = requestAnimationFrame(() => {
    panel.frame = 0;
    if (panel.again) requestStep(panel);
  });
  panel.again = false;
  step(panel);
}

/** Work out and show everything for the present settings. */
function step(panel) {
  if (panel.left) return;
  const { engine, values, model, chart, store } = panel;
  const wanted = engine.addresses(values, model, store.held());
  const tables = store.get(wanted);
  panel.root.setAttribute("aria-busy", String(Object.keys(tables).length < Object.keys(wanted).length));
  const failed = store.failed(wanted);
  panel.message.hidden = !failed;
  write(panel.message, failed ? FAILED : "");
  const { layout } = chart.data.figure;
  const low = heightOf(layout, chart.plot.clientWidth) < layout.height;
  const result = engine.compute(values, tables, { ...model, low });
  if (!result) return;
  showResults(panel, result);
  chart.rows = result.rows;
  changeChart(panel, result);
  clearTimeout(panel.settling);
  panel.settling = setTimeout(() => settle(panel, result), SETTLE_DELAY);
}

function showResults({ tiles, lines }, result) {
  while (tiles.childElementCount < result.tiles.length) tiles.append(tile());
  result.tiles.forEach((content, index) => {
    const shown = tiles.children[index];
    shown.classList.toggle("mi-updating", content === null);
    if (!content) return;
    write(shown.children[0], content.label);
    write(shown.children[1], content.value);
    write(shown.children[2], content.note);
  });
  while (lines.childElementCount < result.lines.length) lines.append(document.createElement("p"));
  result.lines.forEach((text, index) => text !== null && write(lines.children[index], text));
}

function tile() {
  const created = document.createElement("div");
  created.className = "mi-tile";
  created.innerHTML = '<p class="mi-tile-label"></p><p class="mi-tile-value"></p><p class="mi-tile-note"></p>';
  return created;
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Move the traces of the chart. The figure is kept in step, so that a later redraw and an export agree. */
function changeChart({ chart, settings }, { traces, layout, sentence }) {
  const { figure } = chart.data;
  let appeared = false;
  const changes = {};
  for (const trace of figure.data) {
    const change = traces[trace.uid];
    if (!change) continue;
    const { visible = true, ...values } = change;
    appeared ||= visible !== (trace.visible ?? true);
    changes[trace.uid] = Object.fromEntries(
      Object.entries(values).filter(([name, value]) => name !== "x" || reaches(value) !== reaches(trace.x)),
    );
    Object.assign(trace, values, { visible });
  }
  const moved = {};
  for (const [path, value] of Object.entries(layout)) if (setPath(figure.layout, path, value)) moved[path] = value;
  chart.data.subtitle = sentence;
  write(chart.subtitle, sentence);
  if (!chart.drawn) return;
  if (appeared) {
    chart.behind = null;
    showChart(chart);
  } else {
    const follows = !figure.layout.yaxis.range;
    chart.behind = { changes: { ...chart.behind?.changes, ...changes }, axis: follows ? { "yaxis.autorange": true } : {} };
    const sameFrame = !Object.keys(moved).length && !Object.values(changes).some(({ x }) => x);
    if (sameFrame && moveTraces(chart.plot, changes, follows)) return;
    // Room above the values, so that the next frames can move them without new axes.
    const highest = Math.max(1, ...figure.data.flatMap(({ y, visible = true }) => (visible === true ? y : [])));
    const room = follows && sameFrame ? { "yaxis.range": [0, ROOM * highest] } : {};
    updateTraces(window.Plotly, chart.plot, chart.behind.changes, { ...moved, ...room });
  }
}

/** How far a trace reaches: traces of a horizon share their first day. */
const reaches = (x) => `${x.length} ${x.at(-1)}`;

/** Set "shapes[0].x1" in a layout and tell whether that changed anything. */
function setPath(layout, path, value) {
  const names = path.split(/[.[\]]+/).filter(Boolean);
  const last = names.pop();
  const place = names.reduce((part, name) => part?.[name], layout);
  if (!place || place[last] === value) return false;
  place[last] = value;
  return true;
}

/** What can wait until the hand rests. */
function settle({ chart, spoken, given }, { sentence }) {
  if (chart.behind) updateTraces(window.Plotly, chart.plot, chart.behind.changes, chart.behind.axis);
  chart.behind = null;
  write(spoken, sentence);
  chart.data.alt = `${given.title}. ${sentence}`;
  showWords(chart);
  showEvents(chart);
  showNumbers(chart, true);
}

/** Tell Python the settings once they rest; the serial number lets it tell a new release from an old one. */
function releaseSoon(panel) {
  panel.unsaid = true;
  clearTimeout(panel.releasing);
  if (panel.held) return;
  panel.releasing = setTimeout(() => {
    panel.unsaid = false;
    // Another server than the one that drew the page tells by the address whether it has been written there already.
    const { search: address } = location;
    panel.component.setStateValue("released", { serial: Date.now(), values: panel.values, address });
  }, RELEASE_DELAY);
}

/** Say nothing while a pointer is down: the answer would make the page below busy while the hand moves. */
function hold(panel) {
  const letGo = () => {
    panel.held = false;
    for (const end of ["pointerup", "pointercancel"]) window.removeEventListener(end, letGo, true);
    if (panel.unsaid && !panel.left) releaseSoon(panel);
  };
  panel.held = true;
  clearTimeout(panel.releasing);
  for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, letGo, true);
}
