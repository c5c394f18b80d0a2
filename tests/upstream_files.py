"""Files as the live sources have them, made from the evidence, and a server on this machine that sends them."""

from __future__ import annotations

import csv
import io
import json
import threading
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import accumulate

from factories import bundled

from indicators.upstream import economist, general_staff, oryx
from indicators.upstream.monthly import months_between, next_month

Files = MutableMapping[str, bytes]
TODAY = date(2026, 8, 23)


def months_of(series: str) -> dict[date, dict[str, float]]:
    """Return the whole months of a series, in their newest edition."""
    rows = bundled().of_series(series).sort_values("known")
    found = {}
    for row in rows.to_dict("records"):
        start, end = row["period_start"].date(), row["period_end"].date()
        if start.day == 1 and end == next_month(start) - timedelta(days=1):
            found[start] = {name: row[name] for name in ("value", "low", "high")}
    return found


def upstream_files() -> Files:
    """Return all files by their path, as they stand on `TODAY`."""
    return dict(_files())


@cache
def _files() -> Files:
    return {**_general_staff(), **_oryx(), **_economist()}


def _totals(series: str, last: date) -> dict[date, float]:
    months = {month: figure["value"] for month, figure in months_of(series).items() if month < last}
    sums = accumulate(months.values(), initial=10_000.0)
    return dict(zip([*months, next_month(max(months))], sums, strict=True))


def _general_staff() -> Files:
    last = TODAY.replace(day=1)
    persons, armour = _totals("claimed_ru_personnel_losses", last), _totals("claimed_ru_armour_losses", last)
    personnel = [{"date": day.isoformat(), "personnel": total} for day, total in persons.items()]
    equipment = [{"date": day.isoformat(), "tank": 2_000, "APC": total} for day, total in armour.items()]
    newest = [
        {
            "date": (day + timedelta(days=late)).isoformat(),
            "personnel": total + late,
            "tanks": 2_000,
            "afvs": armour[day],
        }
        for day, total in list(persons.items())[-1:]
        for late in (0, 20)
    ]
    return {
        general_staff.PERSONNEL: json.dumps(personnel).encode(),
        general_staff.EQUIPMENT: json.dumps(equipment).encode(),
        general_staff.NEWEST: json.dumps(newest).encode(),
    }


def _oryx() -> Files:
    files = {}
    newest = TODAY.replace(day=1)
    listed = {side: _totals(f"oryx_{side}_armour_losses_net", newest) for side in oryx.SIDES.values()}
    left = {side: _totals(f"oryx_{side}_armour_abandoned_captured_net", newest) for side in oryx.SIDES.values()}
    for day in list(listed["ru"])[-7:]:
        rows = []
        for country, side in oryx.SIDES.items():
            abandoned, every = left[side][day] - 9_000, listed[side][day]
            for kind in oryx.ARMOUR:
                tanks = kind == "Tanks"
                destroyed = every - abandoned if tanks else 0
                numbers = (destroyed, abandoned if tanks else 0, 0, 0, every if tanks else 0)
                rows.append(dict(zip(oryx.COLUMNS, (country, kind, *numbers), strict=True)))
        files[oryx.PATH.format(day)] = _csv(rows)
    return files


def _economist() -> Files:
    named, estimated = months_of("mediazona_ru_named_deaths"), months_of("mediazona_ru_deaths_estimate")
    weeks = []
    for month, figure in named.items():
        thursdays = [month + timedelta(days=n) for n in range(31) if (month + timedelta(days=n)).weekday() == 3]
        thursdays = [day for day in thursdays if day.month == month.month]
        for place, day in enumerate(thursdays):
            year, week, _ = day.isocalendar()
            numbers = [figure["value"], *(estimated[month][name] for name in ("value", "low", "high"))]
            parts = [_part(number, place, len(thursdays)) for number in numbers]
            cells = dict(zip((economist.NAMED, *economist.ESTIMATE), parts, strict=True))
            weeks.append({"Year": year, "Week": week, **cells})
    area, rows = 50_000.0, []
    changes = months_of("ru_controlled_area_change")
    for month in months_between(min(changes), max(changes)):
        rows.append(_area(month - timedelta(days=1), area * economist.SQUARE_METRES))
        area += changes[month]["value"]
    rows.append({"date": (next_month(max(changes)) - timedelta(days=1)).isoformat(),
                 economist.AREA_COLUMN: area * economist.SQUARE_METRES})  # fmt: skip
    rows.append({"date": TODAY.isoformat(), economist.AREA_COLUMN: "NA"})
    return {f"{economist.FOLDER}/meduza_2026_weekly.csv": _csv(weeks), economist.AREA: _csv(rows)}


def _area(day: date, square_metres: object) -> dict[str, object]:
    return {"date": day.isoformat(), economist.AREA_COLUMN: square_metres}


def _part(whole: float, place: int, parts: int) -> float:
    """Return one of some whole numbers that add up; the last one takes what is left."""
    each = whole // parts
    return each if place < parts - 1 else round(whole - each * (parts - 1), 2)


def _csv(rows: list[dict[str, object]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


class _Handler(BaseHTTPRequestHandler):
    files: Mapping[str, bytes]
    asked: list[tuple[str, int]]

    def do_GET(self) -> None:
        content = self.files.get(self.path.lstrip("/"))
        etag = f'"{hash(content)}"'
        status = 404 if content is None else 304 if self.headers.get("If-None-Match") == etag else 200
        self.asked.append((self.path, status))
        self.send_response(status)
        self.send_header("ETag", etag)
        if status == 200:
            self.send_header("Content-Length", str(len(content or b"")))
        self.end_headers()
        if status == 200:
            self.wfile.write(content or b"")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(files: Mapping[str, bytes]) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """Send files on this machine; returns the address, and a list of what was asked with the status of the answer."""
    asked: list[tuple[str, int]] = []
    handler = type("Handler", (_Handler,), {"files": files, "asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
