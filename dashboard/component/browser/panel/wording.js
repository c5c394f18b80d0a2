/** Numbers and sentences as Python writes them: the sentences come from there, the rules for numbers are the same. */

const WHOLE = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0, roundingMode: "halfEven" });
const GROUPED = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 3 });

/**
 * Write a number with thousands separated and no more digits than it deserves; as labels.number_text.
 * @param {number} value
 * @returns {string}
 */
export function numberText(value) {
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value)) return WHOLE.format(value).replace("-", "−");
  // toFixed rounds the number itself; the formatter would round its shortest spelling.
  return GROUPED.format(Number(value.toFixed(size >= 10 ? 1 : size >= 1 ? 2 : 3))).replace("-", "−");
}

/**
 * Write an estimate to two significant digits, since nothing finer is known; as labels.rounded_text.
 * @param {number} value
 * @returns {string}
 */
export function roundedText(value) {
  const unit = 10 ** Math.max(String(Math.trunc(Math.abs(value))).length - 2, 0);
  return numberText(halfEven(value / unit) * unit);
}

/**
 * Write a lower limit to two significant digits, downwards; as rounding.lower_limit.
 * @param {number} value
 * @returns {string}
 */
export function lowerText(value) {
  const unit = 10 ** Math.max(String(Math.trunc(Math.abs(value))).length - 2, 0);
  return numberText(Math.floor(value / unit) * unit);
}

function halfEven(value) {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
}

/**
 * Fill a sentence.
 * @param {string} phrase Text with {names}.
 * @param {Object<string, *>} parts
 * @returns {string}
 */
export function fill(phrase, parts = {}) {
  return phrase.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
}

/**
 * Put a figure's qualifier before its value.
 * @param {Object<string, string>} words Words by qualifier.
 * @param {string} qualifier
 * @param {string} text
 * @returns {string}
 */
export function qualified(words, qualifier, text) {
  return `${words[qualifier]} ${text}`.trim();
}

/**
 * Turn growth a month into the growth a week that compounds to it.
 * @param {number} monthly Share.
 * @param {number} weeksPerMonth
 * @returns {number}
 */
export function weeklyGrowth(monthly, weeksPerMonth) {
  return Math.expm1(Math.log1p(monthly) / weeksPerMonth);
}
