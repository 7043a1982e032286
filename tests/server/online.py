"""A server process that knows a person, and the laptop that sent her."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from sync import client, records
from sync.push import Position
from sync.records import Batch
from tests.faults.office import milliseconds
from tests.faults.served import Served
from tests.postgresql import DATABASES

KEY, EPOCH = bytes(range(32)), "7f3a91c2"
STORED = ("Zéphirine", "Quatrepommes", "+33699887766", "zephirine.quatrepommes@example.org", "vu par son frère")
PERSON = dict(zip(("given_name", "birth_name", "phone", "email", "comment"), STORED, strict=True))


@dataclass(frozen=True)
class Online:
    """Where the server listens, and an enrolled laptop whose key is KEY."""

    served: Served
    url: str
    device: str
    server_keys: tuple[bytes, ...]

    def lane(self) -> client.Client:
        """The laptop's connection."""
        return client.Client(self.url, self.device, KEY, self.server_keys, ca=None, clock=milliseconds, app="test")

    def send(self, lane: client.Client, first: int, *lines: bytes) -> records.Ack:
        """One batch; the laptop says that it saw nothing yet."""
        last = first + len(lines) - 1
        return lane.send(Batch(first, lines), Position(self.device, EPOCH, 0, "0" * 64, last))

    def log(self) -> str:
        """All that was said on stderr."""
        return self.served.data.with_name("office.log").read_text(encoding="utf-8")


def line(**answers: str) -> bytes:
    """A new person."""
    new = {"id": records.uuid7(), "entity_id": records.uuid7()}
    return records.line(**new, hlc=f"{1:016x}", entity="person", op="create", v=1, set=answers)


def go_online(served: Served) -> Online:
    """Starts the server; a laptop enrols and sends PERSON."""
    served.start()
    url, device = f"http://127.0.0.1:{served.port}", records.uuid7()
    code = served.code()
    bound = client.enrol(url, code, device=device, private_key=KEY, ca=None, clock=milliseconds, label="Camion")
    made = Online(served, url, device, bound.server_keys)
    with closing(made.lane()) as lane:
        made.send(lane, 1, line(**PERSON))
    return made


@pytest.fixture(scope="module", params=DATABASES)
def online(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Online]:
    folder: Path = tmp_path_factory.mktemp("online")
    served = Served(folder / "office", None if request.param == "sqlite" else request.getfixturevalue("cluster"))
    yield go_online(served)
    served.close()
