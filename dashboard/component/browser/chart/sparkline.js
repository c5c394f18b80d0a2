/** A tiny line for a card, drawn without the drawing library: one path and a dot for the latest value. */

import { svgElement } from "./draw.js";

const EDGE = 4;

/**
 * Draw a sparkline into its place, replacing an earlier one.
 * @param {HTMLElement} place Element with a width; gets the height of the figure.
 * @param {{data: object[], layout: object}} figure Figure with real colours; its first trace is drawn.
 * @param {string} alt The line in one sentence.
 */
export function drawSparkline(place, { data, layout }, alt) {
  const { x, y, line } = data[0];
  const height = layout.height;
  const width = Math.max(40, place.clientWidth);
  const times = x.map((day) => Date.parse(day));
  const known = y.filter((value) => value !== null);
  const scale = (value, [low, high], from, to) =>
    high > low ? from + ((value - low) / (high - low)) * (to - from) : (from + to) / 2;
  const across = [Math.min(...times), Math.max(...times)];
  const up = [Math.min(...known), Math.max(...known)];
  const at = times.map((time, i) =>
    y[i] === null ? null : [scale(time, across, EDGE, width - EDGE), scale(y[i], up, height - EDGE, EDGE)],
  );
  const path = at
    .map((point, i) => point && `${i && at[i - 1] ? "L" : "M"}${point[0].toFixed(1)} ${point[1].toFixed(1)}`)
    .filter(Boolean)
    .join("");
  const end = at.findLast((point) => point) ?? [width / 2, height / 2];

  const svg = svgElement("svg", { width, height, role: "img", "aria-label": alt, viewBox: `0 0 ${width} ${height}` });
  if (known.length) {
    svg.append(
      svgElement("path", { d: path, fill: "none", stroke: line.color, "stroke-width": 1.5, "stroke-linejoin": "round" }),
      svgElement("circle", { cx: end[0], cy: end[1], r: 2.5, fill: line.color }),
    );
  }
  place.style.height = `${height}px`;
  place.replaceChildren(svg);
}
