"""Shocks to the leadership: mutiny, dismissals, arrests and deaths of commanders, as dated events.

Each mark is one event with its status: confirmed, assessed, claimed, contested or denied. What a shock does to
morale is not measured anywhere; the assessments that make the link are shown as judgements. Two outlets count
arrests in unlike circles and are not joined.

Formula: none; each mark is one dated event.

Reference: the sources of each event; UK Ministry of Defence and ISW for assessments.
"""

from datetime import date

from indicators.core.figures.derived import no_figures
from indicators.core.model import Dated, Indicator, Panel

INDICATOR = Indicator(
    id="leadership_shocks",
    name="Shocks to the leadership",
    group="Discourse and leadership",
    question="What shook the military leadership, who asserts it, and who denies it?",
    unit="events",
    direction=None,
    direction_reason="A mutiny and the arrest of an unpopular official can move morale either way; nobody measured it.",
    headline=(),
    formula="none: each mark is one dated event with its status",
    caveats=(
        Dated(
            "Events are a selection, densest in summer 2023: their number measures nothing.",
            date(2023, 9, 1),
            before="Events are a selection: their number measures nothing.",
        ),
        Dated(
            "Who caused the crash of 23 August 2023 is contested; assertion and denial stand side by side.",
            date(2023, 8, 25),
        ),
        "No effect of a shock on morale is measured.",
        Dated(
            "From May to late June 2023, around the mutiny, support moved from 76 to 73 percent, the wish for talks "
            "from 45 to 53 and the wish to go on from 48 to 39.",
            date(2023, 7, 28),
        ),
        Dated(
            "Two counts of arrested officials cover unlike circles and dates.",
            date(2024, 8, 13),
        ),
    ),
    references=(
        Dated("Institute for the Study of War, assessments of 23 and 24 August 2023, as relayed", date(2023, 8, 30)),
        Dated("UK Ministry of Defence, updates of 22 July and 25 August 2023, as relayed", date(2023, 8, 25)),
        Dated("Meduza, 24 May 2024, on arrests in the Ministry of Defence", date(2024, 5, 24)),
    ),
    panels=(
        Panel(
            id="events",
            tab="Events",
            title="Events that shook the leadership, by type",
            unit="event",
            series=("mutiny", "leadership", "rear_strike", "milblogger", "other"),
            kind="events",
            note="Each mark is one dated event; crosses are contested or denied.",
        ),
        Panel(
            id="command",
            tab="War bloggers",
            title="What assessments report war bloggers saying about commanders",
            unit="assessment",
            series=("command", "censorship"),
            kind="mentions",
            note=Dated(
                "A convenience sample, densest in summer 2023: how many marks there are says nothing about the mood.",
                date(2023, 9, 1),
                before="A convenience sample: how many marks there are says nothing about the mood.",
            ),
        ),
    ),
    compute=no_figures,
)
