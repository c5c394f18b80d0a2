/** Charts from the keyboard: arrow keys go from figure to figure, with the label that a pointer would bring up. */

const KEYS = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 };
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
    const points = pointsOf(plot.data ?? []);
    const ends = { Home: 0, End: points.length - 1 };
    if (!points.length || !(event.key in KEYS || event.key in ends) || event.ctrlKey || event.altKey || event.metaKey) {
      if (event.key === "Escape") leave();
      return;
    }
    event.preventDefault();
    at = ends[event.key] ?? Math.min(points.length - 1, Math.max(0, at + KEYS[event.key]));
    const { curveNumber, pointNumber, text, axis } = points[at];
    window.Plotly.Fx.hover(plot, [{ curveNumber, pointNumber }], axis);
    spoken.textContent = `${text}. ${at + 1} of ${points.length}.`;
  });
  const leave = () => {
    at = -1;
    spoken.textContent = "";
    if (plot.data) window.Plotly?.Fx.unhover(plot);
  };
  plot.addEventListener("blur", leave);
}

/**
 * List what a drawn chart says, in order of time; figures first, a figure once.
 * @param {object[]} data Traces as drawn.
 * @returns {{curveNumber: number, pointNumber: number, text: string}[]}
 */
export function pointsOf(data) {
  const points = [];
  const seen = new Set();
  data.forEach(({ x, y, hovertext, visible, legendgroup, yaxis }, curveNumber) => {
    if (!Array.isArray(hovertext) || !Array.isArray(x) || visible === "legendonly") return;
    hovertext.forEach((words, pointNumber) => {
      const key = `${legendgroup}|${words}`;
      if (!words || y?.[pointNumber] == null || seen.has(key)) return;
      seen.add(key);
      points.push({ curveNumber, pointNumber, axis: `x${yaxis ?? "y"}`, at: x[pointNumber], text: plain(words) });
    });
  });
  return points.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function plain(markup) {
  const element = document.createElement("template");
  element.innerHTML = markup.replaceAll("<br>", ", ");
  return element.content.textContent;
}
