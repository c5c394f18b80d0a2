/** The numbers behind a chart: as a table on the page and as a CSV file. */

import { pageLink, pagesText } from "./sources.js";

const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const ASKED_MS = 40_000; // for readers whose browser asks them before it fetches the file
const FORMULA_START = /^[=+\-@\t\r]/;
const READABLE = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 3 });

const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * Write a table as CSV. A cell that a spreadsheet would run as a formula gets a leading apostrophe.
 * @param {{columns: string[], rows: Array[]}} table
 * @param {Object<string, string>} stamp What holds for the whole file, by name. It stands in every row, since lines
 *   above the header would keep spreadsheets and programs from reading the table.
 * @returns {string}
 */
export function csvText({ columns, rows }, stamp = {}) {
  const lines = [[...columns, ...Object.keys(stamp)], ...rows.map((row) => [...row, ...Object.values(stamp)])];
  return lines.map((line) => line.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

/**
 * Say where a saved file comes from: without that it can't be checked once it has left the page.
 * @param {{as_of: string, data_version: string, source: string, address: string}} chart Its address is that of the page
 *   where it has none of its own.
 * @returns {Object<string, string>} By the names that CSV files give it.
 */
export function stampOf({ as_of, data_version, source, address: own }) {
  const address = new URL(own ?? window.location.href);
  address.searchParams.delete("cite");
  address.searchParams.set("as_of", as_of); // so that it leads to these figures on any later day
  address.hash = "";
  return { "As known on": as_of, "Data version": data_version, "Source line": source, Address: address.href };
}

function csvCell(value) {
  let text = value === null || value === undefined ? "" : value.pages ? pagesText(value) : String(value);
  if (FORMULA_START.test(text) && !PLAIN_NUMBER.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Build an accessible table, in a region that can be scrolled with the keyboard.
 * @param {{columns: string[], numeric: boolean[], rows: Array[]}} table
 * @param {string} caption
 * @returns {HTMLElement}
 */
export function tableElement({ columns, numeric, rows }, caption) {
  const region = document.createElement("div");
  region.className = "mi-numbers";
  region.tabIndex = 0;
  region.setAttribute("role", "region");
  region.setAttribute("aria-label", `Numbers: ${caption}`);
  const table = document.createElement("table");
  const title = table.createCaption();
  title.textContent = caption;
  const head = table.createTHead().insertRow();
  columns.forEach((column, index) => {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = column;
    cell.classList.toggle("mi-number", numeric[index]);
    head.append(cell);
  });
  const body = table.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    row.forEach((value, index) => {
      const cell = line.insertCell();
      cell.classList.toggle("mi-number", numeric[index]);
      cell.dataset.label = columns[index];
      cell.classList.toggle("mi-empty", value === null || value === "");
      const content = document.createElement("span");
      content.append(...(value?.pages ? cellLinks(value) : [readable(value)]));
      cell.append(content);
    });
  }
  region.append(table);
  return region;
}

const cellLinks = ({ pages }) => pages.flatMap((page, index) => (index ? ["; ", pageLink(page)] : [pageLink(page)]));

/**
 * Write a cell as people do: thousands separated, dates as 30 Aug 2023, a dash for nothing.
 * @param {string|number|null} value
 * @returns {string}
 */
export function readable(value) {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "number") return READABLE.format(value);
  const day = ISO_DAY.exec(value);
  return day ? `${Number(day[3])} ${MONTHS[day[2] - 1]} ${day[1]}` : value;
}

/**
 * Save something as a file.
 * @param {Blob} content
 * @param {string} name
 */
export function save(content, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), ASKED_MS);
}
