"""Newer figures in a running server: a look at which edition is the current one, and refreshes on a schedule.

A reader never waits for either: an edition is loaded, checked and computed beside them, and then taken in one step.
"""

import logging
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

from dashboard.snapshots import take_newest_edition
from indicators.core.environment import REFRESH, SettingError
from indicators.core.evidence.contacts import read_contacts
from indicators.core.evidence.load import editions_folder

LOGGER = logging.getLogger(__name__)
LOOK_SECONDS = 5.0
COMMAND = (sys.executable, "-m", "indicators", "refresh")
LONGEST_REFRESH = 1800.0
ROOT = Path(__file__).parents[3]


def hours_between_refreshes() -> float | None:
    """Return how many hours lie between two refreshes by this server; None for no refresh.

    Raises:
        SettingError: If the setting is no number from 1 to 8,760.
    """
    text = REFRESH.read()
    if not text:
        return None
    try:
        hours = float(text)
    except ValueError:
        hours = 0.0
    if not 1 <= hours <= 8760:
        raise SettingError(f"{REFRESH.name} is {text!r}; expected a number of hours from 1 to 8760, or leave it unset.")
    return hours


def begin_to_follow(stop: Event) -> None:
    """Follow which edition is the current one, and refresh if the environment says so, until told to stop."""
    _begin("follow-editions", lambda: follow(stop))
    hours = hours_between_refreshes()
    if hours is not None:
        _begin("refresh", lambda: refresh_regularly(timedelta(hours=hours), stop))


def _begin(name: str, work: Callable[[], None]) -> None:
    Thread(target=work, name=name, daemon=True).start()


def follow(stop: Event, every: float = LOOK_SECONDS) -> None:
    """Take each newer edition soon after it became the current one; the one in use stays if another can't be used.

    Args:
        every: Seconds between two looks.
    """
    while not stop.wait(every):
        try:
            if take_newest_edition():
                LOGGER.info("A newer edition of the data is in use.")
        except Exception:
            # Whatever is wrong with an edition, readers keep the one that works.
            LOGGER.exception("Looking for a newer edition of the data failed; the one in use stays.")


def refresh_regularly(pause: timedelta, stop: Event, run: Callable[[], None] | None = None) -> None:
    """Refresh whenever the last refresh, by whomever, is so long ago.

    Args:
        run: Does one refresh; the project's own command if not given.
    """
    while not stop.wait(seconds_until_due(pause, datetime.now(UTC))):
        (run or run_refresh)()


def seconds_until_due(pause: timedelta, now: datetime) -> float:
    """Return the seconds until the next refresh; 0 if one is due."""
    asked = [contact.asked for contact in read_contacts(editions_folder()).values()]
    return max((max(asked) + pause - now).total_seconds(), 0.0) if asked else 0.0


def run_refresh() -> None:
    """Refresh in a process of its own, so that nothing that goes wrong there reaches readers; the log has its words."""
    try:
        done = subprocess.run(COMMAND, capture_output=True, text=True, timeout=LONGEST_REFRESH, check=False, cwd=ROOT)
    except (OSError, subprocess.TimeoutExpired) as error:
        LOGGER.warning("The refresh did not end: %s", error)
        return
    level = logging.INFO if done.returncode == 0 else logging.WARNING
    LOGGER.log(level, "Refresh ended with status %s. %s", done.returncode, (done.stdout + done.stderr).strip())
