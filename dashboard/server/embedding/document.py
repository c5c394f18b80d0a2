"""The document inside a frame: words that need no script, the chart in their place, and its height for the host."""

import html
from datetime import date

from dashboard.charts.palette import COLOURS
from dashboard.component import ChartContent, chart_data, drawing_settings, script_data
from dashboard.component.source_line import line_text
from dashboard.server.embedding.asked import Asked
from dashboard.server.icon import ICON
from dashboard.shell.pages import SITE_NAME, Opening
from dashboard.shell.parts import stamp_of, with_pages
from indicators.core.text import day_text

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif"

HEIGHT_SCRIPT = """<script>
(() => {
  const tell = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    parent.postMessage({ type: "morale-indicators:height", height }, "*");
  };
  addEventListener("message", ({ data }) => data === "morale-indicators:ask" && tell());
  new ResizeObserver(tell).observe(document.documentElement);
})();
</script>"""
"""Tells the host page how tall the document is, whenever that changes and when it asks. It stays with the words."""

DRAW_SCRIPT = """<script type="module">
const [settings, data] = ["settings", "data"].map((id) => JSON.parse(document.getElementById(id).textContent));
const { default: draw } = await import(settings.module);
const words = document.getElementById("words");
words.hidden = true;
try {
  // On a page its heading stands below others, here it is the only one.
  const component = { data: { ...data, level: 1 }, parentElement: document.getElementById("chart") };
  await draw(component, settings);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw(component, settings));
} catch (error) {
  words.hidden = false;
  throw error;
}
</script>"""
"""The same in every document, so that a policy can name it: what it draws stands beside it as data."""

SCRIPTS = HEIGHT_SCRIPT + DRAW_SCRIPT


def document(asked: Asked) -> str:
    """Return the HTML document of what stands by itself."""
    content, page = asked.content, asked.page
    known = "latest figures" if asked.day is None else f"as known on {day_text(asked.day)}"
    link = f'<a href="{html.escape(page)}" target="_blank" rel="noopener">{SITE_NAME}</a>'
    foot = f"<footer>{link}, {known}</footer>"
    if isinstance(content, Opening):
        words = _words(content.question, content.answer, f"Source: {content.source}" if content.source else "")
        return _page(content.question, asked.theme, f"<main>{words}</main>{foot}")
    words = _words(content["title"], content.get("subtitle", ""), line_text(content["source"]))
    body = f'<main><div id="words">{words}</div><div id="chart"></div></main>{foot}{_data(content, asked.day)}'
    return _page(content["title"], asked.theme, body + DRAW_SCRIPT)


def refusal(sentence: str) -> str:
    """Return the HTML document that says why nothing is shown."""
    return _page("Nothing is shown here", "", f"<main><p>{html.escape(sentence, quote=False)}</p></main>")


def _words(title: str, said: str, source: str) -> str:
    return (
        f"<h1>{html.escape(title)}</h1>"
        + (f"<p>{html.escape(said)}</p>" if said else "")
        + (f"<p><small>{html.escape(source)}</small></p>" if source else "")
    )


def _data(content: ChartContent, day: date | None) -> str:
    data = script_data("data", chart_data(with_pages(content), stamp_of(day)))
    return f"\n{script_data('settings', drawing_settings('chart.js'))}\n{data}\n"


def _page(title: str, theme: str, body: str) -> str:
    dark = "" if theme else f"@media (prefers-color-scheme: dark) {{ :root {{ {_variables('dark')} }} }}"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{ICON}
<title>{html.escape(title)}</title>
<style>
:root {{ {_variables(theme or "light")} --st-font: {FONT}; --st-heading-font: {FONT}; --st-base-radius: 4px;
--st-button-radius: 4px; }}
{dark}
html {{ height: auto; }}
body {{ background: var(--st-background-color); color: var(--st-text-color); font: 16px/1.5 var(--st-font);
display: flow-root; margin: 0; padding: 12px; overflow-wrap: anywhere; }}
h1 {{ font-size: 1.125rem; line-height: 1.35; margin: 0; }}
p {{ margin: 4px 0 0; }}
[hidden] {{ display: none; }}
footer {{ font-size: 0.8125rem; margin-top: 8px; }}
a {{ color: inherit; }}
</style>
</head>
<body>
{body}
{HEIGHT_SCRIPT}
</body>
</html>
"""


def _variables(theme: str) -> str:
    colours = COLOURS[theme]
    return f"--st-background-color: {colours['background']}; --st-text-color: {colours['text']};"
