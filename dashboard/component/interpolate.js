/**
 * The rule by which the tables of a projection are read, in double precision; Python reads them by the same rule.
 *
 * The rule stands in indicators/methods/claim_table.py and browser_tables.py. Nothing of the model is known here:
 * what a week, a reading or a range means is decided where the tables are built.
 */

const SCALES = { float32: Float32Array, float64: Float64Array, uint16: Uint16Array };

/**
 * Decode every array of a table.
 * @param {*} value A table as it came from the server, or part of one.
 * @returns {*} The same with {values, shape} in place of each encoded array.
 */
export function decode(value) {
  if (!value || typeof value !== "object" || Array.isArray(value)) return value;
  if (value.dtype) {
    const bytes = Uint8Array.from(atob(value.data), (letter) => letter.charCodeAt(0));
    return { shape: value.shape, values: new SCALES[value.dtype](bytes.buffer) };
  }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, decode(part)]));
}

/**
 * Find a value on an ascending axis; a value outside is moved to the nearer end.
 * @param {ArrayLike<number>} axis
 * @param {number} value
 * @returns {[number, number]} Node at or below the value, and the weight of the next one.
 */
export function locate(axis, value) {
  const last = axis.length - 1;
  const clamped = Math.min(Math.max(value, axis[0]), axis[last]);
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (axis[middle] <= clamped) low = middle;
    else high = middle;
  }
  return [low, (clamped - axis[low]) / (axis[low + 1] - axis[low])];
}

/**
 * Read running sums of weekly factors at one growth.
 * @param {object} growth Decoded table of growth.
 * @param {"undamped"|"damped"|"damped_squares"} name
 * @param {number} monthly Growth a month as a share.
 * @param {number} weeks Horizon.
 * @returns {number[]} The sum up to week 1, 2, ... weeks.
 */
export function growthSums(growth, name, monthly, weeks) {
  const [row, weight] = locate(growth.monthly.values, monthly);
  const { values, shape } = growth[name];
  const width = shape[1];
  const sums = new Array(weeks);
  for (let week = 0; week < weeks; week += 1) {
    const here = values[row * width + week];
    sums[week] = weight ? here * (1 - weight) + values[(row + 1) * width + week] * weight : here;
  }
  return sums;
}

/**
 * Read the mean week behind a largest week: its root is linear in the root of the largest week.
 * @param {object} curve Decoded `maximum` of a claim table.
 * @param {number} weekly The largest week.
 * @returns {number}
 */
export function meanBehindMaximum(curve, weekly) {
  const [node, weight] = locate(curve.roots_of_maximum.values, Math.sqrt(weekly));
  const roots = curve.roots_of_mean.values;
  return (roots[node] * (1 - weight) + roots[node + 1] * weight) ** 2;
}

/**
 * Read the quantiles of the running total.
 * @param {object} claim Decoded claim table.
 * @param {number[]} means M of each week, before the factor and before recording.
 * @param {number[]} spreads 1 / sqrt(k) of each week.
 * @param {number} recording Probability that a case is recorded.
 * @returns {Array<number[]>} For each level one value a week, never falling.
 */
export function quantilePaths(claim, means, spreads, recording) {
  const { values, shape } = claim.roots;
  const [, , spreadNodes, meanNodes] = shape;
  const block = spreadNodes * meanNodes;
  const [across, acrossWeight] = locate(claim.recording_axis.values, recording);
  const places = means.map((mean, week) => [
    locate(claim.spread_axis.values, spreads[week]),
    locate(claim.mean_axis.values, Math.sqrt(mean)),
  ]);
  return claim.levels.map((_, level) => {
    const start = (level * shape[1] + across) * block;
    const at = (index) => values[index] * (1 - acrossWeight) + values[index + block] * acrossWeight;
    let highest = 0;
    return places.map(([[down, downWeight], [along, alongWeight]]) => {
      const first = start + down * meanNodes + along;
      const upper = at(first) * (1 - alongWeight) + at(first + 1) * alongWeight;
      const next = first + meanNodes;
      const lower = at(next) * (1 - alongWeight) + at(next + 1) * alongWeight;
      const root = upper * (1 - downWeight) + lower * downWeight;
      highest = Math.max(highest, (root * root) / recording - 1);
      return highest;
    });
  });
}

/**
 * Read the mean of the running total.
 * @param {object} claim Decoded claim table.
 * @param {number} mean M, before the factor and before recording.
 * @param {number} recording Probability that a case is recorded.
 * @returns {number}
 */
export function meanTotal(claim, mean, recording) {
  return (mean * claim.factor_mean + 1) / recording - 1;
}
