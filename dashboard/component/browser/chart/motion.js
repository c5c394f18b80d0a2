/**
 * Motion: what follows the reader's hand in a chart that is drawn already, and what brings it up to date at rest.
 */

export const ROOM = 1.4; // height of a vertical axis over its highest value while a hand moves
const EMPTIEST = 0.4; // of a vertical axis that follows the values, before it reaches less far
const LINES = ["lines", "lines+markers"];
const pixels = new WeakMap();
const stretches = new WeakMap();

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
  const { xaxis, yaxis } = place._fullLayout ?? {};
  if (!xaxis?.d2p || !yaxis?._length) return false; // the library's own fields, which another version may name otherwise
  const lines = [];
  const words = [];
  let highest = 0;
  for (const trace of place.data) {
    if (trace.visible === false || trace.visible === "legendonly") continue;
    const { x, y = trace.y, text = trace.text } = changes[trace.uid] ?? {};
    if (trace.mode === "text") {
      const names = [...place.querySelectorAll(`.scatterlayer .trace${trace.uid} .textpoint text`)];
      if (names.length !== y.length || x) return false;
      words.push({ names, y, text });
      continue;
    }
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
  for (const { names, y, text } of words) {
    names.forEach((name, index) => {
      name.setAttribute("y", yaxis._length * (1 - y[index] / top));
      if (name.textContent !== text[index]) name.textContent = text[index];
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
export function releaseAxis(place) {
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
