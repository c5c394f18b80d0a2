"""The count layer: what comes next if the weeks between the two newest dated totals go on.

Unlike the claim layer it starts from counted sentences, not from a published weekly figure, so that figure does not
enter. Chance is its smallest uncertainty: laws, courts and the reach of the count may change.
"""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

import numpy as np
import scipy

from indicators.core.evidence.load import Evidence
from indicators.core.figures.derived import figures
from indicators.core.figures.periods import DAYS_PER_WEEK, Figure, days_between, difference
from indicators.core.figures.totals import both_totals, newest_by_end
from indicators.core.text import day_text
from indicators.methods.counts.poisson import predict_total
from indicators.methods.levels import LEVELS
from indicators.methods.projection.parameters import ProjectionParameters

TOTALS = "ru_refusal_sentences_cumulative_since_mobilisation"
NO_COUNT = "No two dated totals of one counter were known, so there is nothing to carry on but the claim."


@dataclass(frozen=True, kw_only=True)
class CountLayer:
    """The total that counted weeks lead one to expect.

    Args:
        counted: Sentences between the two totals, with their period and provenance.
        weekly: Mean of a counted week.
        mean: Expected total over the horizon.
        quantiles: Quantile of the total by level.
        sentence: What is carried on, with both totals and their dates.
    """

    counted: Figure
    weekly: float
    mean: float
    quantiles: dict[float, float]
    sentence: str


NewestTotals = tuple[Figure, Figure, str]
"""The two newest dated totals of a counter, the earlier first, and its claimant."""


def newest_totals(evidence: Evidence) -> NewestTotals | None:
    """Return the two newest neighbouring totals of the counter that counted last, or None where no counter has two.

    A total below the one before it is a correction; no count leads up to it.
    """
    totals = evidence.of_series(TOTALS)
    counters = [
        (earlier, later, str(claimant))
        for (claimant, _), group in totals.groupby(["claimant", "counter_scope"])
        for earlier, later in pairwise(newest_by_end(figures(group)))
        if later.value >= earlier.value
    ]
    return max(counters, key=lambda pair: pair[1].period_end, default=None)


def count_layer(totals: NewestTotals | None, parameters: ProjectionParameters) -> CountLayer | None:
    """Carry on the counted weeks between the two newest dated totals of one counter.

    With x sentences in e weeks and S the sum of weekly growth factors, the total before unrecorded cases is
    negative binomial with mean m = (x + 1/2) S / e and variance (m + m S / e)(1 + w / r): the prediction from a count
    with a Jeffreys prior, spread by how much weeks of mean w differ beyond chance. Unrecorded cases divide by p.

    Args:
        totals: From `newest_totals`.
        parameters: Horizon, growth, dispersion and recording; weekly figure, qualifier and court calendar play no
            part, since the count is over calendar time.

    Returns:
        The layer, or None where no counter has two totals.
    """
    if totals is None:
        return None
    earlier, later, claimant = totals
    counted = difference(earlier, later)
    weeks = days_between(counted.period_start, counted.period_end) / DAYS_PER_WEEK
    events, weekly = round(counted.value), counted.value / weeks
    ahead = float(parameters.growth_sums[-1])
    plain = predict_total(events, weeks, ahead)
    recording = parameters.recording
    mean = plain.mean / recording
    variance = (plain.standard_deviation**2 * (1 + weekly / parameters.size) + plain.mean * (1 - recording)) / (
        recording**2
    )
    size = mean**2 / (variance - mean)
    quantiles = np.asarray(scipy.stats.nbinom.ppf(LEVELS, size, size / (size + mean)))
    return CountLayer(
        counted=counted,
        weekly=weekly,
        mean=mean,
        quantiles=dict(zip(LEVELS, quantiles.tolist(), strict=True)),
        sentence=(
            f"{claimant} counted {counted.value:,.0f} sentences in {weeks:.1f} weeks, {weekly:,.0f} a week "
            f"({both_totals(earlier, later)}); this carries them on for {parameters.weeks} weeks "
            f"from {day_text(later.period_end + timedelta(days=1))}."
        ),
    )
