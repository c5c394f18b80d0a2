/**
 * The panel's engine for projections: it reads Python's tables and scales them; see panel.js for what an engine is.
 */

import { fanTraces, lineEnds } from "./fan.js";
import { meanBehindMaximum, quantilePaths } from "./interpolate.js";
import { growthPath, sumOfPaces } from "./pace.js";
import { fill, lowerText, numberText, qualified, roundedText } from "./wording.js";

const DAY = 86_400_000;
const RANGE_TRACES = ["band90", "band80", "band50", "median"];
const SHARES = ["share_low", "share_mode", "share_high"];

/**
 * Keep the three shares in order: the one that was moved pushes the others along.
 * @param {object} values
 * @param {string} moved Name of the setting that was moved.
 * @returns {object}
 */
export function adjust(values, moved) {
  const place = SHARES.indexOf(moved);
  if (place < 0) return values;
  const adjusted = { ...values };
  SHARES.forEach((name, index) => {
    if (index < place) adjusted[name] = Math.min(values[name], values[moved]);
    if (index > place) adjusted[name] = Math.max(values[name], values[moved]);
  });
  return adjusted;
}

/**
 * Name the tables that some settings need.
 * @param {object} values
 * @param {object} model
 * @returns {{claim: string}} Addresses on our own server, whatever is there already.
 */
export function addresses(values, { addresses: bases }) {
  const query = new URLSearchParams({ qualifier: values.qualifier });
  if (values.qualifier === "up_to") {
    query.set("reading", values.reading);
    const used = { share: SHARES, maximum: ["observed_weeks", "dispersion"] }[values.reading] ?? [];
    for (const name of used) query.set(name, values[name]);
  }
  return { claim: `${bases.claim}?${query}` };
}

/**
 * Work out everything that the panel shows.
 * @param {object} values
 * @param {{claim?: object}} tables Decoded; a table still under way is absent.
 * @param {object} model
 * @returns {object} See panel.js.
 */
export function compute(values, tables, model) {
  const { weeks } = values;
  const dates = targetDates(model.origin, weeks);
  const path = growthPath(values, model.pace);
  const headline = path.sums.map((sum) => sum * values.weekly);
  // A mean over calendar weeks holds its holidays already; only a ceiling on a week is cut to the days of the courts.
  const ceiling = values.qualifier === "up_to" && values.reading !== "mean";
  const share = ceiling ? values.working_days / model.court_days : 1;
  const calendar = headline.map((total) => total * share);
  const claim = tables.claim && claimLayer(values, tables.claim, path, share, model.pace);
  const read = model.counted;
  const counted = countedUntil(read, weeks);
  const levels = claim ? Object.values(claim.paths) : [];
  const { ends, ...words } = describe(values, { headline, calendar, claim, ceiling, counted, reading: tables.claim?.reading }, model);
  return {
    ...words,
    traces: {
      headline: { x: dates, y: [0, ...headline] },
      ...(counted ? { counted: { x: counted.weeks.map((week) => dayAfter(model.origin, week)), y: counted.values } } : {}),
      ...(claim === undefined ? {} : rangeTraces(dates, claim)),
      ...(claim === undefined ? {} : { ends: lineEnds(ends.map((end) => ({ ...end, day: dayAfter(model.origin, end.week) })), model.low) }),
    },
    layout: {},
    rows: () =>
      dates.slice(1).map((day, week) => [
        week + 1,
        day,
        read?.values[read.weeks.indexOf(week + 1)] ?? null,
        headline[week],
        calendar[week],
        ...levels.map((path) => path[week]),
      ]),
    numbers: { headline: headline[weeks - 1], calendar: calendar[weeks - 1], claim },
  };
}

/** What was counted up to a horizon; as CountedLine.within in Python. */
function countedUntil(counted, weeks) {
  if (!counted || weeks >= counted.weeks.at(-1)) return counted;
  const next = counted.weeks.findIndex((week) => week >= weeks);
  const [from, to] = [counted.weeks[next - 1], counted.weeks[next]];
  const [low, high] = [counted.values[next - 1], counted.values[next]];
  return {
    ...counted,
    weeks: [...counted.weeks.slice(0, next), weeks],
    values: [...counted.values.slice(0, next), low + ((high - low) * (weeks - from)) / (to - from)],
    lows: [...counted.lows.slice(0, next), counted.lows[to === weeks ? next : next - 1]],
  };
}

/** Quantiles and mean of the claim layer; null where the reading gives no distribution. */
function claimLayer(values, claim, path, share, pace) {
  if (!claim.levels) return null;
  const size = values.dispersion === "poisson" ? Infinity : values.dispersion;
  const first = claim.maximum ? meanBehindMaximum(claim.maximum, values.weekly) : values.weekly * share;
  const { expected, terms } = sumOfPaces(values, path, pace);
  const unevenness = path.squares.map((square, week) => square / (size * path.sums[week] ** 2));
  const paths = quantilePaths(claim, first, terms, unevenness, values.recording);
  return {
    mean: (first * claim.factor_mean * expected.at(-1)) / values.recording,
    // Whole-number keys would be put in another order; these are not.
    paths: Object.fromEntries(claim.levels.map((level, index) => [String(level), paths[index]])),
  };
}

function rangeTraces(dates, claim) {
  if (!claim) return Object.fromEntries(RANGE_TRACES.map((id) => [id, { visible: false }]));
  const fromZero = Object.fromEntries(Object.entries(claim.paths).map(([level, path]) => [level, [0, ...path]]));
  return Object.fromEntries(
    Object.entries(fanTraces(dates, fromZero)).map(([id, change]) => [id, { ...change, visible: true }]),
  );
}

function describe(values, { headline, calendar, claim, ceiling, counted, reading }, { phrases, words, bounds, weeks_per_year }) {
  const { weeks, qualifier } = values;
  const inherited = qualifier === "exact" ? "projection" : qualifier;
  const total = (value) => qualified(words, inherited, numberText(value));
  const last = headline[weeks - 1];
  const period = fill(weeks === weeks_per_year ? phrases.year : phrases.weeks, { weeks });
  const mean = claim && fill(phrases.claim_value, { mean: roundedText(claim.mean) });
  const path = (level) => roundedText(claim.paths[level][weeks - 1]);
  const interval = claim ? fill(phrases.interval, { low: path("0.05"), high: path("0.95") }) : "";
  const growth = values.growth_monthly;
  const fades = growth && values.damping === "on";
  const opening =
    qualifier === "up_to"
      ? fill(phrases.finding_ceiling, { total: numberText(last), period })
      : fill(phrases.finding, { total: total(last)[0].toUpperCase() + total(last).slice(1), period });
  const sentence = [
    opening,
    growth ? fill(phrases.finding_growth, { growth: numberText(100 * growth) }) : "",
    fades ? phrases.finding_fades : "",
    claim ? fill(ceiling ? phrases.finding_likely : phrases.finding_claim, { mean, interval }) : "",
  ].join("");
  const moves = values.drift || values.growth_sd;
  const pace = moves
    ? fill(phrases.pace_moves, { drift: numberText(100 * values.drift), growth_sd: numberText(100 * values.growth_sd) })
    : phrases.pace_holds;
  // Settings that rest on a source are missing while a day before that source is replayed.
  const served = last * (1 - values.suspended_share);
  const rate = (1000 * last) / (values.force_size * (weeks / weeks_per_year));
  const line = (name, value) => (Number.isFinite(value) ? fill(phrases[name], { total: total(value) }) : "");
  const likely = ceiling ? phrases.claim_label : phrases.claim_label_mean;
  const found = counted && fill(phrases.claim_value, { mean: roundedText(counted.values.at(-1)) });
  return {
    tiles: [
      {
        label: bounds[inherited],
        value: numberText(last),
        note: fill(phrases.headline_note, { weekly: numberText(values.weekly), period }),
      },
      claim === undefined
        ? null
        : { label: likely, value: mean ?? phrases.no_value, note: claim ? interval : phrases.claim_none },
      {
        label: phrases.counted_label,
        value: found ?? phrases.no_value,
        note: found ? countedNote(counted, weeks, phrases) : phrases.counted_none,
      },
    ],
    ends: [
      ...(found
        ? [
            {
              uid: "counted",
              week: counted.weeks.at(-1),
              value: counted.values.at(-1),
              text: fill(phrases.end_counted, { value: found, claimant: counted.claimant }),
            },
          ]
        : []),
      { uid: "headline", week: weeks, value: last, text: `${bounds[inherited]} ${numberText(last)}` },
      ...(claim
        ? [{ uid: "median", week: weeks, value: claim.paths["0.5"][weeks - 1], text: fill(phrases.end_claim, { label: likely, value: mean }) }]
        : []),
    ],
    lines: [
      reading ?? null,
      claim === null ? "" : pace,
      values.damping === "on" ? phrases.growth_fades : "",
      ceiling ? fill(phrases.court_days, { days: numberText(values.working_days), total: total(calendar[weeks - 1]) }) : "",
      line("imprisoned", served),
      line("per_thousand", rate),
    ],
    sentence: `${sentence}.`,
  };
}

function countedNote({ weeks, lows, claimant, last_day: day }, horizon, phrases) {
  const note = fill(phrases.counted_note, { low: lowerText(lows.at(-1)), claimant });
  return weeks.at(-1) < horizon ? note + fill(phrases.counted_until, { day }) : note;
}

/** The ISO date some weeks after a day. */
function dayAfter(origin, weeks) {
  return new Date(Date.parse(origin) + Math.round(7 * weeks) * DAY).toISOString().slice(0, 10);
}

const days = new Map();

/** First day and target dates as the axis takes them; the same list again for the same horizon. */
function targetDates(origin, weeks) {
  const name = `${origin} ${weeks}`;
  if (!days.has(name)) {
    days.set(name, Array.from({ length: weeks + 1 }, (_, week) => dayAfter(origin, week)));
  }
  return days.get(name);
}
