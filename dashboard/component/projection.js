/**
 * The panel's engine for projections: it reads Python's tables and scales them; see panel.js for what an engine is.
 */

import { fanTraces } from "./fan.js";
import { meanBehindMaximum, quantilePaths } from "./interpolate.js";
import { growthPath, sumOfPaces } from "./pace.js";
import { fill, numberText, qualified, roundedText } from "./wording.js";

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
  const gap = model.past.length ? [null] : [];
  const levels = claim ? Object.values(claim.paths) : [];
  const layers = { headline, calendar, claim, ceiling, reading: tables.claim?.reading };
  return {
    ...describe(values, layers, model),
    traces: {
      headline: { x: dates, y: headline },
      calendar: { x: dates, y: calendar },
      ...(claim === undefined ? {} : rangeTraces(dates, claim)),
    },
    layout: { "shapes[0].x1": dates[weeks - 1], ...eventsUntil(model.events, dates[weeks - 1]) },
    rows: () => [
      ...model.past.map(([day, total]) => [null, day, total, null, null, ...levels.map(() => null)]),
      ...dates.map((day, week) => [
        week + 1,
        day,
        ...gap,
        headline[week],
        calendar[week],
        ...levels.map((path) => path[week]),
      ]),
    ],
    numbers: { headline: headline[weeks - 1], calendar: calendar[weeks - 1], claim },
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
  return Object.fromEntries(
    Object.entries(fanTraces(dates, claim.paths)).map(([id, change]) => [id, { ...change, visible: true }]),
  );
}

function describe(values, { headline, calendar, claim, ceiling, reading }, { phrases, words, weeks_per_year }) {
  const { weeks, qualifier } = values;
  const inherited = qualifier === "exact" ? "projection" : qualifier;
  const total = (value) => qualified(words, inherited, numberText(value));
  const last = headline[weeks - 1];
  const weekly = `${qualified(words, qualifier, numberText(values.weekly))} ${phrases.weekly_unit}`;
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
  return {
    tiles: [
      {
        label: fill(phrases.headline_label, { weekly: numberText(values.weekly) }),
        value: total(last),
        note: fill(phrases.headline_note, { weekly, period }),
      },
      {
        label: phrases.calendar_label,
        value: total(calendar[weeks - 1]),
        note: ceiling ? fill(phrases.calendar_note, { days: numberText(values.working_days) }) : phrases.calendar_none,
      },
      claim === undefined
        ? null
        : {
            label: phrases.claim_label,
            value: mean ?? phrases.no_value,
            note: claim ? interval : phrases.claim_none,
          },
    ],
    lines: [
      reading ?? null,
      claim === null ? "" : pace,
      values.damping === "on" ? phrases.growth_fades : "",
      line("imprisoned", served),
      line("per_thousand", rate),
    ],
    sentence: `${sentence}.`,
  };
}

/** Layout that marks and lists the events up to a day; the first shape of the figure is the projected stretch. */
function eventsUntil(events, last) {
  const { days: marked, entries } = events;
  if (!marked.length) return {};
  const count = marked.filter((day) => day <= last).length;
  // Kept, since a new list would count as a change of the layout.
  events.lists ??= [...marked.keys(), marked.length].map((length) => entries.slice(0, length));
  const shown = marked.map((_, index) => [`shapes[${index + 1}].visible`, index < count]);
  return { ...Object.fromEntries(shown), "meta.events": events.lists[count] };
}

const days = new Map();

/** Target dates as the axis takes them; the same list again for the same horizon. */
function targetDates(origin, weeks) {
  const name = `${origin} ${weeks}`;
  if (!days.has(name)) {
    const start = Date.parse(origin);
    const iso = (week) => new Date(start + 7 * DAY * week).toISOString().slice(0, 10);
    days.set(name, Array.from({ length: weeks }, (_, index) => iso(index + 1)));
  }
  return days.get(name);
}
