"""How a view is cited: short, in full, and in the formats that reference managers read."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from indicators.core.text import day_text

AUTHOR = "Morale indicators contributors"
WORK = "Morale indicators"


@dataclass(frozen=True, kw_only=True)
class Reference:
    """What a citation of a view says.

    Args:
        replayed: Day whose knowledge it shows, or None for the latest.
        result: Digest of what the view shows.
    """

    title: str
    address: str
    seen: date
    replayed: date | None
    data_version: str
    code_version: str
    result: str

    @property
    def version(self) -> str:
        """Versions of data and code, and the result's digest."""
        return f"data {self.data_version}, code {self.code_version}, result {self.result}"

    @property
    def full_title(self) -> str:
        """The title, with the replayed day if there is one."""
        return self.title if self.replayed is None else f"{self.title}, as known on {day_text(self.replayed)}"


def short(reference: Reference) -> str:
    """Return a citation for a caption.

    Example:
        >>> short(Reference(title="Claims", address="http://x/claims", seen=date(2026, 1, 2), replayed=None,
        ...                 data_version="abc", code_version="0.1.0", result="123"))
        'Morale indicators, Claims, data abc, 2 Jan 2026'
    """
    return f"{WORK}, {reference.full_title}, data {reference.data_version}, {day_text(reference.seen)}"


def full(reference: Reference) -> str:
    """Return a citation for a list of references."""
    return (
        f"{AUTHOR} ({reference.seen.year}). {reference.full_title}. {WORK} ({reference.version}). "
        f"Read on {day_text(reference.seen)}. {reference.address}"
    )


def bibtex(reference: Reference) -> str:
    """Return a BibTeX entry."""
    key = re.sub(r"\W+", "-", f"morale-indicators {reference.title} {reference.seen.isoformat()}".lower())
    fields = {
        "author": _verbatim(AUTHOR),
        "title": _verbatim(reference.full_title),
        "howpublished": _verbatim(WORK),
        "year": str(reference.seen.year),
        "version": _verbatim(reference.version),
        "url": reference.address,
        "urldate": reference.seen.isoformat(),
    }
    lines = ",\n".join(f"  {name} = {{{text}}}" for name, text in fields.items())
    return f"@misc{{{key},\n{lines}\n}}"


def ris(reference: Reference) -> str:
    """Return an RIS record."""
    seen = reference.seen
    lines = (
        ("TY", "DATA"),
        ("AU", AUTHOR),
        ("TI", reference.full_title),
        ("T2", WORK),
        ("PY", str(seen.year)),
        ("ET", reference.version),
        ("UR", reference.address),
        ("Y2", f"{seen:%Y/%m/%d}"),
        ("ER", ""),
    )
    return "\n".join(f"{tag}  - {text}" for tag, text in lines)


def csl_json(reference: Reference) -> str:
    """Return a CSL-JSON record."""
    seen = reference.seen
    record = {
        "id": f"morale-indicators-{reference.result}",
        "type": "dataset",
        "author": [{"literal": AUTHOR}],
        "title": reference.full_title,
        "container-title": WORK,
        "issued": {"date-parts": [[seen.year]]},
        "accessed": {"date-parts": [[seen.year, seen.month, seen.day]]},
        "version": reference.version,
        "URL": reference.address,
    }
    return json.dumps([record], indent=2, ensure_ascii=False)


FORMATS: Mapping[str, Callable[[Reference], str]] = {
    "Short": short,
    "Full": full,
    "BibTeX": bibtex,
    "RIS": ris,
    "CSL-JSON": csl_json,
}
"""Writing function by name of the format."""


def _verbatim(text: str) -> str:
    """Keep BibTeX from reading commands in a text, and its styles from writing capitals small."""
    return "{" + re.sub(r"([&%$#_{}])", r"\\\1", text) + "}"
