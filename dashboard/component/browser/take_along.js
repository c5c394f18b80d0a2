/** What a reader takes along from the whole view: a briefing to print, and everything behind it as an archive. */

import { handedOver, lightPicture, posted, shownCharts } from "./chart/files.js";
import { save } from "./chart/numbers.js";
import { openInTab } from "./chart/tab.js";

const LARGEST = 2_000_000; // bytes of charts that the server takes, with room for what stands around them

export default function draw({ data, parentElement }) {
  if (!parentElement.querySelector(".mi-copy")) {
    for (const press of [openBriefing, saveArchive]) {
      const link = parentElement.appendChild(document.createElement("a"));
      link.className = "mi-copy";
      link.onclick = press;
      // The settings may have moved since the link was drawn; a middle click must follow them too.
      link.onpointerdown = link.onfocus = () => (link.href = link.dataset.address + window.location.search);
    }
  }
  const [briefing, archive] = parentElement.querySelectorAll(".mi-copy");
  Object.assign(briefing, { textContent: "Briefing", title: "This view on one page to print", target: "_blank" });
  Object.assign(archive, { textContent: "Save view (ZIP)", title: "Charts, rows, settings, licences and citation" });
  archive.download = "";
  for (const [link, address] of [[briefing, data.briefing], [archive, data.archive]]) {
    link.dataset.address = new URL(address, window.location.origin).href;
    link.href = link.dataset.address + window.location.search;
  }
}

function openBriefing(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const address = event.currentTarget.dataset.address + window.location.search;
  openInTab(async () => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const figures = (await Promise.all(shownCharts().map(pictureOf))).filter(Boolean).map((svg) => {
      const figure = page.createElement("figure");
      figure.append(page.importNode(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement, true));
      return figure;
    });
    if (figures.length) page.getElementById("charts").replaceChildren(...figures);
    return page;
  }, address);
}

async function saveArchive(event) {
  event.preventDefault();
  const link = event.currentTarget;
  const address = link.dataset.address + window.location.search;
  const pictures = await Promise.all(shownCharts().map(async (chart) => [chart, await pictureOf(chart)]));
  let charts = pictures.map(([chart, svg]) => handedOver(chart, svg));
  // Without its pictures a view of many charts is small enough; all that is in them stands in their numbers.
  if (JSON.stringify(charts).length > LARGEST) charts = pictures.map(([chart]) => handedOver(chart));
  const name = `morale-indicators_${link.dataset.address.split("/").at(-1)}`;
  try {
    save(await posted(address, { charts }), name);
  } catch {
    window.location.assign(address); // the same without the charts
  }
}

/** A chart without a figure, or one that could not be drawn, has no picture. */
async function pictureOf(chart) {
  return chart.drawn && !chart.data.figure.layout.meta?.empty ? (await lightPicture(chart)).text : "";
}
