"""Discontent among Russian war bloggers: dated, coded assessments, not a measure of mood.

Nobody publishes a series of their mood. What exists are assessments, mostly by one institute, of what bloggers
complained about on a day. They were collected by looking for complaints, so the sample leans towards discontent and is
densest in summer 2023. They are shown one by one, by theme, and never counted into a trend.

Formula: none; each mark is one published assessment with its date, theme and direction.

Reference: Institute for the Study of War and UK Ministry of Defence, assessments as listed under the sources.
"""

from datetime import date

from indicators.core.figures.derived import no_figures
from indicators.core.model import Dated, Indicator, Panel

THEMES = (
    "command",
    "losses",
    "censorship",
    "rear_strikes",
    "retaliation",
    "capital_strikes",
    "border_defence",
    "supply",
    "mobilisation",
    "prisoner_swap",
    "narrative",
)


INDICATOR = Indicator(
    id="milblogger_discontent",
    name="Discontent of war bloggers",
    group="Discourse and leadership",
    question="What do Russian war bloggers complain about, and when, by published assessments?",
    unit="assessments",
    direction=None,
    direction_reason="A sample found by looking for complaints has no direction; more marks are not more discontent.",
    headline=(),
    formula="none: each mark is one published assessment with its date, theme and direction",
    caveats=(
        Dated(
            "A convenience sample: found by looking for complaints, densest in summer 2023, mostly by one institute.",
            date(2023, 9, 1),
            before="A convenience sample: found by looking for complaints, mostly by one institute.",
        ),
        "The number of marks shows coverage, not how much discontent there was.",
        "Themes and directions are our coding of the assessor's words; some days are inferred.",
        "Bloggers compete, and some are close to the ministry: their complaints are not those of soldiers.",
        "Sizes of channels are not numbers of readers; no published series measures mood.",
    ),
    references=(
        "Institute for the Study of War, daily assessments, as relayed by the press",
        Dated("UK Ministry of Defence, updates of 22 July 2023 and later", date(2023, 7, 22)),
        Dated("Alliance for Securing Democracy, volume of 39 watched channels, May to July 2023", date(2023, 8, 30)),
    ),
    panels=(
        Panel(
            id="themes",
            tab="By theme",
            title="Assessments of war bloggers, by theme",
            unit="assessment",
            series=THEMES,
            kind="mentions",
            note=Dated(
                "A convenience sample, densest in summer 2023: how many marks there are says nothing about the mood.",
                date(2023, 9, 1),
                before="A convenience sample: how many marks there are says nothing about the mood.",
            ),
        ),
        Panel(
            id="events",
            tab="Events",
            title="Events that concern war bloggers",
            unit="event",
            series=("milblogger", "rear_strike", "prosecution"),
            kind="events",
            note="Arrests, deaths and listings of bloggers, and statements about them.",
        ),
    ),
    compute=no_figures,
)
