"""Counts for Prometheus: of this process since it started, and of the database now; nothing about anybody."""

from collections import Counter as Tally
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import prometheus_client as prometheus
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from sync.records import VERDICTS, Ack
from sync.server.store import Store
from sync.server.tables import Device, Server

CONTENT_TYPE = prometheus.CONTENT_TYPE_LATEST
_SECONDS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
NO_ROUTE = "unknown"
"""The path of whatever fits no route: what strangers ask for makes no label."""


@dataclass(frozen=True)
class Counts:
    """What one server process counts, in a registry of its own."""

    registry: prometheus.CollectorRegistry
    requests: prometheus.Counter
    batches: prometheus.Histogram
    records: prometheus.Counter

    def request(self, route: str, status: int) -> None:
        """One answer; `route` is a path's template, or NO_ROUTE."""
        self.requests.labels(path=route, status=str(status)).inc()

    def batch(self, seconds: float, lines: int, ack: Ack) -> None:
        """One batch that was acknowledged."""
        self.batches.observe(seconds)
        exceptions = Tally(result.verdict for result in ack.results)
        for verdict, count in {"taken": lines - exceptions.total(), **exceptions}.items():
            self.records.labels(verdict=verdict).inc(count)

    def text(self) -> bytes:
        """Everything, in Prometheus's text format."""
        return prometheus.generate_latest(self.registry)


def counts(store: Store) -> Counts:
    """Nothing counted yet."""
    registry = prometheus.CollectorRegistry()
    prometheus.ProcessCollector(namespace="milomobile", registry=registry)
    registry.register(_Database(store))
    made = Counts(
        registry,
        prometheus.Counter("milomobile_requests", "Answers since the start.", ("path", "status"), registry=registry),
        prometheus.Histogram("milomobile_batch_seconds", "Time to take a batch.", buckets=_SECONDS, registry=registry),
        prometheus.Counter("milomobile_records", "Lines since the start.", ("verdict",), registry=registry),
    )
    for verdict in VERDICTS:
        made.records.labels(verdict=verdict)
    return made


class _Database(Collector):
    """Read from the database each time they are asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Whether the database answers; if so, how many laptops there are, and what is backed up."""
        up = GaugeMetricFamily("milomobile_database_up", "Whether the database answers.")
        try:
            active, revoked, unsaved, saved = self._read()
        except SQLAlchemyError:
            up.add_metric((), 0)
            yield up
            return
        up.add_metric((), 1)
        yield up
        devices = GaugeMetricFamily("milomobile_devices", "Laptops enrolled.", labels=("state",))
        devices.add_metric(("active",), active)
        devices.add_metric(("revoked",), revoked)
        yield devices
        yield GaugeMetricFamily("milomobile_records_unsaved", "Lines that no verified backup holds yet.", unsaved)
        said = "When the newest verified backup was made, or the server itself where there is none."
        yield GaugeMetricFamily("milomobile_verified_backup_timestamp_seconds", said, saved / 1000)

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Names the figures without reading them."""
        return ()

    def _read(self) -> tuple[int, int, int, int]:
        everyone, revoked = func.count(), func.count(Device.revoked)
        unsaved = func.coalesce(func.sum(Device.hwm - Device.verified), 0)
        with self._store.read() as session:
            row = session.execute(select(everyone, revoked, unsaved).select_from(Device)).one()
            saved = session.execute(select(func.coalesce(Server.verified, Server.made))).scalar_one()
        return row[0] - row[1], row[1], int(row[2]), saved
