"""Sections of the indicator page: headline, charts, dated entries, vintages and definition."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.charts.series import draw
from dashboard.indicator import text as indicator_wording
from dashboard.indicator.charts import panel_content
from dashboard.shell import figure_text as wording
from dashboard.shell.addresses import embed_links, page_link
from dashboard.shell.echoes import echoes
from dashboard.shell.figure_text import definition_text, entry_day, entry_status
from dashboard.shell.markdown import link, markup
from dashboard.shell.parts import chart, source_line
from dashboard.shell.settings_in_address import choice, switch
from dashboard.shell.writing import bullets, figure, note, notice, paragraph, table
from dashboard.snapshots import snapshot_on
from indicators.core.evidence.echoes import figure_echoes
from indicators.core.evidence.provenance import cited_pages
from indicators.core.figures.glance import figures_without_chart, incomplete_from
from indicators.core.ledger.claims import statements_on
from indicators.core.ledger.entries import dated_entries, places
from indicators.core.model import DATED_KINDS, Indicator, Panel
from indicators.methods.comparison.signposts import signposts_of
from indicators.methods.counts.vintages import most_editions, revisions

ALL_PLACES = "all"


def panel_chart(indicator: Indicator, panel: Panel, day: date | None, *, with_later: bool = False) -> None:
    """Draw one panel with its source line, numbers and downloads.

    Args:
        indicator: What the panel belongs to.
        panel: The panel.
        day: The replayed day, or None for the latest evidence.
        with_later: Whether figures that became known after the replayed day are laid over the chart.
    """
    chosen: dict[str, str] = {}
    if panel.kind in DATED_KINDS:
        named = places(dated_entries(indicator.id, panel, snapshot_on(day).evidence))
        if len(named) > 1:
            place = choice("Place", {ALL_PLACES: "All places"} | {name: name for name in named}, key="place")
            chosen = {} if place == ALL_PLACES else {"place": place}
    chart(
        **panel_content(indicator, panel, day, with_later=with_later, place=chosen.get("place")),
        key=f"{indicator.id}_{panel.id}",
        embed=embed_links(f"indicator/{indicator.id}/{panel.id}", day, date.today(), **chosen),
    )


def then_and_now(indicator: Indicator, day: date | None) -> bool:
    """Let the reader lay what became known after the replayed day over the charts; off unless asked for."""
    known = snapshot_on(None).evidence.of_indicator(indicator.id)["known"]
    if day is None or not (known > pd.Timestamp(day)).any():
        return False
    return switch(
        "Show what became known later",
        key="later",
        help_text="Open grey marks are figures that nobody could read on the replayed day.",
    )


def origins(indicator: Indicator, day: date | None) -> None:
    """Draw which pages print the headline figures and whom they repeat."""
    evidence = snapshot_on(day).evidence
    history = snapshot_on(day).glance(indicator.id).history
    if history.empty:
        return
    echoes(evidence, figure_echoes(evidence.sources, history), history, key=indicator.id)


def headline(indicator: Indicator, day: date | None) -> None:
    """Show the newest figure or event, what it rests on and how old it is."""
    at_a_glance = snapshot_on(day).glance(indicator.id)
    latest = at_a_glance.latest
    today = day or date.today()
    if latest is None:
        _event_headline(at_a_glance.latest_event, at_a_glance.origins, day, today)
        return
    value, unit = wording.card_value(latest)
    figure(unit, value)
    paragraph(f"{wording.period_of(latest)}, {wording.change_text(at_a_glance)}.")
    note(
        f"{latest['label']}, by {latest['claimant']}. {wording.origins_text(at_a_glance.origins)}. "
        f"Known {latest['known']:%-d %b %Y}, {wording.age_text(latest['known'], today)}."
    )
    if latest["note"]:
        interval = f", 95 % range {wording.range_text(latest)}" if latest["unit"] == "share" else ""
        note(f"{latest['note'].rstrip('.')}{interval}.")
    if newer := wording.unreadable_text(at_a_glance):
        note(f"Newer, but not to be read as it stands: {newer}.")


def _event_headline(entry: pd.Series | None, origins: int, day: date | None, today: date) -> None:
    if entry is None:
        notice("The main figure was not known yet on this day.", "info")
        return
    paragraph(markup("## {}", entry["title"]))
    paragraph(f"{entry_day(entry)}, {entry_status(entry)}.")
    if entry["summary"] != entry["title"]:
        paragraph(entry["summary"])
    denied = f" Denied by {entry['denied_by']}." if entry["denied_by"] else ""
    printed = cited_pages(snapshot_on(day).evidence, entry["source_id"])
    note(
        markup(
            "Asserted by {}.{} Reported by {}. {} behind all marks. Known {:%-d %b %Y}, {}.",
            entry["claimant"],
            denied,
            printed,
            wording.origins_text(origins),
            entry["known"],
            wording.age_text(entry["known"], today),
        )
    )


def single_figures(indicator: Indicator, day: date | None) -> None:
    """List the published figures that stand in no chart, because a chart of one or two points says nothing."""
    evidence = snapshot_on(day).evidence
    rows = figures_without_chart(indicator, evidence, snapshot_on(day).derived(indicator.id))
    if rows.empty:
        return
    st.header("Single figures", anchor=False)
    paragraph("Published once or a few times; each stands for itself.")
    table(indicator_wording.single_figures_table(evidence, rows), alt="Figures with period, claimant and source.")


def vintages(indicator: Indicator, day: date | None) -> None:
    """Show how a figure for one period changed with the day of its publication."""
    observations = snapshot_on(day).evidence.of_indicator(indicator.id)
    revised = revisions(observations)
    figures = snapshot_on(day).figures(indicator.id)
    start = incomplete_from(figures[figures["series"] == indicator.counts])
    if revised.empty and start is None:
        return
    st.header("How figures changed after they were published", anchor=False)
    if start is not None:
        editions = most_editions(observations, [indicator.counts])
        paragraph(indicator_wording.incomplete_sentence(start, editions))
    if not revised.empty:
        st.dataframe(indicator_wording.revision_table(revised), hide_index=True)


def signposts(indicator: Indicator, day: date | None) -> None:
    """List what to look for, and whether what is known by the day shows it."""
    today = date.today()
    found = signposts_of(indicator.id, snapshot_on(day).evidence, snapshot_on(day).derived(indicator.id), today)
    # What a later signpost starts from was not known on a replayed day.
    found = tuple(signpost for signpost in found if signpost.window_start <= (day or today))
    if not found:
        return
    st.header("What to look for", anchor=False)
    paragraph(
        "Written down with a threshold and a last day; whether it happened is computed from complete figures. "
        "No word on how likely each is."
    )
    bullets(indicator_wording.signpost_sentence(signpost) for signpost in found)


def from_the_article(indicator: Indicator, day: date | None) -> None:
    """List the statements of the news report of August 2023 that concern the indicator, each with a link to it."""
    rows = statements_on(snapshot_on(day).evidence, indicator.id)
    if rows.empty:
        return
    st.header("From the article", anchor=False)
    paragraph("Statements of a news report of August 2023, in our words; behind each stands what answers it.")
    bullets(
        markup("{} {}", link(row["claim_id"], page_link("claims", day, statement=row["claim_id"])), row["statement"])
        for row in rows.to_dict("records")
    )


def definition(indicator: Indicator) -> None:
    """Say how the indicator is computed, which way it points and where it comes from."""
    st.header("How it is computed", anchor=False)
    paragraph(definition_text(indicator))


def changes_of_rate(indicator: Indicator, day: date | None) -> None:
    """Show when the counts changed their rate, if once, and how they stood around known dates."""
    changes = snapshot_on(day).rate_changes(indicator.id)
    if not changes.sentence and not changes.dated_sentence:
        return
    st.header("Changes of rate", anchor=False)
    if changes.posterior.empty:
        paragraph(changes.sentence)
    else:
        rows = changes.posterior
        panel = Panel(
            id="change",
            title="When the rate changed, if it changed once",
            unit="share",
            series=(rows["series"].iloc[0],),
            kind="columns",
        )
        chart(
            figure=draw(rows, panel),
            key=f"{indicator.id}_change",
            title=panel.title,
            subtitle=changes.sentence,
            source=source_line(snapshot_on(day).evidence, rows),
            alt=f"{panel.title} ({indicator.name}). {changes.sentence}",
            table=wording.number_table(rows),
            file_name=f"{indicator.id}_change",
        )
    if changes.dated_sentence:
        paragraph(changes.dated_sentence)
