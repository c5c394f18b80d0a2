"""The home front in polls: talks or war first, support second, anxiety around events.

Support for the army's actions hardly moves (mostly 70 to 80 percent), and an answer against it can be punished, so it
is shown second. The choice between talks and going on moves more, so it comes first. The mood around respondents
(FOM) is published in full only around some events, so it is shown as windows around events and never as a line.

Formula: gap g = t - c, t share for peace talks, c share for continuing (both percent of respondents, one wave).

Reference: Levada Center, monthly releases; Public Opinion Foundation (FOM), weekly waves as printed by the press.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Stage
from indicators.core.figures.derived import DerivedRow, DerivedSeries, convert_rates, derived_table, figures
from indicators.core.figures.periods import less
from indicators.core.model import Dated, Indicator, Panel

TALKS = "levada_peace_talks"
CONTINUE = "levada_continue_war"
ANXIOUS = "fom_anxious"
CALM = "fom_calm"
RATINGS = ("fom_trust_putin", "fom_approve_putin", "vciom_trust_putin", "vciom_approve_putin")
RATINGS_KNOWN = date(2026, 4, 7)
WINDOW = timedelta(days=56)
EVENTS = {
    "mobilisation": (date(2022, 9, 21), "the mobilisation of 21 September 2022", "mobilisation"),
    "mutiny": (date(2023, 6, 24), "the mutiny of 24 June 2023", "mutiny"),
    "kursk": (date(2024, 8, 6), "the incursion into Kursk region of 6 August 2024", "Kursk"),
}

GAP = DerivedSeries(
    id="home_front_talks_less_continue",
    label="Talks less continuing",
    stage=Stage.POLL,
    unit="percentage points",
    method="Share for peace talks less share for continuing, in one wave.",
)


def _window_series(series: str, event: str) -> DerivedSeries:
    mood = {ANXIOUS: "Anxious", CALM: "Calm"}[series]
    return DerivedSeries(
        id=f"home_front_{mood.lower()}_{event}",
        label=f"{mood} mood around",
        stage=Stage.POLL,
        unit="percent",
        method=f"Waves as published, {WINDOW.days} days before to {WINDOW.days} days after the event.",
    )


def compute(evidence: Evidence) -> pd.DataFrame:
    """Compute the gap between talks and continuing, and the mood in windows around events."""
    return derived_table([*_gaps(evidence), *_windows(evidence)])


def _gaps(evidence: Evidence) -> Iterator[DerivedRow]:
    rows = evidence.of_series(CONTINUE)
    going_on = {(figure.period_start, figure.period_end): figure for figure in figures(rows)}
    talks = evidence.of_series(TALKS)
    for figure, claimant in zip(figures(talks), talks["claimant"], strict=True):
        other = going_on.get((figure.period_start, figure.period_end))
        if other is not None:
            yield DerivedRow(
                series=GAP,
                figure=less(figure, other),
                claimant=str(claimant),
                note=f"{figure.value:g} percent less {other.value:g} percent",
            )


def _windows(evidence: Evidence) -> Iterator[DerivedRow]:
    for event, (day, *_) in EVENTS.items():
        for series in (ANXIOUS, CALM):
            waves = evidence.of_series(series)
            near = waves[waves["period_end"].between(pd.Timestamp(day - WINDOW), pd.Timestamp(day + WINDOW))]
            yield from convert_rates(near, _window_series(series, event), lambda figure: figure)


def _window_panel(event: str, note: str) -> Panel:
    return Panel(
        id=f"mood_{event}",
        tab=Dated(f"Mood: {EVENTS[event][2]}", EVENTS[event][0]),
        title=Dated(f"Mood around respondents, eight weeks before and after {EVENTS[event][1]}", EVENTS[event][0]),
        unit="percent",
        series=(_window_series(ANXIOUS, event).id, _window_series(CALM, event).id),
        kind="points",
        note=note,
    )


INDICATOR = Indicator(
    id="home_front",
    name="Polls on the home front",
    group="Home front and price",
    question="Do Russians want talks or to go on, and what made them anxious?",
    unit="percent",
    direction=-1,
    direction_reason="A larger share for talks points to fatigue at home; soldiers are not asked.",
    headline=(TALKS,),
    formula="g = t - c: share for peace talks t less share for continuing c (percent of respondents, one wave)",
    caveats=(
        "Wartime polls: some 10 to 15 percent may hide their view, so read trends, not levels.",
        "Support hardly moves, and an answer against it can be punished, so it is shown second.",
        "A sample of some 1,600 moves by three points by chance alone.",
        "FOM asks about the mood of people around the respondent; only waves near some events were published in full.",
        "Polls of civilians at home; no poll of soldiers is published.",
    ),
    references=(
        Dated("Levada Center, releases since August 2022", date(2022, 9, 2), before="Levada Center, releases"),
        "Public Opinion Foundation (FOM), waves as printed by the press",
        "Re: Russia, review of experiments on wartime polling",
    ),
    panels=(
        Panel(
            id="talks",
            tab="Talks or war",
            title="Peace talks or continuing the war",
            unit="percent",
            series=(TALKS, CONTINUE),
            kind="line",
            note="Months without a published wave stay empty.",
        ),
        Panel(
            id="gap",
            tab="Gap",
            title="Share for talks less share for continuing",
            unit="percentage points",
            series=(GAP.id,),
            kind="points",
            note="Above zero more respondents want talks.",
        ),
        Panel(
            id="support",
            tab="Support",
            title="Support of the army's actions",
            unit="percent",
            series=("levada_support_total", "levada_support_definitely"),
            kind="line",
            note="Second on purpose: it hardly moves, and an answer against it can be punished.",
        ),
        Panel(
            id="attention",
            tab="Attention",
            title="Respondents who follow events closely",
            unit="percent",
            series=("levada_attention_close",),
            kind="line",
        ),
        Panel(
            id="ratings",
            tab="President",
            title=Dated("Trust in the president and approval of his work", RATINGS_KNOWN),
            unit="percent",
            series=RATINGS,
            kind="points",
            note="Two pollsters that work for the state. Only waves of which a page was found; not joined.",
        ),
        _window_panel("mobilisation", "The largest move of the series; personal exposure moves it."),
        _window_panel("mutiny", "One wave before and one after were published."),
        _window_panel("kursk", "No wave of the weeks before was found, so this window has only an after."),
    ),
    compute=compute,
)
