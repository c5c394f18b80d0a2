/** Names at the ends of lines: where they fit they stand beside the plot, and the legend leaves them out. */

const LETTER = 6.6; // pixels a letter of 12 px takes, roughly, and a line of text
const LINE = 16;
const BELOW = 64; // what the horizontal axis takes below a plot
const SHARE = 0.28; // of the chart's width that names may take

/**
 * Put a figure's names beside its plot, if they fit.
 * @param {{data: object[], layout: object}} figure Figure with real colours; `layout.meta.ends` says what to name.
 * @param {number} width Width of the chart in pixels.
 * @param {Set<string>} hidden Groups that are not shown.
 * @param {number} below Pixels that the horizontal axis and what is under it take.
 * @returns {{data: object[], layout: object}} The figure with names, or as it was.
 */
export function withNamedEnds({ data, layout }, width, hidden = new Set(), below = BELOW) {
  const ends = (layout.meta?.ends ?? []).filter(({ group }) => !hidden.has(group));
  const letters = Math.floor(Math.min(width * SHARE, 220) / LETTER);
  const names = ends.map((end) => ({ ...end, lines: wrapped(end.text, letters) }));
  const top = layout.margin?.t ?? 24;
  const height = layout.height - top - below;
  const total = names.reduce((sum, { lines }) => sum + lines.length * LINE, 0);
  const tooLong = names.some(({ lines }) => lines.some((line) => line.length > letters));
  if (!names.length || total > height || tooLong) return { data, layout };
  const [low, high] = layout.yaxis.range;
  for (const name of names) name.at = height * (1 - (name.value - low) / (high - low));
  const longest = Math.max(...names.flatMap(({ lines }) => lines.map((line) => line.length)));
  const annotations = apart(names, height).map(({ lines, colour, at }) => ({
    text: lines.join("<br>"), xref: "paper", x: 1, xanchor: "left", xshift: 4, align: "left",
    yref: "paper", y: 1 - at / height, yanchor: "middle", showarrow: false, font: { size: 12, color: colour },
  }));
  const named = new Set(names.map(({ group }) => group));
  return {
    data: data.map((trace) => (named.has(trace.legendgroup) ? { ...trace, showlegend: false } : trace)),
    layout: {
      ...layout,
      annotations: [...(layout.annotations ?? []), ...annotations],
      margin: { ...layout.margin, r: Math.ceil(longest * LETTER) + 10 },
    },
  };
}

/** Move names of nearly one height apart, downwards first and then back up from the lower edge. */
export function apart(names, height) {
  const sorted = [...names].sort((a, b) => a.at - b.at);
  const gap = (a, b) => ((a.lines.length + b.lines.length) * LINE) / 2;
  for (let i = 1; i < sorted.length; i += 1) {
    sorted[i].at = Math.max(sorted[i].at, sorted[i - 1].at + gap(sorted[i - 1], sorted[i]));
  }
  let floor = height + LINE;
  for (let i = sorted.length - 1; i >= 0; i -= 1) {
    const half = (sorted[i].lines.length * LINE) / 2;
    sorted[i].at = Math.min(sorted[i].at, floor - half);
    floor = sorted[i].at - half;
  }
  return sorted;
}

function wrapped(text, letters) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1];
    if (last && last.length + 1 + word.length > letters) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}
