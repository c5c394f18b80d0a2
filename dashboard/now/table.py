"""The table of all indicators: one row each over one axis of time, as HTML that a screen reader can read."""

from collections.abc import Sequence
from datetime import date
from xml.etree.ElementTree import Element

from dashboard.charts.elements import element
from dashboard.charts.over_time.sparkline import sparkline, year_labels
from dashboard.charts.palette import COLOURS
from dashboard.now.signs import Sign, updated_text
from dashboard.shell.addresses import page_link
from indicators.core.figures.periods import FULL_SCALE_INVASION
from indicators.core.text import day_text

FIRST = date(FULL_SCALE_INVASION.year, 1, 1)


def _both(meaning: str) -> str:
    return f"light-dark({COLOURS['light'][meaning]}, {COLOURS['dark'][meaning]})"


STYLE = f"""<style>
.mi-signs {{ border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; line-height: 1.2;
  table-layout: fixed; width: 100%; }}
.mi-signs th, .mi-signs td {{ border: 0; border-bottom: 1px solid {_both("grid")}; font-weight: 400; height: 36px;
  padding: 1px 12px 1px 0; text-align: start; vertical-align: middle; }}
.mi-signs thead th {{ color: {_both("muted")}; font-size: 0.8125rem; height: 24px; position: relative; }}
.mi-signs small {{ color: {_both("muted")}; display: block; font-size: 0.75rem; }}
.mi-signs b {{ font-weight: 600; }}
.mi-signs a {{ color: {_both("observed")}; text-underline-offset: 2px; }}
.mi-signs a:focus-visible {{ outline: 2px solid {_both("observed")}; outline-offset: 2px; }}
.mi-signs td > div {{ border-bottom: 1px solid {_both("grid")}; height: 26px; position: relative; }}
.mi-signs i {{ background: {_both("observed")}; bottom: 0; height: 60%; min-width: 2px; position: absolute; }}
.mi-signs .mi-years span {{ font-size: 0.75rem; position: absolute; top: 5px; }}
.mi-signs caption {{ clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute; width: 1px; }}
@media (max-width: 900px) {{ .mi-signs .mi-years span:is(:nth-child(even), :last-child) {{ display: none; }} }}
@media (max-width: 640px) {{
  .mi-signs thead, .mi-signs .mi-over, .mi-signs .mi-updated {{ display: none; }}
  .mi-signs tr {{ border-bottom: 1px solid {_both("grid")}; display: grid; grid-template-columns: 1fr auto;
    min-height: 44px; padding: 6px 0; position: relative; }}
  .mi-signs th, .mi-signs td {{ border: 0; height: auto; }}
  .mi-signs .mi-figure {{ grid-column: 1; grid-row: 2; }}
  .mi-signs .mi-direction {{ align-self: center; grid-column: 2; grid-row: 1 / 3; padding: 0; }}
  .mi-signs a::after {{ content: ""; inset: 0; position: absolute; }}
}}
</style>"""
WIDTHS = ("20%", "41%", "16%", "12%", "11%")
HEADS = ("Sign of morale", "Latest complete figure", "", "Direction", "Age")


def signs_table(signs: Sequence[Sign], day: date | None, today: date) -> Element:
    """Return the table; its style is `STYLE`.

    Args:
        today: The day of reading, or the replayed day: the end of the axis.
    """
    heads = [
        element("th", name, scope="col", style=f"width:{width}") for name, width in zip(HEADS, WIDTHS, strict=True)
    ]
    heads[2].set("class", "mi-years")
    heads[2].set("aria-label", f"{FIRST.year} to {today.year}")
    heads[2].extend(year_labels(FIRST, today))
    return element(
        "table",
        element("caption", "Signs of military morale"),
        element("thead", element("tr", *heads)),
        element("tbody", *(_row(sign, day, today) for sign in signs)),
        class_="mi-signs",
    )


def signs_rows(signs: Sequence[Sign]) -> list[list[str]]:
    """Return the same as plain cells under a row of headings."""
    rows = [[sign.indicator.name, sign.figure, sign.about, sign.direction, day_text(sign.known)] for sign in signs]
    return [["Sign of morale", "Latest complete figure", "What it counts", "Direction", "Known since"], *rows]


def _row(sign: Sign, day: date | None, today: date) -> Element:
    name = sign.indicator.name
    address = page_link("indicator", day, indicator=sign.indicator.id)
    drawn = [sparkline(sign.stretches, FIRST, today, alt=_in_words(sign))] if sign.stretches else []
    return element(
        "tr",
        element("th", element("a", name, href=address, target="_self"), scope="row"),
        element("td", element("b", sign.figure), element("small", sign.about), class_="mi-figure"),
        element("td", *drawn, class_="mi-over"),
        element("td", sign.direction, class_="mi-direction"),
        element("td", updated_text(sign.known, today).removesuffix(" ago") if sign.known else "", class_="mi-updated"),
    )


def _in_words(sign: Sign) -> str:
    count = len(sign.stretches)
    kind = "entries" if sign.stretches[0].value is None else "figures"
    return f"{count} {kind if count > 1 else kind.removesuffix('s')} from {sign.stretches[0].start.year} on"
