"""The naive forecast, which every other one is measured against."""

import numpy as np

from indicators.methods.forecast.levels import HUB_LEVELS, MEDIAN, Floats

DRAWS = 2000
SEED = 20230830


def naive_quantiles(values: Floats, horizon: int) -> Floats:
    """Return the last value as median, with the spread of sums of h past steps, as the forecast hubs do.

    Steps y(t) - y(t - 1) of neighbouring values count with both signs; sums are of h of them drawn at random with a
    stated seed, each sum also with the other sign. Series without values below 0 stop at 0.

    Args:
        values: y in order; NaN where one is missing. At least two are there.

    References:
        Cramer et al. (2022), doi:10.1073/pnas.2113561119, COVIDhub-baseline.

    Example:
        >>> naive_quantiles(np.array([4.0, 6.0, 4.0]), 1)[0, [0, MEDIAN, -1]].tolist()
        [2.0, 4.0, 6.0]
    """
    seen = values[~np.isnan(values)]
    steps = np.diff(seen)
    drawn = np.random.default_rng(SEED).choice(np.concatenate([steps, -steps]), (DRAWS, horizon))
    sums = np.cumsum(drawn, axis=1)
    quantiles = seen[-1] + np.quantile(np.concatenate([sums, -sums]), HUB_LEVELS, axis=0).T
    quantiles[:, MEDIAN] = seen[-1]
    return np.asarray(np.maximum(quantiles, 0.0) if seen.min() >= 0 else quantiles)
