"""What the chart of weekly sentences shows, on the pages about "100 a week" and by itself."""

from collections.abc import Sequence

import pandas as pd

from dashboard.charts.claims.weekly_sentences import Level, draw_weekly_sentences
from dashboard.component import ChartContent
from dashboard.shell.exact_settings import NothingThereError
from dashboard.shell.pages import PageChart, Settings
from dashboard.shell.parts import source_line
from indicators.core.snapshot import Snapshot
from indicators.core.text import QUALIFIER_WORDS, number_text, upper_first
from indicators.methods.counts.court_totals import SENTENCES
from indicators.methods.track_record.answer import LINE_ENDS, Answer

TITLE = "Sentences for absence and refusal, Russia, per week"
FILE_NAME = "russia_weekly_sentences"
AVERAGE = "Weekly averages between published totals"
UNLIKE = "; where their periods differ, absence can exceed all offences"


def weekly_sentences(snapshot: Snapshot) -> ChartContent | None:
    """Return what the chart shows; None while no count is known."""
    answer = snapshot.answer
    if answer.cited is None or not answer.weekly:
        return None
    levels = [
        Level(
            one.line_end, one.figure.period_start, one.figure.period_end, one.figure.value, one.claimant,
            one.figure.known,
        )
        for one in answer.weekly
    ]  # fmt: skip
    observations = snapshot.evidence.observations
    used = {row for one in answer.weekly for row in one.figure.inputs} | set(answer.cited.inputs)
    return {
        "figure": draw_weekly_sentences(levels, answer.cited.value, f"{_cited(answer)} (UK MoD)"),
        "title": TITLE,
        "subtitle": f"{AVERAGE}{UNLIKE if _part_above_whole(levels) else ''}.",
        "source": source_line(snapshot.evidence, observations[observations["observation_id"].isin(used)]),
        "alt": f"{TITLE}. {upper_first(_cited(answer))} a week was published. {answer.pace} {answer.latest}".strip(),
        "table": pd.DataFrame(
            {
                "Sentences": [level.name for level in levels],
                "From": [level.start for level in levels],
                "To": [level.end for level in levels],
                "A week": [level.value for level in levels],
                "Counted by": [level.claimant for level in levels],
                "Known": [level.known for level in levels],
            }
        ),
        "file_name": FILE_NAME,
    }


def _part_above_whole(levels: Sequence[Level]) -> bool:
    """Tell whether a part stands above the whole on some day, which only averages over unlike periods can do."""
    wholes = [level for level in levels if level.name == LINE_ENDS[SENTENCES]]
    return any(
        part.value > whole.value and part.start <= whole.end and whole.start <= part.end
        for part in levels
        for whole in wholes
    )


def _cited(answer: Answer) -> str:
    assert answer.cited is not None
    return f"{QUALIFIER_WORDS[answer.cited.qualifier.value]} {number_text(answer.cited.value)}".strip()


def _with_answer(snapshot: Snapshot, settings: Settings) -> ChartContent:
    content = weekly_sentences(snapshot)
    if content is None:
        raise NothingThereError(snapshot.answer.sentence)
    return {**content, "subtitle": snapshot.answer.sentence}


WEEKLY_SENTENCES = PageChart(content=_with_answer)
"""The chart with the answer, which says more where nothing else stands beside it."""
