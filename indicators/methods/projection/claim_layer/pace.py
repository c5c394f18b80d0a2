"""How the weekly pace may move: growth that is not known exactly, and a pace that drifts from month to month.

Week w = 0, 1, ... has the pace c f exp(g t_w + D_m). t_w are the months gone by, m the whole ones;
g ~ N(ln(1 + growth), s^2); D_m = sum over j <= m of (d e_j - d^2 / 2) with standard normal e_j, so that drift leaves
the mean alone. With S the sum of exp(g t_w + D_m) over the weeks of a horizon, this module gives E[S], and ln S as a
function of one standard normal number.

The function. All paces move with the exponents X_w = (g - ln(1 + growth)) t_w + D_m. Let Y be the mean of X_w with the
expected paces as weights, and y its standard score. E[S | y] is a sum of exponentials, and since S hardly varies once Y
is known, its logarithm stands for ln S. It is taken at 7 Gauss-Hermite nodes and written as
h_0 + h_1 y + h_2 (y^2 - 1) + h_3 (y^3 - 3 y).

References:
    Curran, M. (1994). Valuing Asian and portfolio options by conditioning on the geometric mean price. Management
    Science 40(12): the same conditioning, for the sum of a lognormal path.
"""

import math

import numpy as np
import numpy.typing as npt
from numpy.polynomial import hermite_e

from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.run_rate import MONTHS_GONE, months_of_growth

FloatArray = npt.NDArray[np.float64]

WHOLE_MONTHS = np.floor(MONTHS_GONE + 1e-9)
"""m of week 0, 1, ...: whole months gone by; no step in month 0."""

_ORDERS = 4
_NODES, _WEIGHTS = hermite_e.hermegauss(7)
NODES: FloatArray = _NODES
"""Standard scores at which ln E[S | y] is taken."""

PROJECTION: FloatArray = np.array(
    [
        _WEIGHTS / _WEIGHTS.sum() * hermite_e.hermeval(NODES, [0] * order + [1]) / math.factorial(order)
        for order in range(_ORDERS)
    ]
)
"""Row n turns the values at the nodes into h_n."""


def expected_sums(parameters: ProjectionParameters) -> FloatArray:
    """Return E[S] for every horizon up to the parameters' own: sum of exp(g t_w + s^2 t_w^2 / 2), whatever the drift.

    Example:
        >>> expected_sums(ProjectionParameters(weeks=4, growth_sd=0)).tolist()
        [1.0, 2.0, 3.0, 4.0]
    """
    return np.cumsum(np.exp(_log_expected(parameters)))


def log_sum_terms(parameters: ProjectionParameters) -> FloatArray:
    """Return h_0 to h_3 of ln S for every horizon up to that of the parameters, 4 by weeks.

    Example:
        >>> log_sum_terms(ProjectionParameters(weeks=5, drift=0, growth_sd=0))[:, -1].round(6).tolist()
        [1.609438, 0.0, 0.0, 0.0]
    """
    weeks, drift, spread = parameters.weeks, parameters.drift, parameters.growth_sd
    months, whole = months_of_growth(parameters.fading)[:weeks], WHOLE_MONTHS[:weeks]
    logs = _log_expected(parameters)
    weights = np.exp(logs)
    total, in_months, in_whole = (np.cumsum(weights * by) for by in (np.ones(weeks), months, whole))
    # Covariance of the exponent of each week (columns) with Y, by horizon (rows).
    shared = spread**2 * np.outer(in_months, months)
    shared += drift**2 * (in_whole + whole * (total[:, None] - total))
    shared = np.tril(shared / total[:, None])
    variance = shared @ weights / total
    slopes = shared / np.sqrt(np.where(variance > 0, variance, 1.0))[:, None]
    sums = np.array([np.sum(np.tril(np.exp(logs - slopes**2 / 2 + node * slopes)), axis=1) for node in NODES])
    return np.asarray(PROJECTION @ np.log(sums), dtype=np.float64)


def second_moments(parameters: ProjectionParameters) -> tuple[float, float, float]:
    """Return, at the horizon, E[S^2], what growth alone would give of it, and E[Q], Q the sum of squared paces.

    Example:
        >>> second_moments(ProjectionParameters(weeks=4, drift=0, growth_sd=0))
        (16.0, 16.0, 4.0)
    """
    logs, months = _log_expected(parameters), months_of_growth(parameters.fading)[: parameters.weeks]
    whole = WHOLE_MONTHS[: parameters.weeks]
    by_growth = np.exp(logs + logs[:, None] + parameters.growth_sd**2 * np.outer(months, months))
    both = by_growth * np.exp(parameters.drift**2 * np.minimum.outer(whole, whole))
    return float(np.sum(both)), float(np.sum(by_growth)), float(np.trace(both))


def sum_at(parameters: ProjectionParameters, growth_score: float, drift_score: float) -> tuple[float, float]:
    """Return S and Q at the horizon with growth and drift each at a standard score; both 0 is the middle.

    Example:
        >>> sum_at(ProjectionParameters(weeks=4), 0.0, 0.0)[0]
        4.0
    """
    months, whole = months_of_growth(parameters.fading)[: parameters.weeks], WHOLE_MONTHS[: parameters.weeks]
    logs = (parameters.log_growth + growth_score * parameters.growth_sd) * months
    weights = np.exp(logs) / np.sum(np.exp(logs))
    shared = parameters.drift**2 * np.minimum.outer(whole, whole) @ weights
    deviation = math.sqrt(float(weights @ shared))
    paces = np.exp(logs + (drift_score * shared / deviation if deviation else 0.0))
    return float(np.sum(paces)), float(np.sum(paces**2))


def _log_expected(parameters: ProjectionParameters) -> FloatArray:
    months = months_of_growth(parameters.fading)[: parameters.weeks]
    return np.asarray(parameters.log_growth * months + parameters.growth_sd**2 * months**2 / 2, dtype=np.float64)
