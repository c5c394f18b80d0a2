"""What routes take: the evidence they read, the day whose knowledge counts and the form of an answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated

import pandas as pd
from fastapi import Query
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from api.tables import Format
from indicators.core.observations import Evidence

EvidenceOn = Callable[[date | None], Evidence]
"""Returns the evidence as known on a day; None for the latest."""

DerivedOn = Callable[[str, date | None], pd.DataFrame]
"""Returns an indicator's derived table as computed from that evidence."""

AS_OF = "Use only what the public could read by this day (YYYY-MM-DD)."


def _written_out(value: object) -> object:
    """Refuse a number, which would otherwise be read as seconds since 1970."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise PydanticCustomError("day", "expected a day as YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(_written_out)]
AsOf = Annotated[Day | None, Query(description=AS_OF)]
AsFormat = Annotated[Format, Query(alias="format", description="json, or csv for a download.")]
