/** The code that puts a chart on another page: which knowledge, theme and width, the code to copy, and a preview. */

import { copy } from "../copy.js";
import { loadStylesheet } from "./draw.js";

const FRAME_EDGE = 80; // pixels around and below a chart that stands by itself
const THEMES = { "The reader's own": "", Light: "light", Dark: "dark" };
const WIDTHS = { "Full width": "100%", "720 pixels": "720", "390 pixels": "390", "320 pixels": "320" };

/**
 * Show the code; it follows the settings of the chart, and what the reader chose stays.
 * @param {HTMLElement} place
 * @param {{embed: Object<string, string>, title: string}} data
 * @param {string} script Address of the script that gives frames their height.
 * @param {number} height Pixels of the chart as it stands here, until the frame tells its own.
 */
export async function showCode(place, data, script, height) {
  await loadStylesheet(new URL("../embed.css", import.meta.url).href);
  const parts = (place.parts ??= build(place));
  Object.assign(parts, { data, script: absolute(script), height: Math.ceil(height) + FRAME_EDGE });
  const labels = Object.keys(data.embed);
  if (labels.join() !== [...parts.shown.options].map((option) => option.value).join()) {
    parts.shown.replaceChildren(...labels.map((label) => new Option(label, label)));
  }
  write(parts);
}

function build(place) {
  const parts = {};
  const line = element("div", "mi-embed-line");
  parts.shown = choice(line, "Show", []);
  parts.theme = choice(line, "Theme", Object.keys(THEMES));
  parts.width = choice(line, "Width", Object.keys(WIDTHS));
  const label = element("label");
  parts.code = element("textarea");
  Object.assign(parts.code, { readOnly: true, rows: 4, onfocus: () => parts.code.select() });
  label.append("Code for the other page", parts.code);
  const tools = element("div", "mi-embed-line");
  const button = (text, press) => {
    const created = element("button", "mi-button");
    Object.assign(created, { type: "button", textContent: text, onclick: press });
    tools.append(created);
    return created;
  };
  button("Copy code", async () => {
    parts.said.textContent = (await copy(parts.code.value)) ? "Copied" : "Please select the code and copy it.";
  });
  parts.previewButton = button("Preview", () => {
    parts.open = !parts.open;
    write(parts);
  });
  parts.said = element("span");
  parts.said.setAttribute("role", "status");
  tools.append(parts.said);
  parts.preview = element("div");
  place.replaceChildren(line, label, tools, parts.preview);
  for (const select of [parts.shown, parts.theme, parts.width]) select.onchange = () => write(parts);
  addEventListener("message", ({ source, data }) => {
    const frame = parts.preview.firstChild;
    if (data?.type === "morale-indicators:height" && frame?.contentWindow === source) frame.style.height = `${data.height}px`;
  });
  return parts;
}

function write(parts) {
  const { data, shown, theme, width, code, said, preview } = parts;
  const address = new URL(absolute(data.embed[shown.value]));
  if (THEMES[theme.value]) address.searchParams.set("theme", THEMES[theme.value]);
  const frame = element("iframe");
  Object.assign(frame, { src: address.href, title: data.title, width: WIDTHS[width.value], height: parts.height });
  frame.style.cssText = "border: 0; max-width: 100%;";
  const script = element("script");
  script.src = parts.script;
  script.async = true;
  code.value = frame.outerHTML + script.outerHTML;
  said.textContent = "";
  parts.previewButton.setAttribute("aria-expanded", String(Boolean(parts.open)));
  if (!parts.open) preview.replaceChildren();
  else if (preview.firstChild?.src !== frame.src || preview.firstChild.width !== frame.width) preview.replaceChildren(frame);
}

function choice(place, text, values) {
  const label = element("label");
  const select = element("select");
  select.append(...values.map((value) => new Option(value, value)));
  label.append(text, select);
  place.append(label);
  return select;
}

function element(name, className = "") {
  const created = document.createElement(name);
  if (className) created.className = className;
  return created;
}

const absolute = (address) => new URL(address, window.location.origin).href;
