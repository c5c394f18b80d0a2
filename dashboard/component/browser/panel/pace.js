/** How the weekly pace may move: the rule of indicators/methods/projection/claim_layer/pace.py, in double precision. */

/**
 * Work out the growth of each week and the sums of growth factors up to it.
 * @param {object} values Settings: growth_monthly, damping, weeks.
 * @param {{months: number[], fading: number[]}} pace Constants from Python.
 * @returns {{months: number[], logs: number[], sums: number[], squares: number[]}} Months of growth and log factor of each
 *   week, and sums of factors and of squared factors up to week 1, 2, ...
 */
export function growthPath({ growth_monthly: monthly, damping, weeks }, pace) {
  const months = (damping === "on" ? pace.fading : pace.months).slice(0, weeks);
  const growth = Math.log1p(monthly);
  const logs = months.map((month) => growth * month);
  return { months, logs, sums: running(logs.map(Math.exp)), squares: running(logs.map((log) => Math.exp(2 * log))) };
}

/**
 * Work out the expected sum of paces and the terms h_0 to h_3 of its logarithm, for every horizon.
 * @param {object} values Settings: drift, growth_sd.
 * @param {{months: number[], logs: number[]}} path From growthPath.
 * @param {{whole: number[], nodes: number[], projection: number[][]}} pace Constants from Python.
 * @returns {{expected: number[], terms: number[][]}} Terms by horizon.
 */
export function sumOfPaces({ drift, growth_sd: spread }, { months, logs }, { whole, nodes, projection }) {
  const growing = spread * spread;
  const drifting = drift * drift;
  const expectedLogs = logs.map((log, week) => log + (growing * months[week] ** 2) / 2);
  const weights = expectedLogs.map(Math.exp);
  const expected = running(weights);
  if (!growing && !drifting) return { expected, terms: expected.map((sum) => [Math.log(sum), 0, 0, 0]) };
  const inMonths = running(weights.map((weight, week) => weight * months[week]));
  const inWhole = running(weights.map((weight, week) => weight * whole[week]));
  const terms = expected.map((total, last) => {
    const shared = [];
    let variance = 0;
    for (let week = 0; week <= last; week += 1) {
      const byDrift = inWhole[week] + whole[week] * (total - expected[week]);
      shared.push((growing * inMonths[last] * months[week] + drifting * byDrift) / total);
      variance += (shared[week] * weights[week]) / total;
    }
    const deviation = variance > 0 ? Math.sqrt(variance) : 1;
    const sums = nodes.map(() => 0);
    for (let week = 0; week <= last; week += 1) {
      const slope = shared[week] / deviation;
      const base = expectedLogs[week] - (slope * slope) / 2;
      for (let node = 0; node < nodes.length; node += 1) sums[node] += Math.exp(base + nodes[node] * slope);
    }
    const atNodes = sums.map(Math.log);
    return projection.map((row) => row.reduce((sum, weight, node) => sum + weight * atNodes[node], 0));
  });
  return { expected, terms };
}

function running(values) {
  let sum = 0;
  return values.map((value) => (sum += value));
}
