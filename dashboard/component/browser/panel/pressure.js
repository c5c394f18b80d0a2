/**
 * The panel's engine for the index of pressure; see panel.js for what an engine is.
 *
 * Scores of parts come from Python once. Weights and mean are applied here, by the same rules as in
 * indicators/methods/index: coverage, two levels of means, links where the set of parts changes. The draws behind the
 * bands take the server a moment: they come once the weights rest, and until then the bands lie on the line.
 */

import { chanceText } from "./cascade.js";
import { fill } from "./wording.js";

const POWERS = { arithmetic: 1, geometric: 0, harmonic: -1 };
const BANDS = {
  band90: ["0.05", "0.1", "0.9", "0.95"],
  band80: ["0.1", "0.25", "0.75", "0.9"],
  band50: ["0.25", "0.5", "0.5", "0.75"],
}; // as in charts/models/quantiles.py
const HOVER_LEVELS = ["0.25", "0.75", "0.1", "0.9", "0.05", "0.95"];
const TOP = 103; // as in charts/models/pressure.py

/** Keep some weight above 0. */
export function adjust(values, moved) {
  return moved in values && totalOf(values) === 0 ? { ...values, [moved]: 0.5 } : values;
}

const totalOf = (values) => Object.values(values).reduce((sum, value) => sum + (typeof value === "number" ? value : 0), 0);

/** No table is needed. */
export function addresses() {
  return {};
}

/**
 * Work out everything that the panel shows.
 * @param {object} values
 * @param {object} tables Not used.
 * @param {object} model
 * @returns {object} See panel.js.
 */
export function compute(values, tables, model) {
  const { months, rest } = model;
  const states = monthStates(values, model);
  const index = indexValues(values, states, model);
  const still = Object.entries(rest.values).every(([name, value]) => values[name] === value);
  const carried = states.map(({ value, carriedWeight }, place) => (index[place] === null ? 0 : 100 * carriedWeight));
  const levels = Object.fromEntries(Object.keys(rest.levels).map((level) => [level, still ? rest.levels[level] : index]));
  return {
    ...describe(index, states, model, still),
    traces: {
      refused: columns(index.map((value) => (value === null ? TOP : 0))),
      carried: columns(carried),
      ...bands(months, levels),
      index: gapped(months, index),
    },
    layout: {},
    rows: () => rows(index, states, model, still),
  };
}

/** Say of every month whether it may be published, and if not, why; as indicators/methods/index/coverage.py. */
function monthStates(values, { parts, scores, fresh, least, reasons, pillars }) {
  const total = totalOf(values);
  const count = pillars.map((_, number) => parts.filter(({ pillar }) => pillar === number).length);
  const weights = parts.map(({ pillar }) => values[pillars[pillar]] / total / count[pillar]);
  return scores.map((row, month) => {
    const held = row.map((score, part) => score !== null && weights[part] > 0);
    const present = row.reduce((sum, score, part) => sum + (score !== null ? weights[part] : 0), 0);
    const carriedWeight = row.reduce((sum, _, part) => sum + (held[part] && !fresh[month][part] ? weights[part] : 0), 0);
    const weighted = new Set(parts.filter((_, part) => weights[part] > 0).map(({ pillar }) => pillar)).size;
    const with_figure = new Set(parts.filter((_, part) => held[part]).map(({ pillar }) => pillar)).size;
    const origins = new Set(parts.filter((_, part) => held[part] && fresh[month][part]).map(({ origin }) => origin)).size;
    const faults = [];
    if (present < least.weight - least.rounding) faults.push(fill(reasons.weight, { share: chanceText(present) }));
    if (with_figure < least.pillars * weighted) faults.push(fill(reasons.pillars, { held: with_figure, all: weighted }));
    if (origins < least.origins) faults.push(fill(reasons.origins, { held: origins, least: least.origins }));
    return { held, coverage: present, carriedWeight, reason: faults.join("; ") };
  });
}

/** The index of every month, null for a refused one; as indicators/methods/index/chain.py. */
function indexValues(values, states, { parts, scores, pillars }) {
  const power = POWERS[values.mean];
  const mean = (month, mask) => {
    let sum = 0;
    let weight = 0;
    pillars.forEach((id, number) => {
      const own = parts.map(({ pillar }, part) => (pillar === number && mask[part] ? 101 - scores[month][part] : null));
      const there = own.filter((score) => score !== null);
      if (!there.length) return;
      const score = there.reduce((all, one) => all + one, 0) / there.length;
      sum += values[id] * (power === 1 ? score : power === 0 ? Math.log(score) : 1 / score);
      weight += values[id];
    });
    const result = sum / weight;
    return 101 - (power === 1 ? result : power === 0 ? Math.exp(result) : 1 / result);
  };
  let factor = 1;
  return states.map(({ held, reason }, month) => {
    if (reason) return null;
    const before = states[month - 1];
    const own = mean(month, held);
    const both = before && !before.reason ? held.map((has, part) => has && before.held[part]) : [];
    if (!both.some(Boolean)) factor = 1;
    else if (held.some((has, part) => has !== before.held[part])) {
      factor *= (mean(month - 1, before.held) * mean(month, both)) / (mean(month - 1, both) * own);
    }
    return Math.min(Math.max(own * factor, 1), 100);
  });
}

/** Heights of columns a month wide, as one outline. */
const columns = (heights) => ({ y: heights.flatMap((height) => [0, height, height, 0, null]) });

/** Months with a value, with one gap between two runs; as gapped in charts/models/pressure.py. */
function gapped(months, values) {
  const x = [];
  const y = [];
  let pending = false;
  values.forEach((value, place) => {
    if (value === null) {
      pending = x.length > 0;
      return;
    }
    if (pending) {
      x.push(null);
      y.push(null);
    }
    pending = false;
    x.push(months[place]);
    y.push(value);
  });
  return { x, y };
}

function bands(months, levels) {
  if (!levels["0.5"]) return {};
  const traces = {};
  for (const [id, [lowest, innerLow, innerHigh, highest]] of Object.entries(BANDS)) {
    const strips = innerLow === innerHigh ? [[lowest, highest]] : [[innerHigh, highest], [lowest, innerLow]];
    const x = [];
    const y = [];
    for (const [low, high] of strips) {
      for (const run of runs(levels[low])) {
        if (x.length) {
          x.push(null);
          y.push(null);
        }
        const back = [...run].reverse();
        x.push(...run.map((place) => months[place]), ...back.map((place) => months[place]), months[run[0]]);
        y.push(...run.map((place) => levels[low][place]), ...back.map((place) => levels[high][place]), levels[low][run[0]]);
      }
    }
    traces[id] = { x, y };
  }
  const others = HOVER_LEVELS.map((level) => gapped(months, levels[level]).y);
  const median = gapped(months, levels["0.5"]);
  traces.median = { ...median, customdata: median.x.map((_, place) => others.map((column) => column[place])) };
  return traces;
}

/** Places of values that follow each other. */
function runs(values) {
  const found = [];
  values.forEach((value, place) => {
    if (value === null) return;
    if (place && values[place - 1] !== null && found.length) found.at(-1).push(place);
    else found.push([place]);
  });
  return found;
}

function describe(index, states, { names, phrases, rest }, still) {
  const last = index.findLastIndex((value) => value !== null);
  const published = index.filter((value) => value !== null).length;
  const newest = states.length - 1;
  const refusal =
    newest > last && newest >= 0 ? fill(phrases.refusal, { month: names[newest], reason: states[newest].reason }) : "";
  const months = {
    label: phrases.months,
    value: fill(phrases.of_months, { published, all: index.length }),
    note: refusal ? phrases.newest_refused : phrases.newest_published,
  };
  if (last < 0) {
    const nothing = { label: phrases.pressure_none, value: "–", note: "" };
    return { tiles: [nothing, { label: phrases.chance, value: "–", note: "" }, months], lines: [refusal], sentence: phrases.none };
  }
  const parts = { value: Math.round(index[last]), month: names[last] };
  if (still) Object.assign(parts, { low: Math.round(rest.levels["0.05"][last]), high: Math.round(rest.levels["0.95"][last]) });
  const chance = rest.rises[last];
  return {
    tiles: [
      { label: fill(phrases.pressure, parts), value: fill(phrases.of_100, parts), note: fill(still ? phrases.band : phrases.band_later, parts) },
      still ? { label: phrases.chance, value: chance === null ? "–" : chanceText(chance), note: phrases.chance_note } : null,
      months,
    ],
    lines: [refusal],
    sentence: fill(still ? phrases.finding : phrases.finding_moving, parts),
  };
}

function rows(index, states, { names, rest }, still) {
  return index.map((value, place) => {
    const level = (name) => (still && value !== null ? rest.levels[name][place] : null);
    return [
      names[place],
      value,
      level("0.05"),
      level("0.5"),
      level("0.95"),
      still ? rest.rises[place] : null,
      states[place].coverage,
      states[place].reason,
    ];
  });
}
