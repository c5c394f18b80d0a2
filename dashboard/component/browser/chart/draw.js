/**
 * The drawing core: everything a chart needs that has nothing to do with headings, tables or buttons.
 *
 * A figure comes from Python as plain data whose colours are tokens ("@observed/0.25"). Here it gets the
 * colours of the active theme and the width of its place, and is drawn into that place again and again:
 * a place keeps its element for life, so zoom, hover and scroll survive every update.
 */

import { withNamedEnds } from "./ends.js";
import { releaseAxis } from "./motion.js";

const NARROW = 520;
const PHONE = 440;
const DARK_LIFT = 0.17; // the same as in charts/palette.py
const TOKEN = /^@([a-z]+)(?:\/(0(?:\.\d+)?|1(?:\.0+)?))?$/;
const CONFIG = { displayModeBar: false, displaylogo: false, plotlyServerURL: "", showTips: false, responsive: false };

/**
 * Create an element of a drawing.
 * @param {string} name
 * @param {Object<string, string|number>} [attributes]
 * @returns {SVGElement}
 */
export function svgElement(name, attributes = {}) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  return element;
}

/**
 * Load the drawing library, once for the whole page however many charts ask for it.
 * @param {string} url Address on our own server.
 * @returns {Promise<object>} The Plotly object; rejects if the file cannot be loaded.
 */
export function loadPlotly(url) {
  window.moralePlotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(url, window.location.origin).href;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      // Forget the failure, so that the next chart or rerun tries again.
      window.moralePlotly = undefined;
      script.remove();
      reject(new Error(`cannot load ${script.src}`));
    };
    document.head.append(script);
  });
  return window.moralePlotly;
}

/**
 * Load a stylesheet, once for the whole page.
 * @param {string} url Address on our own server.
 * @returns {Promise<void>} Settles when the rules apply, or when it is clear that they never will.
 */
export function loadStylesheet(url) {
  const { href } = new URL(url, window.location.origin);
  window.moraleStylesheets ??= {};
  window.moraleStylesheets[href] ??= new Promise((resolve) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.onload = link.onerror = () => resolve();
    document.head.append(link);
  });
  return window.moraleStylesheets[href];
}

/**
 * Tell which theme a part of the page has, from the background colour Streamlit gives it.
 * @param {Element} element Any element inside the component.
 * @returns {"light"|"dark"}
 */
export function themeOf(element) {
  const background = getComputedStyle(element).getPropertyValue("--st-background-color").trim();
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})/i.exec(background)?.[1];
  const parts = digits
    ? (digits.length === 3 ? [...digits].map((d) => d + d) : digits.match(/../g)).map((pair) => parseInt(pair, 16))
    : (background.match(/[\d.]+/g) ?? [255, 255, 255]).slice(0, 3).map(Number);
  return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] < 128 ? "dark" : "light";
}

/**
 * Replace every colour token in a structure; the same rule as palette.resolve in Python.
 * @param {*} value Figure or part of one.
 * @param {Object<string, string>} colours Hex colours by meaning.
 * @returns {*} A copy with real colours.
 */
export function resolveColours(value, colours) {
  if (typeof value === "string") {
    const match = TOKEN.exec(value);
    const hex = match && colours[match[1]];
    if (!hex) return value;
    if (match[2] === undefined) return hex;
    const [red, green, blue] = [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16));
    const lift = parseInt(colours.background.slice(1, 3), 16) < 128 ? DARK_LIFT : 0;
    const opacity = Number(match[2]);
    return `rgba(${red}, ${green}, ${blue}, ${Math.round(1000 * (opacity + lift * (1 - opacity))) / 1000})`;
  }
  if (Array.isArray(value)) return value.map((item) => resolveColours(item, colours));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveColours(item, colours)]));
  }
  return value;
}

/**
 * Name under which a trace is shown and hidden: its group, or itself.
 * @param {object} trace
 * @returns {string}
 */
export function groupOf(trace) {
  return trace.legendgroup || trace.name || "";
}

/**
 * Height of a figure at some width: some are lower on a phone, where they stay in sight above their settings.
 * @param {object} layout
 * @param {number} width
 * @returns {number} Pixels.
 */
export function heightOf(layout, width) {
  return (width < PHONE && layout.meta?.narrow_height) || layout.height;
}

/**
 * Make a figure ready for the screen: colours, font, width, hidden groups.
 * @param {object} figure Figure with colour tokens.
 * @param {{colours: object, font: string, width: number, hidden?: Set<string>}} look
 * @returns {{data: object[], layout: object}}
 */
export function fitFigure(figure, { colours, font, width, hidden = new Set() }) {
  const { data, layout } = withNamedEnds(resolveColours(figure, colours), width, hidden);
  for (const trace of data) if (trace.visible !== false && hidden.has(groupOf(trace))) trace.visible = "legendonly";
  const touch = window.matchMedia("(pointer: coarse)").matches;
  const fitted = {
    ...layout,
    width,
    autosize: false,
    showlegend: false,
    // A finger that drags across a chart wants to scroll the page.
    dragmode: touch ? false : "zoom",
    font: { ...layout.font, family: font, size: Math.max(12, layout.font?.size ?? 13) },
    hoverlabel: { ...layout.hoverlabel, font: { ...layout.hoverlabel?.font, family: font } },
    uirevision: layout.uirevision ?? "keep",
  };
  fitted.height = heightOf(layout, width);
  if (fitted.height < layout.height) {
    // A low chart has room for its lines alone.
    fitted.margin = { ...layout.margin, t: 16 };
    for (const axis of ["xaxis", "yaxis"]) fitted[axis] = { ...layout[axis], title: undefined, nticks: 4 };
  }
  if (width < NARROW && fitted.xaxis) fitted.xaxis = { ...fitted.xaxis, nticks: Math.min(5, fitted.xaxis.nticks ?? 5) };
  return { data, layout: fitted };
}

/**
 * Wait until a chart is worth drawing: at once if it is in sight, otherwise when it comes near or nothing else waits.
 * @param {Element} place Where the chart will be drawn.
 * @returns {Promise<void>}
 */
export function turnToDraw(place) {
  const { top, bottom } = place.getBoundingClientRect();
  if (bottom > 0 && top < window.innerHeight) return Promise.resolve();
  return new Promise((resolve) => {
    const watch = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && start());
    const start = () => {
      watch.disconnect();
      resolve();
    };
    watch.observe(place);
    // Not every browser tells when it is idle.
    (window.requestIdleCallback ?? ((call) => setTimeout(call, 200)))(start);
  });
}

/**
 * Draw a figure into its place, or update what is already drawn there.
 * @param {object} Plotly
 * @param {HTMLElement} place
 * @param {{data: object[], layout: object}} fitted Result of fitFigure.
 * @returns {Promise<void>}
 */
export async function drawInPlace(Plotly, place, fitted) {
  releaseAxis(place);
  await Plotly.react(place, fitted.data, fitted.layout, CONFIG);
}

/**
 * Call back when an element's width changes, at most once a frame.
 * @param {HTMLElement} element
 * @param {(width: number) => void} changed
 * @returns {() => void} Stop watching.
 */
export function watchWidth(element, changed) {
  let last = element.clientWidth;
  let frame = 0;
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      if (element.clientWidth === last) return;
      last = element.clientWidth;
      // Inside a closed tab or expander there is no width; drawing waits until it opens.
      if (last) changed(last);
    });
  });
  observer.observe(element);
  return () => {
    cancelAnimationFrame(frame);
    observer.disconnect();
  };
}
