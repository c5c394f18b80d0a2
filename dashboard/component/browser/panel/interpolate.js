/**
 * The rule by which the tables of a projection are read, in double precision; Python reads them by the same rule.
 *
 * The rule stands in indicators/methods/projection/claim_layer/lookup.py. Nothing of a reading is known here: what it means is decided
 * where the tables are built.
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
 * Work out the quantiles of all cases after each week.
 * @param {object} claim Decoded claim table.
 * @param {number} first Mean of the first week, before the factor.
 * @param {Array<number[]>} terms h_0 to h_3 of each horizon.
 * @param {number[]} unevenness Q / (r S^2) of each horizon.
 * @param {number} recording Probability that a case is recorded.
 * @returns {Array<number[]>} For each level one value a week, never falling.
 */
export function quantilePaths(claim, first, terms, unevenness, recording) {
  const scale = first * claim.factor_mean;
  const levels = claim.levels.map(() => []);
  if (!scale) return levels.map(() => terms.map(() => 0));
  const nodes = claim.spread_axis.values.length;
  const skewed = recording ** 2 - 6 * recording + 6 - 3 * (2 - recording) ** 2;
  terms.forEach(([h0, h1, h2, h3], week) => {
    const mean = scale * Math.exp(h0);
    const a = unevenness[week];
    const chance = Math.log1p((2 - recording) / Math.max(mean, 1e-300));
    const variance = a + a ** 2 / 2 + a ** 3 / 6 + chance;
    const shift = -a / 2 - a ** 2 / 12 - chance / 2;
    const third = -(a ** 2) - a ** 3 - (3 * a * (2 - recording)) / (mean + 2) + skewed / (mean + 2) ** 2;
    const spread = Math.sqrt(h1 ** 2 + variance);
    const whole = claim.factor_log_variance + spread ** 2;
    const share = h1 / Math.sqrt(whole);
    const [node, weight] = locate(claim.spread_axis.values, spread);
    let lower = 0;
    claim.scores.forEach((z, level) => {
      const bend = (h2 * share ** 2 + third / (6 * whole)) * (z ** 2 - 1) + h3 * share ** 3 * (z ** 3 - 3 * z);
      const place = level * nodes + node;
      const factor = claim.factors.values[place] * (1 - weight) + claim.factors.values[place + 1] * weight;
      lower = Math.max(lower, (first / recording) * factor * Math.exp(h0 + shift + bend));
      levels[level].push(lower);
    });
  });
  return levels.map((path) => {
    let highest = 0;
    return path.map((value) => (highest = Math.max(highest, value)));
  });
}
