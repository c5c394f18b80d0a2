/**
 * The panel's engine for cascades: it reads Python's outcomes at many values of R; see panel.js for what an engine is.
 *
 * Strikes and cohesion only multiply R, so three sliders move along one curve. Any other setting has a curve of its own,
 * which takes the server a moment. So the point for the very settings is asked for first, and the curve once there is a
 * point on it: a hand that moves on never waits for curves that nobody needs any more. Between two values of R the curve
 * mixes their distributions. Once the settings rest, Python sends their own outcome, and nothing is mixed any more.
 */

import { fanTraces } from "./fan.js";
import { decode, locate } from "./interpolate.js";
import { fill, numberText } from "./wording.js";

const ALONG_THE_CURVE = ["r", "rear_strikes", "cohesion"];

/**
 * Keep the units broken at the start within the force.
 * @param {object} values
 * @param {string} moved Name of the setting that was moved.
 * @returns {object}
 */
export function adjust(values, moved) {
  if (values.initial <= values.units) return values;
  return moved === "units" ? { ...values, initial: values.units } : { ...values, units: values.initial };
}

/**
 * Name the tables that some settings need.
 * @param {object} values
 * @param {{addresses: {curve: string, point: string}, fixed: object}} model
 * @param {string[]} held Addresses of the tables that are there.
 * @returns {{curve?: string, point?: string}} Addresses on our own server.
 */
export function addresses(values, model, held) {
  const { addresses: bases, fixed } = model;
  const entries = Object.entries({ ...values, ...fixed });
  const query = (along) =>
    new URLSearchParams(entries.filter(([name]) => ALONG_THE_CURVE.includes(name) === along)).toString();
  const curve = `${bases.curve}?${query(false)}`;
  if (held.includes(curve) || atRest(values, model)) return { curve };
  // What all points of a curve share stands first in their addresses.
  const points = `${bases.point}?${query(false)}&`;
  const point = points + query(true);
  return held.some((address) => address.startsWith(points)) ? { point, curve } : { point };
}

/**
 * Work out everything that the panel shows.
 * @param {object} values
 * @param {{curve?: object, point?: object}} tables Decoded; a table still under way is absent.
 * @param {object} model
 * @returns {object|null} See panel.js; null without any table.
 */
export function compute(values, tables, model) {
  const table = atRest(values, model) ? decode(model.rest.table) : (tables.curve ?? tables.point);
  if (!table) return null;
  const r = values.r * values.rear_strikes * (1 - values.cohesion);
  const at = reader(table, r);
  const numbers = Object.fromEntries(table.names.map((name, index) => [name, at("numbers", index)]));
  const beside = [0, 1, 2].map((index) => at("beside", index));
  const peak = at.nearest("peak");
  const weeks = values.ticks + 1;
  const byWeek = Array.from({ length: weeks }, (_, week) => at.quantiles(week, table.levels));
  const paths = Object.fromEntries(table.levels.map((level, place) => [level, byWeek.map((shares) => shares[place])]));
  return {
    ...describe(values, { r, numbers, beside, peak }, model),
    traces: fanTraces(weeksUpTo(weeks), paths),
    layout: {},
    rows: () => Array.from({ length: weeks }, (_, week) => [week, ...table.levels.map((level) => paths[level][week])]),
  };
}

/** Say whether Python has sent the outcome of these very settings. */
function atRest(values, { fixed, rest }) {
  return Object.entries({ ...values, ...fixed }).every(([name, value]) => rest.values[name] === value);
}

/**
 * Read arrays whose first axis is R: linearly between two nodes, or at the only one. Quantiles are those of the mixture
 * of both nodes' distributions.
 */
function reader({ r_axis: axis, runs_by_count: runs, ...arrays }, r) {
  const single = axis.values.length === 1;
  const [node, weight] = single ? [0, 0] : locate(axis.values, r);
  const read = (name, index) => {
    const { values, shape } = arrays[name];
    const width = values.length / shape[0];
    const here = values[node * width + index];
    return weight ? here * (1 - weight) + values[(node + 1) * width + index] * weight : here;
  };
  const [, ticks, counts] = runs.shape;
  read.quantiles = (week, levels) => {
    const start = (node * ticks + Math.min(week, ticks - 1)) * counts;
    const other = start + (weight ? ticks * counts : 0);
    const all = runs.values[start + counts - 1];
    let count = 0;
    return levels.map((level) => {
      // The levels rise, so each quantile is sought from the last one on.
      const passes = () => runs.values[start + count] * (1 - weight) + runs.values[other + count] * weight;
      while (passes() < level * all - 1e-9) count += 1;
      return count / (counts - 1);
    });
  };
  read.nearest = (name) => arrays[name].values[node + Math.round(weight)];
  return read;
}

const ticks = new Map();

/** Weeks as the axis takes them; the same list again for the same horizon. */
function weeksUpTo(count) {
  if (!ticks.has(count)) ticks.set(count, Array.from({ length: count }, (_, week) => week));
  return ticks.get(count);
}

function describe(values, { r, numbers, beside, peak }, { phrases, shares }) {
  const [first, second, third] = beside.map(chanceText);
  const one = values.initial === 1;
  const finding = fill(phrases.finding, {
    r: numberText(r),
    initial: one ? phrases.one : fill(phrases.several, values),
    s: one ? "s" : "",
    chance: chanceText(numbers["p0.1"]),
  });
  return {
    tiles: Object.entries(shares).map(([share, words]) => ({
      label: fill(phrases.tile, { share: words }),
      value: chanceText(numbers[`p${share}`]),
      note: phrases.tile_note,
    })),
    lines: [
      fill(phrases.nobody, { nobody: chanceText(numbers.seed_only), mean: chanceText(numbers.mean) }),
      fill(values.topology === "ring" ? phrases.beside_mixed : phrases.beside_ring, {
        neighbours: values.neighbours,
        first,
        second,
        third,
      }),
      Number.isNaN(peak) ? "" : fill(phrases.peak, { peak: numberText(peak) }),
      numbers.unfinished > 0 ? fill(phrases.unfinished, { unfinished: chanceText(numbers.unfinished) }) : "",
      numbers.self_starting > 0 ? fill(phrases.self_starting, { share: chanceText(numbers.self_starting) }) : "",
    ],
    sentence: `${finding}.`,
  };
}

/**
 * Write a simulated probability; as cascade_wording.chance_text.
 * @param {number} share
 * @returns {string}
 */
export function chanceText(share) {
  if (share > 0 && share < 0.01) return "under 1 %";
  if (share > 0.99 && share < 1) return "over 99 %";
  return `${Math.floor(100 * share + 0.5)} %`;
}
