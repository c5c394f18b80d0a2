"""Counters for Prometheus, on an address of their own that only the operator reaches; they say nothing of a reader."""

import re
from collections.abc import Mapping

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    start_http_server,
)

from dashboard.server.operation.readiness import is_ready
from indicators.core.environment import METRICS, SettingError

disable_created_metrics()  # type: ignore[no-untyped-call]
REGISTRY = CollectorRegistry()
BUCKETS = (0.01, 0.05, 0.25, 1, 5)
REQUESTS = Counter("morale_indicators_requests", "Requests answered", ("part", "method", "status"), registry=REGISTRY)
SECONDS = Histogram(
    "morale_indicators_request_seconds", "Time to an answer's end", ("part",), buckets=BUCKETS, registry=REGISTRY
)
SESSIONS = Gauge("morale_indicators_sessions", "Readers connected at present", registry=REGISTRY)
READY = Gauge("morale_indicators_ready", "1 once every indicator is computed", registry=REGISTRY)
READY.set_function(is_ready)
ProcessCollector(registry=REGISTRY)

_ADDRESS = re.compile(r"(?P<host>[\w.-]+|\[[0-9a-f:]+\]):(?P<port>\d{1,5})")


def metrics_address(environment: Mapping[str, str] | None = None) -> tuple[str, int] | None:
    """Return host and port on which counters are to be read; None where they are switched off.

    Args:
        environment: Variables; None for those of this process.

    Raises:
        SettingError: If the setting is no address with a port.

    Example:
        >>> metrics_address({"MORALE_INDICATORS_METRICS": "127.0.0.1:9464"})
        ('127.0.0.1', 9464)
    """
    given = METRICS.read(environment)
    if not given:
        return None
    found = _ADDRESS.fullmatch(given)
    if found is None or not 0 < int(found["port"]) < 2**16:
        raise SettingError(f"{METRICS.name} is {given!r}; expected an address with a port, such as 127.0.0.1:9464.")
    return found["host"].strip("[]"), int(found["port"])


def offer_metrics() -> None:
    """Let Prometheus read the counters, if the operator wants it to.

    Raises:
        SettingError: If the setting is no address, or one that can't be listened on.
    """
    address = metrics_address()
    if address is None:
        return
    host, port = address
    try:
        start_http_server(port, host, REGISTRY)
    except OSError as error:
        raise SettingError(f"{METRICS.name} is {host}:{port}, where nothing can listen: {error.strerror}.") from error
