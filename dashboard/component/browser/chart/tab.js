/** A document of our own in a new tab. */

/**
 * Open a tab at once, while the browser still sees the reader's click, and fill it when the document is made.
 * @param {() => Promise<Document>} make
 * @param {string} [otherwise] Address to show where it can't be made; without one the tab closes again.
 */
export async function openInTab(make, otherwise = "") {
  const tab = window.open("", "_blank");
  if (!tab) return;
  try {
    const { documentElement } = await make();
    const content = new Blob(["<!doctype html>\n", documentElement.outerHTML], { type: "text/html;charset=utf-8" });
    tab.location.replace(URL.createObjectURL(content));
  } catch {
    if (otherwise) tab.location.replace(otherwise);
    else tab.close();
  }
}
