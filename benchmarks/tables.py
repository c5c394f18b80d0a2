"""Results as Markdown: tables, targets, and the file that keeps the newest run of each part."""

from __future__ import annotations

import math
import os
import platform
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

TITLE = """# Results

Written by `python -m benchmarks`; [README.md](README.md) says how, and what the figures do not show. Each part names
its own run. Compare ratios within a part, not milliseconds between parts or machines.
"""
PACKAGES = ("streamlit", "plotly", "numpy", "pandas", "playwright")


@dataclass(frozen=True, kw_only=True)
class Target:
    """A limit that a measured value has to keep.

    Args:
        what: What is compared.
        value: What was measured; NaN if it could not be.
        limit: The limit.
        at_least: Whether the limit is a lower one.
    """

    what: str
    value: float
    limit: float
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the limit was kept."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def row(self) -> tuple[str, ...]:
        """Return the target as a table row."""
        verdict = "not measured" if math.isnan(self.value) else "met" if self.met else "missed"
        return self.what, number(self.value), f"{'≥' if self.at_least else '≤'} {self.limit:g}", verdict


def number(value: float | None) -> str:
    """Write a number with three digits that matter; a dash for none."""
    if value is None or not math.isfinite(value):
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table whose columns but the first are aligned to the right."""
    rule = ["---"] + ["---:"] * (len(header) - 1)
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (header, rule, *rows)) + "\n"


def target_table(targets: Sequence[Target]) -> str:
    """Return the targets with what was measured."""
    return table(("Target", "measured", "limit", "verdict"), (target.row() for target in targets))


def run_line(start: datetime, seconds: float, load: float, *, quick: bool) -> str:
    """Describe when, on which machine and with which versions a part was measured."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    size = "quick" if quick else "full"
    machine = f"{processor()}, {os.cpu_count()} cores, {memory_size()} GB; {platform.system()}"
    return (
        f"{start:%-d %b %Y %H:%M}, {size} run of {seconds / 60:.1f} min; load of the machine before it: {load:.1f}. "
        f"{machine}, Python {platform.python_version()}, {versions}."
    )


def processor() -> str:
    """Return the processor's name."""
    try:
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    except OSError:
        found = None
    return found[1] if found else platform.processor() or "unknown processor"


def memory_size() -> int:
    """Return the machine's memory in GB."""
    return round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30)


def write_part(path: Path, name: str, title: str, text: str) -> None:
    """Put a part's results into the file of results; the other parts stay as they are."""
    block = f"<!-- {name} -->\n## {title}\n\n{text.strip()}\n<!-- end of {name} -->\n"
    content = path.read_text(encoding="utf-8") if path.exists() else TITLE
    pattern = re.compile(rf"<!-- {name} -->\n.*?<!-- end of {name} -->\n", re.DOTALL)
    if pattern.search(content):
        content = pattern.sub(lambda _: block, content)
    else:
        content += f"\n{block}"
    path.write_text(content, encoding="utf-8")
