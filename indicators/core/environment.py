"""The settings that the environment holds for the server and its data, and the only place that reads them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass


class SettingError(ValueError):
    """A setting has a value that makes no sense; the message says what was expected and what came."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A variable of the environment.

    Args:
        meaning: What its value is, as the table in `docs/deployment.md` says it.
        unset: What holds without it.
        allowed: The only values it may have; none for any.
    """

    name: str
    meaning: str
    unset: str
    allowed: tuple[str, ...] = ()

    def read(self, environment: Mapping[str, str] | None = None) -> str:
        """Return the value without surrounding blanks; empty where the variable is unset.

        Args:
            environment: Variables; None for those of this process.

        Raises:
            SettingError: If the value is none of those allowed.

        Example:
            >>> DETAILS.read({"MORALE_INDICATORS_SERVER_DETAILS": "1"})
            '1'
        """
        value = (os.environ if environment is None else environment).get(self.name, "").strip()
        if value and self.allowed and value not in self.allowed:
            expected = " or ".join(self.allowed)
            raise SettingError(f"{self.name} is {value!r}; expected {expected}, or leave it unset.")
        return value


DATA = Setting(
    name="MORALE_INDICATORS_DATA",
    meaning="Folder of a data package, or of the editions that `make refresh` writes",
    unset="the newest edition in the user's data folder, else the data that come along",
)
HOSTS = Setting(
    name="MORALE_INDICATORS_HOSTS",
    meaning="Names by which readers reach the server, apart by commas; `*` for any",
    unset="this machine's own names alone",
)
LOG = Setting(
    name="MORALE_INDICATORS_LOG",
    meaning="`json`: one line of JSON for each request and message",
    unset="messages as text, no line for a request",
    allowed=("json",),
)
METRICS = Setting(
    name="MORALE_INDICATORS_METRICS",
    meaning="Address and port where Prometheus reads counters, such as `127.0.0.1:9464`",
    unset="no counters",
)
REFRESH = Setting(
    name="MORALE_INDICATORS_REFRESH",
    meaning="Hours between refreshes from the live sources by the server itself, such as `24`",
    unset="no refresh but by `make refresh`, by hand or by a timer",
)
DETAILS = Setting(
    name="MORALE_INDICATORS_SERVER_DETAILS",
    meaning="`1`: Streamlit's own counters and list of hosts are open to everybody",
    unset="both are closed",
    allowed=("0", "1"),
)
SETTINGS = (DATA, HOSTS, LOG, METRICS, REFRESH, DETAILS)
