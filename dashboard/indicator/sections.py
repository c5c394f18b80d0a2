"""Parts of the indicator page: its chart, its other figures, and the sections that open when asked for."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

import pandas as pd

from dashboard.indicator import text as indicator_wording
from dashboard.indicator.charts import CHARTS, change_content, panel_content
from dashboard.shell.addresses import embed_links, page_link
from dashboard.shell.markdown import link, markup
from dashboard.shell.parts import chart, frames, section
from dashboard.shell.sections.echoes import echo_text, echoes
from dashboard.shell.sections.forecast import SETTING as FORECAST
from dashboard.shell.sections.forecast import forecast_section
from dashboard.shell.settings_in_address import choice, switch
from dashboard.shell.wording.figure_text import definition_text
from dashboard.shell.writing import bullets, paragraph, table
from indicators.core.evidence.echoes import figure_echoes
from indicators.core.evidence.load import Evidence
from indicators.core.figures.glance import figures_without_chart, incomplete_from
from indicators.core.ledger.claims import statements_on
from indicators.core.ledger.entries import dated_entries, places
from indicators.core.model import DATED_KINDS, Indicator, Panel
from indicators.core.snapshot import Snapshot
from indicators.methods.comparison.signposts import Signpost, signposts_of
from indicators.methods.counts.rate_changes import RateChanges
from indicators.methods.counts.vintages import most_editions, revisions

ALL_PLACES = "all"


def panel_chart(indicator: Indicator, panel: Panel, snapshot: Snapshot, *, with_later: bool = False) -> None:
    """Draw one panel with its source line, numbers and downloads.

    Args:
        with_later: Whether the figures as known today stand pale behind those of the replayed day.
    """
    chosen: dict[str, str] = {}
    if panel.kind in DATED_KINDS:
        named = places(dated_entries(indicator.id, panel, snapshot.evidence))
        if len(named) > 1:
            place = choice("Place", {ALL_PLACES: "All places"} | {name: name for name in named}, key="place")
            chosen = {} if place == ALL_PLACES else {"place": place}
    chart(
        **panel_content(indicator, panel, snapshot, with_later=with_later, place=chosen.get("place")),
        key=f"{indicator.id}_{panel.id}",
        embed=embed_links(
            f"indicator/{indicator.id}/{panel.id}",
            snapshot.day,
            date.today(),
            sentence={"indicator": indicator.id},
            **chosen,
        ),
    )


def then_and_now(indicator: Indicator, snapshot: Snapshot) -> bool:
    """Let the reader take away what is known today from behind the figures of a replayed day."""
    if snapshot.day is None:
        return False
    known = snapshot.latest.of_indicator(indicator.id)["known"]
    if not (known > pd.Timestamp(snapshot.day)).any():
        return False
    return switch(
        "Also show what is known today",
        key="later",
        default=True,
        help_text="Pale marks are figures as known today; sentences and tables hold only what was known then.",
    )


def other_rows(indicator: Indicator, snapshot: Snapshot, uncharted: Sequence[Panel]) -> pd.DataFrame:
    """Return the figures that stand in no chart, because they are too few for one."""
    shown = [series for panel in uncharted if panel.kind not in DATED_KINDS for series in panel.series]
    figures = snapshot.figures(indicator.id)
    single = figures_without_chart(indicator, snapshot.evidence, snapshot.derived(indicator.id))
    tables = [table for table in (figures[figures["series"].isin(shown)], single) if not table.empty]
    return pd.concat(tables, ignore_index=True) if tables else single


def other_figures(evidence: Evidence, rows: pd.DataFrame) -> None:
    """List figures that stand in no chart: one alone as a sentence, several as a table."""
    if len(rows) == 1:
        paragraph(indicator_wording.lone_figure(evidence, rows.iloc[0]))
    else:
        table(indicator_wording.single_figures_table(evidence, rows), alt="Figures with period, claimant and source.")


def folded_sections(indicator: Indicator, snapshot: Snapshot, more_caveats: Sequence[str]) -> None:
    """Offer everything else, each part under its title and drawn when it is opened; nothing that would be empty."""
    history = snapshot.glance(indicator.id).history
    changes = snapshot.rate_changes(indicator.id)
    graph = figure_echoes(snapshot.evidence.chain, history)
    watched = watched_signposts(indicator, snapshot)
    statements = statements_on(snapshot.evidence, indicator.id)
    revised = revisions(snapshot.evidence.of_indicator(indicator.id))
    start = incomplete_start(indicator, snapshot)
    of = snapshot.evidence.series.loc[snapshot.evidence.series["indicator"] == indicator.id, "series"]
    forecast = [series for series in of if series in snapshot.forecast_series]
    parts: list[tuple[str, str, bool, Callable[[], None]]] = [
        ("more", f"More to read with care ({len(more_caveats)})", bool(more_caveats), lambda: bullets(more_caveats)),
        (
            "sources",
            f"Sources: {echo_text(graph)}",
            not history.empty,
            lambda: echoes(
                snapshot.evidence,
                graph,
                history,
                key=indicator.id,
                embed=frames("indicator/echoes", CHARTS["echoes"]),
            ),
        ),
        (
            "revisions",
            "Revisions",
            not revised.empty or start is not None,
            lambda: show_revisions(indicator, snapshot, revised, start),
        ),
        (
            "changes",
            "Changes of rate",
            bool(changes.sentence or changes.dated_sentence),
            lambda: changes_of_rate(indicator, snapshot, changes),
        ),
        (
            "forecast",
            "Forecast, and how good such forecasts have been",
            bool(forecast),
            lambda: forecast_section(snapshot, forecast, key=indicator.id),
        ),
        (
            "watched",
            "What we are watching, fixed in advance",
            bool(watched),
            lambda: bullets(indicator_wording.signpost_sentence(signpost) for signpost in watched),
        ),
        (
            "article",
            "In the article of August 2023",
            not statements.empty,
            lambda: from_the_article(statements, snapshot.day),
        ),
        ("method", "Method", True, lambda: paragraph(definition_text(indicator))),
    ]
    for key, title, worth_it, draw_part in parts:
        if worth_it:
            settings = (FORECAST,) if key == "forecast" else ()
            section(title, draw_part, key=f"{indicator.id}_{key}", settings=settings)


def watched_signposts(indicator: Indicator, snapshot: Snapshot) -> Sequence[Signpost]:
    """Return what to look for; what a later signpost starts from was not known on a replayed day."""
    today = date.today()
    found = signposts_of(indicator.id, snapshot.evidence, snapshot.derived(indicator.id), today)
    return [signpost for signpost in found if signpost.window_start <= (snapshot.day or today)]


def incomplete_start(indicator: Indicator, snapshot: Snapshot) -> pd.Timestamp | None:
    """Return the first day from which an indicator's counts are still being completed, or None."""
    figures = snapshot.figures(indicator.id)
    return incomplete_from(figures[figures["series"] == indicator.counts])


def show_revisions(indicator: Indicator, snapshot: Snapshot, revised: pd.DataFrame, start: pd.Timestamp | None) -> None:
    """Show how a figure for one period changed with the day of its publication."""
    if start is not None:
        editions = most_editions(snapshot.evidence.of_indicator(indicator.id), [indicator.counts])
        paragraph(indicator_wording.incomplete_sentence(start, editions))
    if not revised.empty:
        table(indicator_wording.revision_table(revised), alt="Figures that were revised, edition by edition.")


def from_the_article(statements: pd.DataFrame, day: date | None) -> None:
    """List statements of the news report of August 2023, each with a link to it."""
    paragraph("In our words; behind each stands what answers it.")
    bullets(
        markup("{} {}", link(row["claim_id"], page_link("article", day, statement=row["claim_id"])), row["statement"])
        for row in statements.to_dict("records")
    )


def changes_of_rate(indicator: Indicator, snapshot: Snapshot, changes: RateChanges) -> None:
    """Show when the counts changed their rate, if once, and how they stood around known dates."""
    if changes.posterior.empty:
        sentences: Iterable[str] = (changes.sentence, changes.dated_sentence)
        bullets(sentence for sentence in sentences if sentence)
        return
    embed = frames("indicator/change", CHARTS["change"])
    chart(key=f"{indicator.id}_change", embed=embed, **change_content(indicator, snapshot, changes))
    if changes.dated_sentence:
        paragraph(changes.dated_sentence)
