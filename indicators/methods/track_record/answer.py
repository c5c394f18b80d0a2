"""The answer to "100 a week, 5,200 a year: what happened?", made once for every page, route, citation and file."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Qualifier, Stage
from indicators.core.figures.derived import figures
from indicators.core.figures.periods import DAYS_PER_WEEK, Figure, days_between, difference, per_week
from indicators.core.text import upper_first
from indicators.methods.counts.court_totals import ABSENCE_SENTENCES, SENTENCES, Counter, sentence_counters
from indicators.methods.counts.window_counts import Route, WindowCount, count_in_window
from indicators.methods.counts.window_limits import Limits
from indicators.methods.track_record import answer_wording as wording
from indicators.methods.track_record.imprisoned import DEFINITION, SHARE, SuspendedShare, imprisoned_of, suspended_share

PROJECTION = "uk-mod-2023-08-30"
PUBLISHED_PACE = "ru_art337_sentences_weekly"
NAMES: Mapping[str, str] = {
    ABSENCE_SENTENCES: "Absence sentences (Art. 337)",
    SENTENCES: "Refusal sentences (Art. 337, 332, 338)",
    SHARE: DEFINITION,
}
LINE_ENDS: Mapping[str, str] = {ABSENCE_SENTENCES: "absence", SENTENCES: "all offences"}


class AnswerStatus(StrEnum):
    """How much of the answer was known."""

    UNPUBLISHED = "unpublished"
    WAITING = "waiting"
    PARTLY = "partly"
    ANSWERED = "answered"


@dataclass(frozen=True, kw_only=True)
class AnswerFigure:
    """What followed, by one definition, and how it compares with the projection for the same days.

    Args:
        figure: The estimate with hard limits as its bounds, and its provenance.
        paced: Limits at no more than the highest published pace; None without one.
        projected: What the weekly figure comes to for the same days.
    """

    series: str
    name: str
    stage: Stage
    claimant: str
    figure: Figure
    routes: tuple[Route, ...]
    paced: Limits | None
    projected: float

    @property
    def ratio(self) -> float:
        """Estimate over projected."""
        return self.figure.value / self.projected

    @property
    def claimants(self) -> tuple[str]:
        """Who counted."""
        return (self.claimant,)

    @property
    def interpolated(self) -> bool:
        """Whether an edge of the window lies between two dated totals."""
        return len(self.routes) > 1

    @property
    def span(self) -> tuple[float, float]:
        """The lowest and the highest value that an honest route leads to."""
        values = [route.value for route in self.routes] or [self.figure.value]
        return min(values), max(values)


@dataclass(frozen=True, kw_only=True)
class WeeklyPace:
    """Sentences a week between two dated totals, for a chart of steps.

    Args:
        figure: The weekly rate with the period it holds for, and its provenance.
    """

    series: str
    line_end: str
    claimant: str
    figure: Figure


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What became of the claim, as far as the evidence of a day tells.

    Args:
        verdict: The answer in a few words; "" before the claim.
        happened: What followed, absence first.
        projected: The projected total; None before the claim.
        cited: The weekly figure as published; None before the claim.
        counted_from: First day that counts; None before the claim.
        counted_to: Last day of the counts; None where nothing was counted.
        window_end: Last day of the projected year; None before the claim.
        figures: What followed by definition, what the claim counted first.
        share: Share of absence sentences that were suspended; None where none was known.
        known: Day on which the last of them became known; None before the claim.
        as_of: Day whose knowledge counts; None for the latest.
    """

    status: AnswerStatus
    verdict: str = ""
    sentence: str
    claimed: str = ""
    counted: str = ""
    pace: str = ""
    happened: str = ""
    suspended: str = ""
    latest: str = ""
    projected: float | None = None
    cited: Figure | None = None
    counted_from: date | None = None
    counted_to: date | None = None
    window_end: date | None = None
    figures: tuple[AnswerFigure, ...] = ()
    share: SuspendedShare | None = None
    weekly: tuple[WeeklyPace, ...] = ()
    source_ids: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    known: date | None = None
    as_of: date | None

    question: str = wording.QUESTION

    def of(self, series: str) -> AnswerFigure | None:
        """Return what followed by one definition, or None where it was not counted."""
        return next((one for one in self.figures if one.series == series), None)

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the answer that were known, in the order in which they are read."""
        said = (self.claimed, self.counted, self.pace, self.happened, self.suspended, self.latest)
        return tuple(part for part in said if part)


def answer(evidence: Evidence) -> Answer:
    """Answer what became of the projection of August 2023, from what was known."""
    rows = evidence.published_projections
    claim = next(iter(rows[rows["projection_id"] == PROJECTION].to_dict("records")), None)
    cited = next(iter(figures(evidence.of_series(claim["series"]))), None) if claim else None
    if claim is None or cited is None:
        return Answer(status=AnswerStatus.UNPUBLISHED, sentence=wording.UNPUBLISHED, as_of=evidence.as_of)
    start, end = claim["window_start"].date(), claim["window_end"].date()
    share = suspended_share(evidence, start, end)
    counters_of = sentence_counters(evidence, start)
    counted = tuple(_figures(counters_of, claim, share, start, end))
    weekly = tuple(_weekly(counters_of))
    last = counted[0].figure.period_end if counted else None
    over = last == end
    status = AnswerStatus.ANSWERED if over else AnswerStatus.PARTLY if counted else AnswerStatus.WAITING
    pace = _pace_of_the_day(evidence, weekly, start)
    latest = max(weekly, key=lambda one: one.figure.period_end, default=None)
    stale = pace is not None and latest is not None and latest.figure.period_end < pace.period_end
    # The published pace is where the weekly figure comes from: it can't say whether that was right.
    between = pace in [one.figure for one in weekly]
    verdict = wording.verdict(
        pace.value / cited.value if pace is not None and between else None,
        [value / one.projected for one in counted if one.stage is Stage.SENTENCE for value in one.span] if over else [],
    )
    happened = wording.happened(
        [(one.series == SENTENCES, one.figure, one.ratio) for one in counted if one.stage is Stage.SENTENCE],
        cited=cited.value,
        projected=claim["value"],
        over=over,
    )
    people = next((one for one in counted if one.stage is Stage.PERSON), None)
    ahead = evidence.as_of is not None and evidence.as_of <= end
    used = [cited, *(one.figure for one in counted)]
    used += [] if pace is None else [pace]
    used += [one.figure for one in (latest, share) if one is not None]
    return Answer(
        status=status,
        verdict=verdict,
        sentence=wording.sentence(verdict, happened, start, ahead=ahead, over=over, mostly=_mostly(share)),
        claimed=wording.claimed(claim["projector"], claim["published"].date(), claim["statement"]),
        counted=wording.COUNTED,
        pace=wording.pace(pace, published=not between),
        happened=f"{upper_first(happened)}." if happened else "",
        suspended=wording.suspended(
            share, None if people is None else people.figure, people.ratio if over and people else None
        ),
        latest=wording.latest(latest.figure, latest.series == SENTENCES) if latest and not stale else "",
        projected=float(claim["value"]),
        cited=cited,
        counted_from=start,
        counted_to=last,
        window_end=end,
        figures=counted,
        share=share,
        weekly=weekly,
        source_ids=tuple(dict.fromkeys((claim["source_id"], *(id_ for one in used for id_ in one.source_ids)))),
        inputs=tuple(dict.fromkeys(id_ for one in used for id_ in one.inputs)),
        known=max(claim["known"].date(), *(one.known for one in used)),
        as_of=evidence.as_of,
    )


def _mostly(share: SuspendedShare | None) -> bool:
    return share is not None and share.low > 1 / 2


def _figures(
    counters_of: Mapping[str, Mapping[str, Counter]],
    claim: Mapping[Hashable, Any],
    share: SuspendedShare | None,
    start: date,
    end: date,
) -> Iterator[AnswerFigure]:
    """Yield what followed up to the last day on which absence and all articles can both be told."""
    for claimant, everything in counters_of[SENTENCES].items():
        absence = counters_of[ABSENCE_SENTENCES].get(claimant)
        found = None if absence is None else _last_counts(absence, everything, start, end)
        if found is None:
            continue
        last, counts = found
        projected = claim["rate_value"] * days_between(start, last) / DAYS_PER_WEEK
        for series, count in zip((ABSENCE_SENTENCES, SENTENCES), counts, strict=True):
            if count.count is not None:
                yield AnswerFigure(
                    series=series, name=NAMES[series], stage=Stage.SENTENCE, claimant=claimant, figure=count.count,
                    routes=count.routes, paced=count.paced, projected=projected,
                )  # fmt: skip
        of_absence, of_all = (count.count for count in counts)
        if share is not None and of_absence is not None and of_all is not None:
            people = imprisoned_of(of_absence, of_all, share)
            yield AnswerFigure(
                series=SHARE, name=NAMES[SHARE], stage=Stage.PERSON, claimant=claimant, figure=people.figure,
                routes=people.routes, paced=None, projected=projected,
            )  # fmt: skip
        return


def _last_counts(
    absence: Counter, everything: Counter, start: date, end: date
) -> tuple[date, tuple[WindowCount, WindowCount]] | None:
    dated = sorted((day for day in everything.dated_days() if start <= day < end), reverse=True)
    for day in (end, *dated):
        counts = count_in_window(absence, start, day), count_in_window(everything, start, day)
        if all(count.count is not None for count in counts):
            return day, counts
    return None


def _weekly(counters_of: Mapping[str, Mapping[str, Counter]]) -> Iterator[WeeklyPace]:
    """Yield sentences a week between dated totals of one counter, by series."""
    for series, line_end in LINE_ENDS.items():
        for claimant, counter in counters_of[series].items():
            for earlier, later in pairwise(counter.own):
                if later.value >= earlier.value:
                    yield WeeklyPace(
                        series=series,
                        line_end=line_end,
                        claimant=claimant,
                        figure=per_week(difference(earlier, later)),
                    )


def _pace_of_the_day(evidence: Evidence, weekly: tuple[WeeklyPace, ...], day: date) -> Figure | None:
    """Return the absence sentences a week around a day: between dated totals, else the newest published pace."""
    before = day - timedelta(days=1)
    around = (
        one.figure
        for one in weekly
        if one.series == ABSENCE_SENTENCES and one.figure.period_start <= before < one.figure.period_end
    )
    published = figures(evidence.of_series(PUBLISHED_PACE))
    known = [one for one in published if one.qualifier is not Qualifier.PROJECTION]
    return next(around, max(known, key=lambda one: one.period_end, default=None))
