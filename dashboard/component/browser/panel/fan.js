/** Bands of a fan, as the drawing library takes them. */

/** Levels that bound the lower and the upper strip of each band of a fan; the same as in charts/models/quantiles.py. */
const FAN_BANDS = {
  band90: ["0.05", "0.1", "0.9", "0.95"],
  band80: ["0.1", "0.25", "0.75", "0.9"],
  band50: ["0.25", "0.5", "0.5", "0.75"],
};

/** Levels that the median of a fan carries along for its hover label; the same as in charts/models/quantiles.py. */
const FAN_HOVER_LEVELS = ["0.25", "0.75", "0.1", "0.9", "0.05", "0.95"];

/**
 * Outlines of the bands of a fan, by trace id; the same shapes as charts/models/quantiles.py draws.
 * @param {string[]} dates Target dates.
 * @param {Object<string, number[]>} levels Values by quantile level ("0.05" to "0.95").
 * @returns {Object<string, {x: Array, y: Array}>}
 */
function fanOutlines(dates, levels) {
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

const ROOM = 0.065; // that a name at the end of a line takes, as a share of the highest value; the same as in charts/models/fan.py
const LOW_ROOM = 0.2; // the same in the low chart of a phone

/**
 * Names of lines where they end, moved upwards until none covers another; as line_ends in charts/models/fan.py.
 * @param {{uid: string, day: string, value: number, text: string}[]} ends Names at the values at which their lines end.
 * @param {boolean} low Whether the chart is as low as on a phone.
 * @returns {{x: string[], y: number[], text: string[]}} Attributes of their trace.
 */
export function lineEnds(ends, low = false) {
  const step = (low ? LOW_ROOM : ROOM) * Math.max(...ends.map(({ value }) => value));
  const y = ends.map(({ value }) => value);
  const order = [...y.keys()].sort((one, other) => y[one] - y[other]);
  order.forEach((place, index) => {
    if (index) y[place] = Math.max(y[place], y[order[index - 1]] + step);
  });
  return { x: ends.map(({ day }) => day), y, text: ends.map(({ text }) => text) };
}
