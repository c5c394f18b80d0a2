/**
 * The drawing core: everything a chart needs that has nothing to do with headings, tables or buttons.
 *
 * A figure comes from Python as plain data whose colours are tokens ("@observed/0.25"). Here it gets the
 * colours of the active theme and the width of its place, and is drawn into that place again and again:
 * a place keeps its element for life, so zoom, hover and scroll survive every update.
 */

const NARROW = 520;
const TOKEN = /^@([a-z]+)(?:\/(0(?:\.\d+)?|1(?:\.0+)?))?$/;
const CONFIG = { displayModeBar: false, displaylogo: false, plotlyServerURL: "", showTips: false, responsive: false };

/** Levels that bound the lower and the upper strip of each band of a fan; the same as in charts/quantiles.py. */
const FAN_BANDS = {
  band90: ["0.05", "0.1", "0.9", "0.95"],
  band80: ["0.1", "0.25", "0.75", "0.9"],
  band50: ["0.25", "0.5", "0.5", "0.75"],
};

/** Levels that the median of a fan carries along for its hover label; the same as in charts/quantiles.py. */
const FAN_HOVER_LEVELS = ["0.25", "0.75", "0.1", "0.9", "0.05", "0.95"];

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
    return `rgba(${red}, ${green}, ${blue}, ${match[2]})`;
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
 * Make a figure ready for the screen: colours, font, width, hidden groups.
 * @param {object} figure Figure with colour tokens.
 * @param {{colours: object, font: string, width: number, hidden?: Set<string>}} look
 * @returns {{data: object[], layout: object}}
 */
export function fitFigure(figure, { colours, font, width, hidden = new Set() }) {
  const { data, layout } = resolveColours(figure, colours);
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
 * Change the values of some traces in place; the elements of the chart stay.
 * @param {object} Plotly
 * @param {HTMLElement} place Where the figure is drawn.
 * @param {Object<string, object>} changes New attributes (x, y, customdata) by trace id.
 * @param {Object<string, *>} layout New layout attributes by path, such as "shapes[0].x1".
 * @returns {Promise<void>}
 */
export async function updateTraces(Plotly, place, changes, layout) {
  releaseAxis(place);
  const indices = [];
  const attributes = {};
  place.data.forEach((trace, index) => {
    if (!changes[trace.uid]) return;
    for (const [name, values] of Object.entries(changes[trace.uid])) {
      attributes[name] ??= [];
      attributes[name][indices.length] = values;
    }
    indices.push(index);
  });
  // A shorter list would be repeated for the traces that have no such attribute.
  for (const values of Object.values(attributes)) values.length = indices.length;
  if (Object.keys(layout).length) await Plotly.update(place, attributes, layout, indices);
  else if (indices.length) await Plotly.restyle(place, attributes, indices);
}

export const ROOM = 1.4; // height of a vertical axis over its highest value while a hand moves
const EMPTIEST = 0.4; // of a vertical axis that follows the values, before it reaches less far
const LINES = ["lines", "lines+markers"];
const pixels = new WeakMap();
const stretches = new WeakMap();

/**
 * Move lines and bands at once: what follows the hand at every frame.
 *
 * A full update takes the drawing library longer than a frame lasts, nearly all of it for axes and labels that stay.
 * So updateTraces may come later, to bring along all else and what the library knows of the values.
 * @param {HTMLElement} place Where the figure is drawn.
 * @param {Object<string, object>} changes New values y by trace id; with new x a full update is needed.
 * @param {boolean} follows Whether the vertical axis follows the values.
 * @returns {boolean} Whether all was moved. If not nothing was: something is no plain line or band, or leaves the axis.
 */
export function moveTraces(place, changes, follows) {
  const { xaxis, yaxis } = place._fullLayout;
  const lines = [];
  let highest = 0;
  for (const trace of place.data) {
    if (trace.visible === false || trace.visible === "legendonly") continue;
    const { x, y = trace.y } = changes[trace.uid] ?? {};
    const parts = place.querySelectorAll(`.scatterlayer .trace${trace.uid} path.js-${trace.fill ? "fill" : "line"}`);
    const plain = trace.type === "scatter" && LINES.includes(trace.mode) && [undefined, "toself"].includes(trace.fill);
    if (parts.length !== 1 || !plain || x || y.length !== trace.x.length) return false;
    for (const value of y) if (value > highest) highest = value;
    lines.push({ trace, y, path: parts[0] });
  }
  if (!lines.length || yaxis.type !== "linear" || yaxis.range[0] !== 0) return false;
  let top = stretches.get(place)?.top ?? yaxis.range[1];
  const stretched = highest > top || (follows && highest < EMPTIEST * top);
  if (stretched) {
    top = ROOM * Math.max(1, highest);
    if (!follows || !stretchAxis(place, top)) return false;
  }
  for (const { trace, y, path } of lines) {
    if (!stretched && !changes[trace.uid]) continue;
    const places = pixelsOf(trace.x, xaxis);
    const heights = y.map((value) => (value === null ? null : yaxis._length * (1 - value / top)));
    path.setAttribute("d", pathOf(places, heights));
    if (trace.mode === "lines") continue;
    place.querySelectorAll(`.scatterlayer .trace${trace.uid} .point`).forEach((point, index) => {
      point.setAttribute("transform", `translate(${places[index]},${heights[index]})`);
    });
  }
  return true;
}

/**
 * Let a vertical axis that starts at 0 end at another value: its marks stay and stand for other values.
 * @param {HTMLElement} place Where the figure is drawn.
 * @param {number} top Where the axis is to end.
 * @returns {boolean} Whether it could be done.
 */
function stretchAxis(place, top) {
  const axis = place._fullLayout.yaxis;
  if (axis.tickformat !== ",") return false;
  const bottom = axis._offset + axis._length;
  let marks = stretches.get(place)?.marks;
  if (!marks) {
    const elements = [...place.querySelectorAll("path.ytick, path.ygrid, .ytick text")];
    marks = elements.map((element) => {
      const before = element.getAttribute("transform");
      return { element, before, text: element.textContent, height: bottom - Number(/,\s*([-\d.]+)\)$/.exec(before)?.[1]) };
    });
  }
  const heights = [...new Set(marks.map(({ height }) => height.toFixed(1)))].map(Number).sort((one, other) => one - other);
  if (heights.length < 2 || heights.some(Number.isNaN)) return false;
  const step = niceStep(top / heights.length);
  for (const { element, height, text } of marks) {
    const value = step * heights.indexOf(Number(height.toFixed(1)));
    element.setAttribute("transform", `translate(0,${bottom - (axis._length * value) / top})`);
    element.style.visibility = value > top ? "hidden" : "";
    if (text) element.textContent = value.toLocaleString("en-US");
  }
  stretches.set(place, { top, marks });
  return true;
}

/** The smallest of 1, 2 and 5 times a power of ten that is larger than a number. */
function niceStep(smallest) {
  const power = 10 ** Math.floor(Math.log10(smallest));
  return power * [1, 2, 5, 10].find((factor) => factor * power > smallest);
}

/** Give the marks of an axis back to the drawing library as it made them. */
function releaseAxis(place) {
  for (const { element, before, text } of stretches.get(place)?.marks ?? []) {
    element.setAttribute("transform", before);
    element.style.visibility = "";
    if (text) element.textContent = text;
  }
  stretches.delete(place);
}

/** Horizontal places of dates; the same list again while dates and axis stay. */
function pixelsOf(x, axis) {
  const stand = `${axis.range} ${axis._length}`;
  const known = pixels.get(x);
  if (known?.stand === stand) return known.places;
  const places = x.map((day) => (day === null ? null : axis.d2p(day)));
  pixels.set(x, { stand, places });
  return places;
}

function pathOf(places, heights) {
  let path = "";
  let pen = "M";
  for (let index = 0; index < places.length; index += 1) {
    if (places[index] === null || heights[index] === null) {
      pen = "M";
      continue;
    }
    path += `${pen}${places[index].toFixed(1)},${heights[index].toFixed(1)}`;
    pen = "L";
  }
  return path;
}

/**
 * Outlines of the bands of a fan, by trace id; the same shapes as charts/quantiles.py draws.
 * @param {string[]} dates Target dates.
 * @param {Object<string, number[]>} levels Values by quantile level ("0.05" to "0.95").
 * @returns {Object<string, {x: Array, y: Array}>}
 */
export function fanOutlines(dates, levels) {
  const outlines = {};
  for (const [id, [lowest, innerLow, innerHigh, highest]] of Object.entries(FAN_BANDS)) {
    const strips =
      innerLow === innerHigh
        ? [[levels[lowest], levels[highest]]]
        : [[levels[innerHigh], levels[highest]], [levels[lowest], levels[innerLow]]];
    const x = [];
    const y = [];
    for (const [low, high] of strips) {
      if (x.length) {
        x.push(null);
        y.push(null);
      }
      x.push(...dates, ...[...dates].reverse(), dates[0]);
      y.push(...low, ...[...high].reverse(), low[0]);
    }
    outlines[id] = { x, y };
  }
  return outlines;
}

/**
 * Return every trace of a fan that follows from its levels: the bands, and the median with its hover label's values.
 * @param {Array} x Dates or weeks.
 * @param {object} levels Values by quantile level.
 * @returns {object} Attributes by id of the trace.
 */
export function fanTraces(x, levels) {
  const customdata = x.map((_, place) => FAN_HOVER_LEVELS.map((level) => levels[level][place]));
  return { ...fanOutlines(x, levels), median: { x, y: levels["0.5"], customdata } };
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
