/**
 * Views that a reader names and keeps, with notes: in this browser's storage and in files. Nothing of it is sent.
 *
 * As a form it keeps the view of the page it stands on; as a list it shows, changes and saves what is kept.
 */

import { applyTheme } from "./chart/chart.js";
import { loadStylesheet } from "./chart/draw.js";
import { save } from "./chart/numbers.js";

const KEY = "morale-views";
const KIND = "morale-indicators-views";
const FILE = "morale-views.json";
const MOST_VIEWS = 500;
const LONGEST = { name: 200, note: 5000, address: 4000 };
const LARGEST_FILE = 2 ** 22;
const NOT_KEPT = "This browser keeps nothing for this site, so views last until you leave; save them as a file.";
const places = new WeakMap();
let held = []; // where the browser keeps nothing

/**
 * Entry point for Streamlit.
 * @param {{data: {list: boolean, root: string, today: string}, parentElement: HTMLElement}} component
 * @param {{stylesheet: string, palette: object}} settings
 */
export default async function mount({ data, parentElement }, settings) {
  await Promise.all([settings.stylesheet, new URL("./embed.css", import.meta.url).href].map(loadStylesheet));
  let place = places.get(parentElement);
  if (!place) {
    place = { root: element("div", { className: "mi-chart" }), data };
    place.body = place.root.appendChild(element("div", { className: "mi-embed" }));
    parentElement.append(place.root);
    places.set(parentElement, place);
    data.list ? list(place) : form(place);
  }
  applyTheme(place.root, settings.palette);
}

/** Ask for a name and a note, and keep the view of this page. */
function form({ body, data }) {
  const name = field("Name", element("input", { maxLength: LONGEST.name, value: document.title }));
  const note = field("Note, for you alone", element("textarea", { maxLength: LONGEST.note, rows: 2 }));
  const frozen = element("input", { type: "checkbox" });
  const line = element("label");
  line.append(frozen, " As known today, whatever comes later");
  const said = element("span", { role: "status" });
  const keep = element("button", { type: "button", className: "mi-button", textContent: "Save view in this browser" });
  keep.onclick = () => {
    const kept = write([...read(), { name: name.input.value.trim() || document.title, note: note.input.value, address: here(), saved: data.today }]);
    said.replaceChildren(kept ? "Saved. " : `${NOT_KEPT} `, element("a", { href: `${data.root}views`, textContent: "All saved views" }));
  };
  const here = () => {
    const address = new URL(window.location.href);
    address.searchParams.delete("cite");
    if (frozen.checked && !address.searchParams.has("as_of")) address.searchParams.set("as_of", data.today);
    return address.pathname + address.search;
  };
  const tools = element("div", { className: "mi-embed-line" });
  tools.append(keep, said);
  body.append(name.label, note.label, ...(new URLSearchParams(window.location.search).has("as_of") ? [] : [line]), tools);
}

/** Show all views with what can be done with them. */
function list({ body, data }) {
  const said = element("p", { role: "status" });
  const rows = element("ul", { className: "mi-views" });
  const tools = element("div", { className: "mi-embed-line" });
  const file = element("input", { type: "file", accept: ".json,application/json", hidden: true });
  file.setAttribute("aria-label", "File of saved views");
  const button = (text, press) => {
    const made = element("button", { type: "button", className: "mi-button", textContent: text, onclick: press });
    tools.append(made);
  };
  button("Save as a file", () => {
    const content = JSON.stringify({ kind: KIND, version: 1, views: read() }, null, 1);
    save(new Blob([content], { type: "application/json" }), FILE);
  });
  button("Open a file", () => file.click());
  file.onchange = async () => {
    try {
      const { added, known } = merged(await opened(file.files[0], data.root));
      said.textContent = `${added} added${known ? `, ${known} were here already` : ""}.`;
    } catch (error) {
      said.textContent = `Nothing was added: ${error.message}.`;
    }
    file.value = "";
    show();
  };
  const show = () => {
    const views = read();
    rows.replaceChildren(...views.map((view, index) => row(view, index, show)));
    if (!views.length) rows.append(element("li", { textContent: "No view is saved in this browser yet." }));
    if (!stored()) said.textContent = NOT_KEPT;
  };
  addEventListener("storage", ({ key }) => key === KEY && show());
  tools.append(file);
  body.append(rows, tools, said);
  show();
}

function row(view, index, show) {
  const change = (changes) => {
    const views = read();
    if (!same(views[index], view)) return show(); // another tab changed it
    changes ? (views[index] = { ...view, ...changes }) : views.splice(index, 1);
    write(views);
    show();
  };
  const item = element("li");
  const name = field("Name", element("input", { maxLength: LONGEST.name, value: view.name }));
  const note = field("Note", element("textarea", { maxLength: LONGEST.note, rows: 2, value: view.note }));
  name.input.onchange = () => change({ name: name.input.value.trim() || view.name });
  note.input.onchange = () => change({ note: note.input.value });
  const open = element("a", { href: view.address, textContent: view.name });
  const about = element("span", { textContent: ` ${view.address}, saved ${view.saved}` });
  const gone = element("button", { type: "button", className: "mi-button", textContent: "Delete", onclick: () => change(null) });
  gone.setAttribute("aria-label", `Delete ${view.name}`);
  const edit = element("details");
  edit.append(element("summary", { textContent: view.note ? "Name and note" : "Name, add a note" }), name.label, note.label, gone);
  item.append(open, about, ...(view.note ? [element("p", { textContent: view.note })] : []), edit);
  return item;
}

/** Return the views of a file; throws what is wrong with it. */
async function opened(file, root) {
  if (file.size > LARGEST_FILE) throw new Error(`expected a file of at most ${LARGEST_FILE / 2 ** 20} MB`);
  let content;
  try {
    content = JSON.parse(await file.text());
  } catch {
    throw new Error("expected a file of saved views, got something else");
  }
  if (content?.kind !== KIND || content.version !== 1 || !Array.isArray(content.views)) {
    throw new Error("expected a file of saved views, version 1");
  }
  const views = content.views.map((view) => checked(view, root));
  const wrong = views.findIndex((view) => !view);
  if (wrong >= 0) throw new Error(`view ${wrong + 1} has no name or leads to another site`);
  return views;
}

/** Return a view if it leads to a page of this site, else null. */
function checked(view, root = "/") {
  const { name, note = "", address, saved = "" } = view ?? {};
  if (![name, note, address, saved].every((text) => typeof text === "string") || !name) return null;
  if (name.length > LONGEST.name || note.length > LONGEST.note || address.length > LONGEST.address) return null;
  try {
    const target = new URL(address, window.location.origin);
    const ours = target.origin === window.location.origin && target.pathname.startsWith(root) && address.startsWith("/");
    return ours ? { name, note, address: target.pathname + target.search, saved: saved.slice(0, 10) } : null;
  } catch {
    return null;
  }
}

function merged(views) {
  const before = read();
  const added = views.filter((view) => !before.some((one) => same(one, view)));
  if (before.length + added.length > MOST_VIEWS) throw new Error(`expected at most ${MOST_VIEWS} views in all`);
  write([...before, ...added]);
  return { added: added.length, known: views.length - added.length };
}

function read() {
  try {
    const views = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(views) ? views.map((view) => checked(view)).filter(Boolean) : [];
  } catch {
    return held;
  }
}

/** Keep views; returns whether the browser does. */
function write(views) {
  held = views.slice(-MOST_VIEWS);
  try {
    localStorage.setItem(KEY, JSON.stringify(held));
    return true;
  } catch {
    return false;
  }
}

function stored() {
  try {
    localStorage.getItem(KEY);
    return true;
  } catch {
    return false;
  }
}

function field(text, input) {
  const label = element("label");
  label.append(text, input);
  return { label, input };
}

function element(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
