/** Charts from the keyboard: arrow keys go from figure to figure, with the label that a pointer would bring up. */

const KEYS = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 };
// What a label says that is made from numbers is known once it is drawn, which Plotly does every 50 ms at most.
const DRAWN = 80;
const HELP = "Arrow keys read its figures one by one.";

/**
 * Let the keyboard read a plot.
 * @param {HTMLElement} plot Where the chart is drawn.
 * @param {HTMLElement} spoken A polite live region.
 */
export function readByKeyboard(plot, spoken) {
  let at = -1;
  plot.tabIndex = 0;
  plot.setAttribute("aria-description", HELP);
  plot.addEventListener("keydown", (event) => {
    const stops = stopsOf(plot.data ?? []);
    const ends = { Home: 0, End: stops.length - 1 };
    if (!stops.length || !(event.key in KEYS || event.key in ends) || event.ctrlKey || event.altKey || event.metaKey) {
      if (event.key === "Escape") leave();
      return;
    }
    event.preventDefault();
    at = ends[event.key] ?? Math.min(stops.length - 1, Math.max(0, at + KEYS[event.key]));
    const { points, text, axis } = stops[at];
    const say = (words) => { spoken.textContent = `${words}. ${at + 1} of ${stops.length}.`; };
    window.Plotly.Fx.hover(plot, points, axis);
    if (text) say(text);
    else setTimeout((stop) => { if (at === stop) say(labelsOf(plot)); }, DRAWN, at);
  });
  const leave = () => {
    at = -1;
    spoken.textContent = "";
    if (plot.data) window.Plotly?.Fx.unhover(plot);
  };
  plot.addEventListener("blur", leave);
}

/**
 * List where the keyboard stops in a drawn chart, in order of time: at each figure once, and at all lines of a day.
 * @param {object[]} data Traces as drawn.
 * @returns {{points: {curveNumber: number, pointNumber: number}[], axis: string, at: any, text: string}[]}
 */
export function stopsOf(data) {
  const stops = new Map();
  data.forEach(({ x, y, hovertext, hovertemplate, visible, legendgroup, yaxis, hoverinfo }, curveNumber) => {
    const worded = Array.isArray(hovertext);
    const told = worded || (hovertemplate && !hovertemplate.includes("%{hovertext}"));
    if (!x?.length || visible === "legendonly" || hoverinfo === "skip" || !told) return;
    const axis = `x${yaxis ?? "y"}`;
    Array.from(x).forEach((day, pointNumber) => {
      if (y?.[pointNumber] == null || (worded && !hovertext[pointNumber])) return;
      const text = worded ? plain(hovertext[pointNumber]) : "";
      const key = worded ? `${legendgroup}|${text}` : `${axis}|${day}`;
      if (!stops.has(key)) stops.set(key, { points: [], axis, at: day, text });
      if (!worded || !stops.get(key).points.length) stops.get(key).points.push({ curveNumber, pointNumber });
    });
  });
  return [...stops.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function labelsOf(plot) {
  const lines = (label) => [...label.querySelectorAll("text.nums")].flatMap((text) => {
    const spans = [...text.querySelectorAll("tspan.line")];
    return spans.length ? spans.map((span) => span.textContent) : [text.textContent];
  });
  return [...plot.querySelectorAll(".hoverlayer .hovertext")].flatMap(lines).filter(Boolean).join(", ");
}

function plain(markup) {
  const element = document.createElement("template");
  // After a space a line goes on; elsewhere the next one says something else.
  element.innerHTML = markup.replaceAll(" <br>", " ").replaceAll("<br>", ", ");
  return element.content.textContent;
}
