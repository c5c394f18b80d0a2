/**
 * One run of a cascade as a picture: a mark for each unit, changed week by week.
 *
 * Shape and colour both tell the state: an open circle stands, a filled diamond has broken and presses on others, a cross
 * has broken and is withdrawn. Nothing moves until the reader asks for it.
 */

import { applyTheme } from "./chart/chart.js";
import { loadStylesheet, svgElement } from "./chart/draw.js";
import { fill } from "./panel/wording.js";

const STEP = 700; // milliseconds a week takes while playing
const WIDTH = 720;
const ROW = 20; // units in a row
const SHAPES = {
  standing: "M-5,0a5,5 0 1,0 10,0a5,5 0 1,0 -10,0",
  pressing: "M0,-7L7,0L0,7L-7,0Z",
  withdrawn: "M-5,-5L5,5M-5,5L5,-5",
};
const pictures = new WeakMap();

/**
 * Entry point for Streamlit.
 * @param {{data: object, parentElement: HTMLElement}} component
 * @param {{stylesheet: string, palette: object}} settings
 * @returns {Promise<() => void>} Cleanup, called when the picture leaves the page.
 */
export default async function mount({ data, parentElement }, settings) {
  await Promise.all([
    loadStylesheet(settings.stylesheet),
    loadStylesheet(new URL("front_line.css", import.meta.url).href),
  ]);
  let picture = pictures.get(parentElement);
  if (!picture) {
    picture = build(parentElement);
    pictures.set(parentElement, picture);
  }
  applyTheme(picture.root, settings.palette);
  if (JSON.stringify(data) !== picture.given) {
    pause(picture);
    Object.assign(picture, { data, given: JSON.stringify(data), week: 0, last: lastWeek(data) });
    describe(picture);
    place(picture);
    show(picture);
  }
  parentElement.style.minHeight = "";
  return () => {
    pause(picture);
    picture.motion.removeEventListener("change", picture.follow);
    pictures.delete(parentElement);
  };
}

/** Week after which nothing changes any more. */
export function lastWeek({ ticks, recovery, weeks }) {
  return Math.min(Math.max(...ticks.map((tick) => (tick === null ? 0 : tick + recovery)), 1), weeks);
}

/**
 * State of a unit in a week.
 * @param {number|null} tick Week in which it breaks.
 * @param {number} week
 * @param {number} recovery
 * @returns {"standing"|"pressing"|"withdrawn"}
 */
export function stateOf(tick, week, recovery) {
  if (tick === null || tick > week) return "standing";
  return week < tick + recovery ? "pressing" : "withdrawn";
}

/**
 * Places of the units: along a closed line, or in rows.
 * @param {number} count
 * @param {boolean} closed
 * @returns {{points: Array<[number, number]>, height: number}}
 */
export function layOut(count, closed) {
  if (!closed) {
    const rows = Math.ceil(count / ROW);
    const across = WIDTH / ROW;
    const points = Array.from({ length: count }, (_, unit) => [
      across * ((unit % ROW) + 0.5),
      24 * Math.floor(unit / ROW) + 16,
    ]);
    return { points, height: 24 * rows + 8 };
  }
  // A stadium: two straight stretches joined by half circles, walked in equal steps.
  const radius = 70 + count * 0.3;
  const straight = WIDTH - 2 * radius - 24;
  const around = 2 * straight + 2 * Math.PI * radius;
  const height = 2 * radius + 24;
  const points = Array.from({ length: count }, (_, unit) => along((around * unit) / count));
  return { points, height };

  function along(distance) {
    const left = radius + 12;
    const right = left + straight;
    const bend = Math.PI * radius;
    if (distance < straight) return [left + distance, 12];
    if (distance < straight + bend) {
      const angle = (distance - straight) / radius - Math.PI / 2;
      return [right + radius * Math.cos(angle), 12 + radius + radius * Math.sin(angle)];
    }
    if (distance < 2 * straight + bend) return [right - (distance - straight - bend), 12 + 2 * radius];
    const angle = (distance - 2 * straight - bend) / radius + Math.PI / 2;
    return [left + radius * Math.cos(angle), 12 + radius + radius * Math.sin(angle)];
  }
}

function build(parent) {
  const root = document.createElement("div");
  root.className = "mi-chart mi-front";
  root.innerHTML = `<div class="mi-heading"></div><p class="mi-front-state"></p>
    <svg class="mi-front-field" role="img"></svg>
    <ul class="mi-front-key"></ul>
    <div class="mi-front-controls" role="group">
      <button type="button" class="mi-button" data-do="play"></button>
      <button type="button" class="mi-button" data-do="back"></button>
      <button type="button" class="mi-button" data-do="forward"></button>
      <button type="button" class="mi-button" data-do="restart"></button>
      <label class="mi-front-week"><span></span><input type="range" min="0" step="1"></label></div>
    <p class="mi-front-spoken" role="status"></p>
    <details class="mi-front-words"><summary>In words</summary><p></p></details><p class="mi-source"></p>`;
  parent.append(root);
  const part = (name) => root.querySelector(name);
  const picture = { root, week: 0, timer: 0, motion: window.matchMedia("(prefers-reduced-motion: reduce)") };
  Object.assign(picture, {
    heading: part(".mi-heading"),
    state: part(".mi-front-state"),
    field: part(".mi-front-field"),
    key: part(".mi-front-key"),
    spoken: part(".mi-front-spoken"),
    words: part(".mi-front-words p"),
    source: part(".mi-source"),
    slider: part("input"),
    button: (name) => part(`[data-do="${name}"]`),
  });
  picture.button("play").onclick = () => (picture.timer ? pause(picture) : play(picture));
  picture.button("back").onclick = () => moveTo(picture, picture.week - 1);
  picture.button("forward").onclick = () => moveTo(picture, picture.week + 1);
  picture.button("restart").onclick = () => moveTo(picture, 0);
  picture.slider.oninput = () => moveTo(picture, picture.slider.valueAsNumber);
  picture.follow = () => {
    pause(picture);
    picture.button("play").hidden = picture.motion.matches;
  };
  picture.motion.addEventListener("change", picture.follow);
  return picture;
}

/** Fill what does not change while the run is shown. */
function describe(picture) {
  const { data, root, last } = picture;
  const { words } = data;
  picture.heading.textContent = data.title;
  picture.heading.setAttribute("role", "heading");
  picture.heading.setAttribute("aria-level", 2);
  picture.field.setAttribute("aria-label", data.description);
  picture.words.textContent = data.description;
  picture.source.textContent = data.source;
  picture.slider.max = last;
  root.querySelector(".mi-front-week span").textContent = words.week;
  for (const name of ["back", "forward", "restart"]) picture.button(name).textContent = words[name];
  picture.button("play").hidden = picture.motion.matches;
  picture.key.replaceChildren(
    ...Object.keys(SHAPES).map((state) => {
      const item = document.createElement("li");
      const sample = svgElement("svg", { viewBox: "-9 -9 18 18", width: 16, height: 16, "aria-hidden": "true" });
      sample.append(svgElement("path", { d: SHAPES[state], class: `mi-unit mi-${state}` }));
      item.append(sample, words[state]);
      return item;
    }),
  );
}

/** Put a mark at the place of every unit. */
function place({ data, field }) {
  const { points, height } = layOut(data.ticks.length, data.closed);
  field.setAttribute("viewBox", `0 0 ${WIDTH} ${height}`);
  field.replaceChildren(...points.map(([x, y]) => svgElement("path", { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` })));
}

function show(picture) {
  const { data, week, last } = picture;
  const states = data.ticks.map((tick) => stateOf(tick, week, data.recovery));
  states.forEach((state, unit) => {
    const mark = picture.field.children[unit];
    if (mark.dataset.state === state) return;
    mark.dataset.state = state;
    mark.setAttribute("d", SHAPES[state]);
    mark.setAttribute("class", `mi-unit mi-${state}`);
  });
  const count = (wanted) => states.filter((state) => state === wanted).length;
  const pressing = count("pressing");
  const broken = pressing + count("withdrawn");
  picture.state.textContent = fill(data.words.state, { week, broken, units: data.ticks.length, pressing });
  picture.slider.value = week;
  picture.slider.setAttribute("aria-valuetext", picture.state.textContent);
  picture.button("play").textContent = picture.timer ? data.words.pause : data.words.play;
  picture.button("back").disabled = picture.button("restart").disabled = week === 0;
  picture.button("forward").disabled = week === last;
}

function moveTo(picture, week) {
  pause(picture);
  picture.week = Math.min(Math.max(week, 0), picture.last);
  show(picture);
  picture.spoken.textContent = picture.state.textContent;
}

function play(picture) {
  if (picture.week >= picture.last) picture.week = 0;
  picture.timer = setInterval(() => {
    picture.week += 1;
    if (picture.week >= picture.last) {
      moveTo(picture, picture.last);
      return;
    }
    show(picture);
  }, STEP);
  show(picture);
}

function pause(picture) {
  clearInterval(picture.timer);
  picture.timer = 0;
  if (picture.data) show(picture);
}
