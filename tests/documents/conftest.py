"""One stage for all documents: making it costs more than a command."""

from collections.abc import Iterator
from contextlib import nullcontext
from threading import Thread

import pytest

from tests import postgresql
from tests.documents.stage import Stage, set_up
from tests.server.test_rdv_insertion import Other


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Where PostgreSQL is not installed, what is said of it is run with a file."""
    folder = tmp_path_factory.mktemp("stage")
    running = postgresql.cluster(durable=False) if postgresql.programs() else nullcontext()
    with Other() as other, running as cluster:
        Thread(target=other.serve_forever, daemon=True).start()
        database = cluster.database() if cluster else f"sqlite:///{folder}/instead.db"
        yield set_up(folder, other, database)
        other.shutdown()
