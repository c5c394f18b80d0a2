/** Links to the pages that print a figure: in source lines and in cells of number tables. */

/**
 * Fill a source line, unless it holds the same already: what the reader has opened stays open.
 * @param {HTMLElement} place
 * @param {Array<string|{pages: Array[], limit: number}>} parts Words, and pages as [name, address, note].
 */
export function showSources(place, parts) {
  const written = JSON.stringify(parts);
  if (place.dataset.parts === written) return;
  place.dataset.parts = written;
  place.replaceChildren(...parts.flatMap((part) => (typeof part === "string" ? [part] : linkedPages(part))));
}

/**
 * Build links to pages: the first few in the line, and below a fold every one with title and licence.
 * @param {{pages: Array[], limit: number}} cited
 * @returns {Array<Node|string>}
 */
export function linkedPages({ pages, limit }) {
  if (!pages.length) return [];
  const first = pages.slice(0, limit).flatMap((page, index) => (index ? ["; ", pageLink(page)] : [pageLink(page)]));
  const fold = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = pages.length > limit ? `and ${pages.length - limit} more` : "details";
  const list = document.createElement("ul");
  for (const page of pages) {
    const item = document.createElement("li");
    item.append(pageLink(page), `. ${page[2]}`);
    list.append(item);
  }
  fold.append(summary, list);
  return [...first, pages.length > limit ? "; " : " ", fold];
}

/**
 * Build a link that opens elsewhere and tells the page nothing about where the reader came from.
 * @param {[string, string, string]} page Name, address and note.
 * @returns {Node} Plain text if the address is none of the web.
 */
export function pageLink([name, address, note]) {
  if (!/^https?:\/\//i.test(address)) return document.createTextNode(name);
  const link = document.createElement("a");
  Object.assign(link, { href: address, target: "_blank", rel: "noopener noreferrer", textContent: name, title: note });
  return link;
}

/**
 * Write cited pages as a cell of a file.
 * @param {{pages: Array[]}} cited
 * @returns {string}
 */
export function pagesText({ pages }) {
  return pages.map(([name, address]) => `${name} ${address}`).join("; ");
}
