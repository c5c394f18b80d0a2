/** Bands of a fan, as the drawing library takes them. */

/** Levels that bound the lower and the upper strip of each band of a fan; the same as in charts/fan.py. */
const FAN_BANDS = {
  band90: ["0.05", "0.1", "0.9", "0.95"],
  band80: ["0.1", "0.25", "0.75", "0.9"],
  band50: ["0.25", "0.5", "0.5", "0.75"],
};

/**
 * Outlines of the bands of a fan, by trace id; the same shapes as charts/fan.py draws.
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
