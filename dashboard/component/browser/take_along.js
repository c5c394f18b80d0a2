/** What a reader takes along from the whole view: a briefing to print, and everything behind it as an archive. */

import { handedOver, lightPicture, posted, shownCharts } from "./chart/files.js";
import { PAPER } from "./chart/image.js";
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
      link.onpointerdown = link.onfocus = () => (link.href = addressOf(link));
    }
  }
  const [briefing, archive] = parentElement.querySelectorAll(".mi-copy");
  Object.assign(briefing, { textContent: "Briefing", title: "This view on one page to print", target: "_blank" });
  Object.assign(archive, { textContent: "Save view (ZIP)", title: "Charts, rows, settings, licences and citation" });
  archive.download = "";
  for (const [link, address] of [[briefing, data.briefing], [archive, data.archive]]) {
    link.dataset.address = new URL(address, window.location.origin).href;
    link.dataset.settings = data.settings.join(" ");
    link.href = addressOf(link);
  }
}

/** The address with what the page reads from its own; it has said of every other name there that it ignores it. */
function addressOf({ dataset }) {
  const names = ["as_of", ...dataset.settings.split(" ").filter(Boolean)];
  const read = (name) => names.some((own) => (own.endsWith("_") ? name.startsWith(own) : name === own));
  const query = new URLSearchParams([...new URLSearchParams(window.location.search)].filter(([name]) => read(name)));
  return dataset.address + (query.size ? `?${query}` : "");
}

function openBriefing(event) {
  // Without charts on the page the briefing draws those of its address.
  if (event.ctrlKey || event.metaKey || event.shiftKey || !shownCharts().length) return;
  event.preventDefault();
  const address = addressOf(event.currentTarget);
  openInTab(async () => {
    const answer = await fetch(address, { method: "POST" }); // in words, since the charts come from here
    if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const figures = (await Promise.all(shownCharts().map((chart) => pictureOf(chart, PAPER)))).filter(Boolean).map((svg) => {
      const figure = page.createElement("figure");
      figure.append(page.importNode(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement, true));
      return figure;
    });
    if (!figures.length) throw new Error("no chart is drawn");
    page.getElementById("charts").replaceChildren(...figures);
    return page;
  }, address);
}

async function saveArchive(event) {
  event.preventDefault();
  const link = event.currentTarget;
  const address = addressOf(link);
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
async function pictureOf(chart, width) {
  return chart.drawn && !chart.data.figure.layout.meta?.empty ? (await lightPicture(chart, width)).text : "";
}
