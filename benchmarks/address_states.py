"""Addresses as readers, search engines and attackers make them: every page, its settings, and values of every kind."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlencode

from dashboard.shell.pages import all_pages
from indicators.core.registry import all_indicators
from indicators.methods.cascade.parameters import CascadeParameters
from indicators.methods.projection.parameters import ProjectionParameters

FIRST_DAY, LAST_DAY = date(2022, 2, 24), date(2026, 11, 28)
SETTINGS = {
    "/projection": (*ProjectionParameters.model_fields, "scenario", "from", "claimant"),
    "/cascade": (*CascadeParameters.model_fields, "part", "search"),
}
ELSEWHERE = (
    *("indicator", "indicators", "from", "to", "place", "of", "status", "concerns", "statement", "quantity", "kind"),
    *("search", "topic", "axis", "events", "table", "who", "stance", "bounds_from", "bounds_to", "side", "series"),
)
EVERYWHERE = ("as_of", "later", "cite", "utm_source", "unknown")
HOSTILE = (
    *(
        "",
        " ",
        "0",
        "-1",
        "1e309",
        "NaN",
        "inf",
        "99999999999999999999",
        "0.1.2",
        "\u0661\u0660\u0660",
        "null",
        "true",
        "[]",
        "{}",
    ),
    *("2023-08-30", "2023-02-30", "0001-01-01", "9999-12-31", "30.08.2023", "../../etc/passwd", "%00", "\u202eabc"),
    *("<script>alert(1)</script>", "![a](//x.invalid/y.png)", "$x^2$", ":material/home:", "'; --", "a" * 500),
)


def random_addresses(count: int, seed: int) -> Iterator[str]:
    """Yield addresses, the same for the same seed: half of the values make sense, the others do not.

    Args:
        count: How many.
        seed: Seed of the draws.
    """
    chance = random.Random(seed)
    for _ in range(count):
        path = chance.choice(all_pages()).address
        names = chance.sample((*SETTINGS.get(path, ELSEWHERE), *EVERYWHERE), chance.randint(0, 5))
        query = [(name, _value(chance, name)) for name in names]
        if query and chance.random() < 0.05:
            query.append(chance.choice(query))  # the same name twice
        yield f"{path}?{urlencode(query)}" if query else path


def _value(chance: random.Random, name: str) -> str:
    if chance.random() < 0.4:
        return chance.choice(HOSTILE)
    if name in ("as_of", "from", "to", "bounds_from", "bounds_to"):
        return (FIRST_DAY + timedelta(days=chance.randrange((LAST_DAY - FIRST_DAY).days))).isoformat()
    ids = [indicator.id for indicator in all_indicators()]
    if name in ("indicator", "indicators", "concerns"):
        return ",".join(chance.sample(ids, chance.randint(1, 3)))
    for model in (ProjectionParameters, CascadeParameters):
        if name in model.model_fields and hasattr(chosen := model.model_fields[name].annotation, "__members__"):
            return str(chance.choice(list(chosen)))
    return chance.choice((f"{chance.uniform(0, 2):.3f}", str(chance.randrange(300)), *ids, "RU", "UA"))
