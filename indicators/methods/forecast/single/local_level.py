"""The local level model: a level that wanders, seen with noise."""

import numpy as np

from indicators.methods.forecast.levels import Floats

RATIOS = tuple(float(ratio) for ratio in np.geomspace(0.003, 30.0, 15))
"""Settings of q, variance of the level's steps over that of the noise."""


def local_level(values: Floats, horizon: int) -> Floats:
    """Return the local level at every origin, averaged over q by the likelihood of what was seen until then.

    The Kalman filter of z = mu + eps, mu <- mu + eta: F = P + s_eps, K = P / F, mu <- mu + K (z - mu),
    P <- P (1 - K) + s_eta; a missing value only adds s_eta. The noise variance is profiled out: s_eps = mean of
    e^2 / F with F in units of s_eps.

    Args:
        values: z; NaN where one is missing.
        horizon: Most steps ahead; the forecast is the same for all.

    Returns:
        Forecasts with axes t, h.

    References:
        Durbin and Koopman (2012), doi:10.1093/acprof:oso/9780199641178.001.0001, chapter 2.
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
