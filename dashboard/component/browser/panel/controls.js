/** The settings of a panel: the browser's own sliders and choices with their source, range and reset. */

import { numberText, weeklyGrowth } from "./wording.js";

const BUILDERS = { slider, choice, switch: toggle };

/**
 * Create the controls.
 * @param {HTMLElement} place Element to fill.
 * @param {{key: string, controls: object[], presets: object[]}} data What Python says about them.
 * @param {{moved: Function, released: Function, started: Function}} hands
 *   moved(name, value) while a setting moves, released() once it rests, started(values) for several at once.
 * @returns {(values: object) => void} Shows some settings on the controls.
 */
export function buildControls(place, { key, controls, presets }, hands) {
  const shows = [];
  const folds = new Map([["main", place]]);
  if (presets.length) shows.push(presetControl(place, { key, controls, presets }, hands));
  let joined = null; // the heading that is open, with its element
  for (const control of controls) {
    if (!folds.has(control.group)) folds.set(control.group, fold(place, control.group));
    const home = folds.get(control.group);
    if (!control.joined) joined = null;
    else if (joined?.heading !== control.joined) joined = { heading: control.joined, ...heading(home, control.joined) };
    const row = element("div", { className: "mi-control" });
    (joined?.details ?? home).append(row);
    shows.push(BUILDERS[control.kind](row, control, `${key}-${control.name}`, hands));
    if (control.shortcuts.length) shows.push(shortcuts(joined?.quick ?? row, control.shortcuts, hands));
    const shown = joined?.box ?? row;
    const needed = Object.entries(control.only);
    if (needed.length) shows.push((values) => (shown.hidden = needed.some(([name, value]) => values[name] !== value)));
  }
  return (values) => shows.forEach((show) => show(values));
}

function slider(row, control, id, { moved, released }) {
  const { name, minimum, maximum, step } = control;
  const input = element("input", { type: "range", id, min: minimum, max: maximum, step });
  // No <output>: that would announce itself. The slider says its own value; the panel reads out the finding.
  const output = element("span", { className: "mi-value" });
  output.setAttribute("aria-hidden", "true");
  const reset = element("button", { type: "button", className: "mi-button mi-reset", textContent: "Reset" });
  const back = `Reset ${control.label} to ${valueText(control, control.default)}`;
  reset.title = back;
  reset.setAttribute("aria-label", back);
  input.setAttribute("aria-describedby", `${id}-note`);
  const track = element("div", { className: "mi-track" });
  const stepper = (sign, word, take) => {
    const button = element("button", { type: "button", className: "mi-button mi-step", textContent: sign, tabIndex: -1 });
    button.setAttribute("aria-label", `${word} ${control.label}`);
    button.onclick = () => {
      take();
      moved(control.name, input.valueAsNumber);
      released();
    };
    return button;
  };
  const less = stepper("−", "Less:", () => input.stepDown());
  const more = stepper("+", "More:", () => input.stepUp());
  track.append(input);
  followFinger(track, input, { moved: (value) => moved(name, value), released });
  row.append(head(control, id, output), less, track, more, note(control, id), reset);
  input.oninput = () => moved(name, input.valueAsNumber);
  input.onchange = released;
  reset.onclick = () => {
    moved(name, control.default);
    input.focus();
    released();
  };
  let shown;
  return (values) => {
    const value = values[name];
    if (value === shown) return;
    shown = value;
    // While the reader moves it, the slider already stands where it should.
    if (input.valueAsNumber !== value) input.value = typeof value === "number" ? value : maximum;
    const text = valueText(control, value);
    output.textContent = text;
    input.setAttribute("aria-valuetext", control.display === "plain" ? `${text} ${control.unit}` : text);
    reset.classList.toggle("mi-idle", value === control.default);
    reset.disabled = value === control.default;
  };
}

const DELIBERATE = 8; // pixels sideways before a finger that scrolls the page is taken for one that moves a slider

/** Let a finger move a slider by how far it goes sideways; a page that scrolls under it changes nothing. */
function followFinger(track, input, { moved, released }) {
  let from = null;
  track.onpointerdown = ({ pointerType, pointerId, clientX }) => {
    from = pointerType === "touch" ? { x: clientX, value: input.valueAsNumber, pointerId, moving: false } : null;
  };
  track.onpointermove = ({ pointerId, clientX }) => {
    if (from?.pointerId !== pointerId) return;
    const sideways = clientX - from.x;
    if (!from.moving && Math.abs(sideways) < DELIBERATE) return;
    if (!from.moving) track.setPointerCapture(pointerId);
    from.moving = true;
    input.value = from.value + (sideways / track.clientWidth) * (input.max - input.min);
    moved(input.valueAsNumber);
  };
  const end = () => {
    if (from?.moving) released();
    from = null;
  };
  track.onpointerup = end;
  track.onpointercancel = end;
}

function choice(row, control, id, { moved, released }) {
  const select = element("select", { id });
  for (const [value, label] of Object.entries(control.options)) select.append(new Option(label, value));
  select.setAttribute("aria-describedby", `${id}-note`);
  row.append(head(control, id), select, note(control, id));
  select.onchange = () => {
    moved(control.name, select.value);
    released();
  };
  return (values) => {
    if (select.value !== values[control.name]) select.value = values[control.name];
  };
}

/** A switch between two options, of which the second is on. */
function toggle(row, control, id, { moved, released }) {
  const [off, on] = Object.keys(control.options);
  const input = element("input", { type: "checkbox", id, role: "switch" });
  input.setAttribute("aria-describedby", `${id}-note`);
  row.append(head(control, id, input), note(control, id));
  input.onchange = () => {
    moved(control.name, input.checked ? on : off);
    released();
  };
  return (values) => {
    input.checked = values[control.name] === on;
  };
}

/** Buttons that set one or several settings at once and look pressed while they stand so. */
function shortcuts(place, listed, { started }) {
  const row = element("div", { className: "mi-shortcuts" });
  const buttons = listed.map(({ label, values }) => {
    const button = element("button", { type: "button", className: "mi-button", textContent: label });
    button.onclick = () => started(values);
    return button;
  });
  row.append(...buttons);
  place.append(row);
  return (values) =>
    buttons.forEach((button, index) => {
      const pressed = Object.entries(listed[index].values).every(([name, value]) => values[name] === value);
      button.setAttribute("aria-pressed", String(pressed));
    });
}

/** A box around settings that share a heading: their shortcuts first, the settings themselves folded. */
function heading(place, text) {
  const box = element("fieldset", { className: "mi-joined" });
  const quick = element("div", {});
  box.append(element("legend", { textContent: text }), quick);
  place.append(box);
  return { box, quick, details: fold(box, "Set each end") };
}

/** Starting points; the one that the settings agree with is shown, otherwise that they are the reader's own. */
function presetControl(place, { key, controls, presets }, { started }) {
  const row = element("div", { className: "mi-control mi-presets" });
  const id = `${key}-preset`;
  const select = element("select", { id });
  const own = new Option("Your own settings", "");
  own.hidden = true;
  select.append(...presets.map(({ label }, place) => new Option(label, place)), own);
  const explanation = element("p", { className: "mi-note", id: `${id}-note` });
  select.setAttribute("aria-describedby", explanation.id);
  row.append(head({ label: "Start from" }, id), select, explanation);
  place.append(row);
  const defaults = Object.fromEntries(controls.map((control) => [control.name, control.default]));
  const complete = presets.map((preset) => ({ ...defaults, ...preset.values }));
  select.onchange = () => started(complete[select.value]);
  return (values) => {
    const agrees = (preset) => Object.entries(preset).every(([name, value]) => values[name] === value);
    const found = complete.findIndex(agrees);
    const value = found < 0 ? "" : String(found);
    if (select.value !== value) select.value = value;
    const text = found < 0 ? "Settings that differ from every starting point above." : presets[found].note;
    if (explanation.textContent !== text) explanation.textContent = text;
  };
}

function head({ label }, id, output) {
  const line = element("div", { className: "mi-control-head" });
  line.append(element("label", { htmlFor: id, textContent: label }));
  if (output) line.append(output);
  return line;
}

/** Range and source at a glance; the reason opens below them. */
function note(control, id) {
  const details = element("details", { className: "mi-note" });
  const range =
    control.kind === "slider"
      ? [control.minimum, control.maximum].map((end) => valueText({ ...control, brief: true }, end)).join(" to ")
      : "";
  const textContent = [range, control.note].filter(Boolean).join(" · ");
  if (!control.reason) return element("p", { className: "mi-note", id: `${id}-note`, textContent });
  details.append(element("summary", { id: `${id}-note`, textContent }), element("p", { textContent: control.reason }));
  return details;
}

function fold(place, title) {
  const details = element("details", { className: "mi-fold" });
  details.append(element("summary", { textContent: title }));
  place.append(details);
  return details;
}

function valueText({ display, brief, weeks_per_month: perMonth }, value) {
  if (typeof value !== "number") return value;
  if (display === "plain") return numberText(value);
  const text = `${numberText(100 * value)} %`;
  if (display === "points") return brief ? `${numberText(100 * value)} points` : `± ${numberText(100 * value)} points`;
  if (display !== "monthly_growth" || brief || !value) return text;
  return `${text} (${numberText(100 * weeklyGrowth(value, perMonth))} % a week)`;
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
