/** The charts of a briefing that is opened by its address: drawn for paper, each in the place of its words. */

import { loadPlotly } from "./chart/draw.js";
import { PAPER, svgDocument } from "./chart/image.js";

const { settings, charts } = JSON.parse(document.getElementById("drawing").textContent);
const figures = document.querySelectorAll("figure");
const Plotly = await loadPlotly(settings.plotly);
for (const [place, data] of charts.entries()) {
  if (data.figure.layout.meta?.empty) continue;
  const { text } = await svgDocument(Plotly, data, settings.palette.light, new Set(), null, PAPER);
  const picture = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  figures[place].replaceChildren(document.importNode(picture, true));
}
