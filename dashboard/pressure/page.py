"""The index: is pressure on morale rising? One line from declared parts, with bands, or a refusal with its reason."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.component.controls import Values
from dashboard.component.panel import PANEL_FILES, PanelStart, mount_panel, panel_values, write_address
from dashboard.pressure import sections
from dashboard.pressure import text as wording
from dashboard.pressure.content import CHARTS, FILE_NAME, NAMES, choices_content, engine_model, index_figure, source
from dashboard.pressure.controls import address_of, control_values, controls, presets
from dashboard.shell.addresses import api_link, documentation_link
from dashboard.shell.header import shown_snapshot
from dashboard.shell.page_address import expect_settings
from dashboard.shell.pages import Opening, Page, Settings
from dashboard.shell.parts import chart, export_stamp, frames, page_header, section
from dashboard.shell.settings_in_address import choice
from dashboard.shell.wording.index_wording import finding, month_name, newest, refusal_text
from dashboard.shell.writing import bullets, links, note, notice, paragraph, table
from indicators.core.snapshot import Snapshot
from indicators.core.text import day_text
from indicators.methods.index.coverage import MonthState
from indicators.methods.index.index import MoraleIndex
from indicators.methods.index.parameters import IndexParameters, index_query, read_index_settings
from indicators.methods.index.parts import DECLARED, LEFT_OUT, PARTS, REFERENCE
from indicators.methods.index.readings import READINGS
from indicators.methods.index.robustness import without_each_part

KEY = "index"
MONTH = "month"
FIRST, LAST = (month_name(pd.Period(month, "M")) for month in REFERENCE)


def panel(snapshot: Snapshot) -> IndexParameters:
    """Draw the panel and return the weights that the reader released last."""

    def read() -> tuple[Values, list[str]]:
        parameters, changes = read_index_settings(_weights(st.query_params.to_dict()))
        return control_values(parameters), changes

    expect_settings(*NAMES, MONTH)
    state = panel_values(KEY, NAMES, snapshot.day, read)
    parameters, changes = read_index_settings(state.values)
    started = read_index_settings(state.start)[0]
    for message in (*state.messages, *changes):
        notice(message)
    write_address(KEY, address_of(parameters), NAMES)
    page_header(said_first(snapshot, parameters))
    index, drawn = snapshot.index(started), snapshot.index_robustness(started)
    rest = snapshot.index(parameters), snapshot.index_robustness(parameters)
    mount_panel(
        controls(),
        PanelStart(
            state=state,
            figure=index_figure(index, drawn),
            tiles=wording.tiles(index, drawn),
            lines=(refusal_text(index),),
            sentence=finding(index, drawn),
            table=wording.month_table(index, drawn),
        ),
        key=KEY,
        engine="pressure.js",
        model=engine_model(*rest, dict(control_values(parameters))),
        presets=presets(),
        title=wording.TITLE,
        source=source(snapshot, rest[0]),
        stamp=export_stamp(),
        file_name=FILE_NAME,
        embed=frames(KEY, CHARTS[""]),
    )
    return parameters


def figures(index: MoraleIndex, state: MonthState, snapshot: Snapshot) -> None:
    """Show the figures behind one month, each with the page of its indicator and the pages that print it."""
    paragraph(sections.state_text(index, state))
    table(sections.figure_rows(index, state, snapshot), alt="Figures behind one month of the index.")


def robust(index: MoraleIndex) -> None:
    """Show which choice decides, what leaving out a part does, and how pillars go along with the index."""
    if not index.published:
        paragraph(wording.PHRASES["none"])
        return
    embed = frames("index/choices", CHARTS["choices"])
    chart(key="index_choices", embed=embed, **choices_content(index))
    paragraph("What the newest published month becomes without each part:")
    table(sections.part_left_out(index, without_each_part(index)), alt="The newest month without each part.")
    paragraph("A weight is no importance. How far each pillar goes along with the index:")
    table(sections.pillar_table(index), alt="Weight and squared correlation with the index by pillar.")


def readings(index: MoraleIndex, month: pd.Period, snapshot: Snapshot) -> None:
    """Show a cautious and a worst-case reading of the same rows, rule by rule."""
    reads = {name: snapshot.read_index(index.parameters, name) for name in READINGS}
    paragraph(sections.reading_text(index, reads, month))
    table(sections.reading_table(reads, month), alt="What each rule of a reading changes.")


def declared(snapshot: Snapshot) -> None:
    """List every part with its goalposts and reason, and what stays out."""
    paragraph(
        f"1 stands for the calmest month of the window from {FIRST} to {LAST}, 100 for the worst. These goalposts "
        "never move; a month beyond them counts as 1 or 100. The scale was declared on "
        f"{day_text(DECLARED)} and is the same on every replayed day."
    )
    table(sections.declared_table(snapshot), alt="Every part with goalposts, polarity and reason.")
    paragraph("What stays out:")
    bullets(f"{name}: {reason}" for name, reason in LEFT_OUT.items())


def caveats_of(snapshot: Snapshot, settings: Settings) -> Sequence[str]:
    """Return what to mind."""
    return (
        wording.ABOUT,
        "Nobody has measured how much each part says about morale. Weights, goalposts and the mean are our "
        "assumptions; the bands show how much they matter, and not whether a claim is biased.",
        "An average over a longer period hides what happened within it, so some months can't differ from others.",
        "Carried figures stand in for at most two months; where too little is left, the month is refused.",
        "Ukraine claims the losses and runs the hotline; a Russian ministry reports the days with drones.",
    )


def opening(snapshot: Snapshot, settings: Settings) -> Opening:
    """Return the question, which month is refused and where the index stands."""
    return said_first(snapshot, read_index_settings(_weights(settings))[0])


def said_first(snapshot: Snapshot, parameters: IndexParameters) -> Opening:
    """Return what the page says first for some weights."""
    index, drawn = snapshot.index(parameters), snapshot.index_robustness(parameters)
    return Opening(
        question=wording.QUESTION,
        answer=wording.answer(index, drawn),
        source=wording.source_text(index),
        table=wording.opening_table(index, drawn),
    )


def draw_page() -> None:
    """Draw the page from top to bottom."""
    snapshot = shown_snapshot()
    parameters = panel(snapshot)
    index = snapshot.index(parameters)
    if not index.states:
        note("Nothing was known yet on this day.")
        return
    states = {str(state.month): state for state in reversed(index.states)}
    shown = newest(index) or index.states[-1]
    ordered = {str(shown.month): shown, **states}
    with st.columns([1, 2])[0]:
        names = {name: _label(state) for name, state in ordered.items()}
        chosen = choice("Month to look into", names, key=MONTH, always=True)
    state = states[chosen]
    folded = {
        "The figures behind this month": ("figures", partial(figures, index, state, snapshot)),
        "How robust is it?": ("robust", partial(robust, index)),
        "A cautious and a worst-case reading": ("readings", partial(readings, index, state.month, snapshot)),
        "Parts, goalposts and what stays out": ("declared", partial(declared, snapshot)),
        "Read with care": ("care", partial(bullets, caveats_of(snapshot, {}))),
    }
    for title, (key, draw) in folded.items():
        section(title, draw, key=f"index_{key}")
    query = index_query(parameters)
    links(
        ("Index as JSON", api_link("index", snapshot.day, **query)),
        ("Months as CSV", api_link("index", snapshot.day, **query, format="csv")),
        ("API documentation", documentation_link()),
    )


def _weights(settings: Settings) -> dict[str, str]:
    """Return the settings of the index, without those of the page's sections."""
    return {name: text for name, text in settings.items() if name in NAMES}


def _label(state: MonthState) -> str:
    return month_name(state.month) + ("" if state.published else " (refused)")


def _result_cited(snapshot: Snapshot, settings: Settings) -> object:
    parameters = read_index_settings(_weights(settings))[0]
    index = snapshot.index(parameters)
    return {
        "months": {str(month): value for month, value in index.value_of.items()},
        "refused": {str(state.month): state.reason for state in index.states if not state.published},
        "levels": snapshot.index_robustness(parameters).levels,
    }


PAGE = Page(
    stem="index",
    title="Index",
    order=4,
    group="Indicators",
    draw=draw_page,
    settings=(*NAMES, MONTH),
    opening=opening,
    rows=lambda snapshot, _: [snapshot.evidence.of_indicator(one) for one in {part.indicator: 0 for part in PARTS}],
    result=_result_cited,
    caveats=caveats_of,
    charts=CHARTS,
    files=(*PANEL_FILES, "cascade.js", "pressure.js"),
)
