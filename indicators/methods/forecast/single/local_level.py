"""The local level model: a level that wanders, seen with noise."""

from dataclasses import dataclass

import numpy as np

from indicators.methods.forecast.levels import Floats

RATIOS = tuple(float(ratio) for ratio in np.geomspace(0.003, 30.0, 15))
"""Settings of q, variance of the level's steps over that of the noise."""


@dataclass(frozen=True, kw_only=True)
class FilteredLevel:
    """The level as filtered up to each value.

    Args:
        level: Expected level after each value.
        gain: Weight of the newest error at each value.
        variance: Variance of the one-step forecast at each value.
        log_likelihood: Sum of ln N(z; forecast, variance), without the first value.
    """

    level: Floats
    gain: Floats
    variance: Floats
    log_likelihood: float


def filtered_level(values: Floats, noise: float, step: float, start: float | None = None) -> FilteredLevel:
    """Run the Kalman filter of z = mu + eps, mu <- mu + eta.

    F = P + s_eps, K = P / F, mu <- mu + K (z - mu), P <- P (1 - K) + s_eta. A missing value only adds s_eta.

    Args:
        values: z; NaN where one is missing, but not the first.
        noise: s_eps, variance of the noise; above 0.
        step: s_eta, variance of the level's steps; 0 or more.
        start: Variance of the first level about 0, large; None for one that nothing is known of.

    References:
        Durbin and Koopman (2012), doi:10.1093/acprof:oso/9780199641178.001.0001, chapter 2.

    Example:
        >>> found = filtered_level(np.array([1.0, 3.0]), 1.0, 1.0)
        >>> round(float(found.gain[-1]), 4), round(float(found.level[-1]), 4)
        (0.6667, 2.3333)
    """
    first = 1.0 if start is None else start / (start + noise)
    level, variance, likelihood = first * float(values[0]), first * noise + step, 0.0
    rows = [(level, first, np.inf if start is None else start + noise)]
    for value in values[1:]:
        forecast_variance, gain = variance + noise, 0.0
        if not np.isnan(value):
            error = value - level
            gain = variance / forecast_variance
            level += gain * error
            likelihood -= 0.5 * (np.log(2 * np.pi * forecast_variance) + error**2 / forecast_variance)
        variance = variance * (1 - gain) + step
        rows.append((level, gain, forecast_variance))
    levels, gains, variances = (np.array(column) for column in zip(*rows, strict=True))
    return FilteredLevel(level=levels, gain=gains, variance=variances, log_likelihood=float(likelihood))


def local_level(values: Floats, horizon: int) -> Floats:
    """Return the local level at every origin, averaged over q by the likelihood of what was seen until then.

    The noise variance is profiled out: s_eps = mean of e^2 / F with F in units of s_eps.

    Args:
        values: z; NaN where one is missing.
        horizon: Most steps ahead; the forecast is the same for all.

    Returns:
        Forecasts with axes t, h.
    """
    ratios = np.array(RATIOS)
    first = int(np.argmax(~np.isnan(values)))
    level = np.full(len(ratios), values[first])
    variance, squares, logs, number = 1 + ratios, np.zeros(len(ratios)), np.zeros(len(ratios)), 0
    found = np.full(len(values), values[first])
    for origin in range(first + 1, len(values)):
        gain = np.zeros(len(ratios))
        if not np.isnan(values[origin]):
            error, forecast_variance = values[origin] - level, variance + 1
            gain, number = variance / forecast_variance, number + 1
            squares, logs = squares + error**2 / forecast_variance, logs + np.log(forecast_variance)
            level = level + gain * error
        variance = variance * (1 - gain) + ratios
        likelihood = -0.5 * (number * np.log(np.maximum(squares, 1e-12)) + logs)
        weights = np.exp(likelihood - likelihood.max())
        found[origin] = weights @ level / weights.sum()
    return np.repeat(found[:, None], horizon, axis=1)
