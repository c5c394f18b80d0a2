"""Why a published projection missed: definition, rate, model, delay, and what can't be told apart."""

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class MissSplit:
    """ln(observed / projected) in parts that sum to it.

    Args:
        total: ln(observed / projected); above 0 if more was observed than projected.
        definition: Part due to counting another thing than was projected; None if not identified.
        rate: Part due to a weekly rate other than assumed, as known on the scoring date.
        delay: Part due to records that came after the scoring date.
        unexplained: What the identified parts leave; 0 if all are identified.
        reasons: Why a part is None, by part.
    """

    total: float
    definition: float | None
    rate: float | None
    model: float | None
    delay: float | None
    unexplained: float
    reasons: Mapping[str, str]


def split_miss(
    projected: float,
    observed: float,
    *,
    observed_as_projected: float | None,
    weeks: float,
    assumed_rate: float | None,
    known_share: float | None,
) -> MissSplit:
    """Split the miss of a projection on the log scale: ln(y / p) = definition + rate + model + delay + unexplained.

    definition = ln(y / x); rate = ln(s x / w / r); delay = -ln(s); model = ln(r w / p), which is what these three leave
    and 0 for a rate times its weeks. What is not identified joins unexplained. Without s the rate is taken from the
    final count and so holds the delay as well.

    Args:
        projected: p, the projected total; above 0.
        observed: y, the final count in the window in the outcome's definition; above 0.
        observed_as_projected: x, the final count in the window in the projection's own definition; above 0, equal to y
            if both definitions are one, None if nobody counted it.
        weeks: w, length of the window; above 0.
        assumed_rate: r, the weekly rate that the projection carried on; above 0, None if it named none.
        known_share: s, share of the window's final count already known at the scoring date; above 0, at most 1, None
            if no edition tells.

    Raises:
        ValueError: If a number is out of its range.

    Example:
        >>> split = split_miss(5200, 7800, observed_as_projected=6500, weeks=52, assumed_rate=100, known_share=0.8)
        >>> round(split.total, 4), round(split.definition, 4), round(split.rate, 4), round(split.delay, 4)
        (0.4055, 0.1823, 0.0, 0.2231)
    """
    given = {
        "projected": projected,
        "observed": observed,
        "observed_as_projected": observed_as_projected,
        "weeks": weeks,
        "assumed_rate": assumed_rate,
        "known_share": known_share,
    }
    for name, number in given.items():
        if number is not None and not 0 < number < math.inf:
            raise ValueError(f"expected {name} above 0, got {number}; a logarithm of it is undefined")
    if known_share is not None and known_share > 1:
        raise ValueError(f"expected known_share at most 1, got {known_share}")
    parts: dict[str, float] = {}
    reasons: dict[str, str] = {}
    if observed_as_projected is None:
        reasons["definition"] = "Nobody counted the window in the projection's own definition."
    else:
        parts["definition"] = math.log(observed / observed_as_projected)
    if known_share is None:
        reasons["delay"] = "Late reporting cannot be separated from the rate."
    else:
        parts["delay"] = -math.log(known_share)
    if assumed_rate is None:
        reasons["rate"] = "The projection named no rate."
    elif observed_as_projected is None:
        reasons["rate"] = "Without a count in the projection's own definition there is no rate to compare with."
    else:
        known = observed_as_projected * (1.0 if known_share is None else known_share)
        parts["rate"] = math.log(known / weeks / assumed_rate)
    if assumed_rate is None:
        reasons["model"] = reasons["rate"]
    else:
        parts["model"] = math.log(assumed_rate * weeks / projected)
    total = math.log(observed / projected)
    return MissSplit(
        total=total,
        definition=parts.get("definition"),
        rate=parts.get("rate"),
        model=parts.get("model"),
        delay=parts.get("delay"),
        unexplained=total - math.fsum(parts.values()) if reasons else 0.0,
        reasons=reasons,
    )
