/** The legend, as buttons below the chart: it wraps on a phone and works from the keyboard. */

import { groupOf, svgElement } from "./draw.js";

const DASHES = { dash: "6 4", dot: "2 3", dashdot: "6 3 2 3", longdash: "9 4" };
const SHAPES = {
  circle: "M16 7a4.5 4.5 0 1 0 0.01 0z",
  square: "M12 7.5h8v8h-8z",
  diamond: "M16 6l5.5 5.5l-5.5 5.5l-5.5 -5.5z",
  "triangle-up": "M16 6.5l5 9h-10z",
  x: "M12 8l1.5 -1.5l2.5 3l2.5 -3l1.5 1.5l-2.7 3.5l2.7 3.5l-1.5 1.5l-2.5 -3l-2.5 3l-1.5 -1.5l2.7 -3.5z",
  star: "M16 5.5l1.8 4.1l4.4 .3l-3.4 2.9l1.1 4.3l-3.9 -2.4l-3.9 2.4l1.1 -4.3l-3.4 -2.9l4.4 -.3z",
};

/**
 * Fill a list with one button for each named group of traces.
 * @param {HTMLElement} list Element to fill; what it held before is replaced.
 * @param {object} figure Figure with real colours.
 * @param {Set<string>} hidden Groups that are hidden now.
 * @param {(group: string) => void} toggle Called with the group whose button was pressed.
 */
export function fillLegend(list, figure, hidden, toggle) {
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.group : null;
  const shown = figure.data.filter((t) => t.name && t.showlegend !== false && t.visible !== false);
  const named = figure.layout.showlegend === false ? [] : shown;
  list.replaceChildren(
    ...named.map((trace) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "mi-key";
      button.dataset.group = groupOf(trace);
      button.setAttribute("aria-pressed", String(!hidden.has(groupOf(trace))));
      button.title = "Show or hide";
      button.append(swatch(trace), trace.name);
      button.onclick = () => toggle(groupOf(trace));
      item.append(button);
      return item;
    }),
  );
  list.hidden = named.length === 0;
  if (focused) [...list.querySelectorAll("button")].find((button) => button.dataset.group === focused)?.focus();
}

function swatch(trace) {
  const svg = svgElement("svg", { width: 32, height: 22, "aria-hidden": "true", viewBox: "0 0 32 22" });
  if (trace.type === "bar") {
    svg.append(svgElement("rect", { x: 10, y: 5, width: 12, height: 12, fill: typical(trace.marker?.color) }));
    return svg;
  }
  if (trace.fill) {
    const hatched = trace.fillpattern?.shape;
    const colour = hatched ? trace.fillpattern.fgcolor : trace.fillcolor;
    svg.append(svgElement("rect", { x: 4, y: 4, width: 24, height: 14, fill: hatched ? "none" : colour, stroke: colour }));
    if (hatched) svg.append(svgElement("path", { d: "M4 18l14 -14M11 18l14 -14M18 18l10 -10M4 11l7 -7", stroke: colour }));
    return svg;
  }
  const mode = trace.mode ?? "lines";
  if (mode.includes("lines")) {
    const { color, width = 2, dash } = trace.line ?? {};
    const d = trace.uid === "events" ? "M16 2v18" : "M3 11h26";
    const stroke = { stroke: color, "stroke-width": width, "stroke-dasharray": DASHES[dash] ?? "none" };
    svg.append(svgElement("path", { d, ...stroke }));
  }
  if (mode.includes("markers")) {
    const symbol = typical(trace.marker?.symbol) ?? "circle";
    const open = symbol.endsWith("-open");
    const colour = typical(trace.marker?.color) ?? trace.line?.color;
    const paint = open ? { fill: "none", stroke: colour, "stroke-width": 1.5 } : { fill: colour };
    svg.append(svgElement("path", { d: SHAPES[symbol.replace("-open", "")] ?? SHAPES.circle, ...paint }));
  }
  return svg;
}

/** The usual value of an attribute that may differ from point to point: the most frequent one. */
function typical(value) {
  if (!Array.isArray(value)) return value;
  const counts = new Map();
  for (const item of value) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
