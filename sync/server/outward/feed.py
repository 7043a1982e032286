"""Turning a feed on and off, and running it: who is sent, once each, and what is remembered of it."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from sqlalchemy import Connection, insert, select

from milomobile.domain.dates import LOCAL, age_on
from sync import exchange
from sync.server import identity, journal, office
from sync.server.kinds import day
from sync.server.outward import rdv_insertion as adapter
from sync.server.store import Store
from sync.server.tables import Outward
from sync.server.wrong import Wrong

FILE = "rdv-insertion.json"
_OFF = "L’envoi vers rdv-insertion est arrêté. Rien n’a été envoyé. «\u00a0feed rdv-insertion enable\u00a0» le met en route."
_BAD_URL = "L’adresse {} n’est pas une adresse https. Rien n’a été modifié."
_HERE = ("127.0.0.1", "localhost", "::1")
_LEAST, _MOST = 16, 25
"""Ages that a Mission Locale follows."""


@dataclass(frozen=True)
class Account:
    """Where and as whom; `repr` shows no password."""

    url: str
    sign_in_url: str
    organisation: int
    email: str
    password: str

    def __repr__(self) -> str:
        return f"Account({self.url}, {self.organisation})"


@dataclass
class Ran:
    """How many people the other end took now, and the batches it refused, with the fields it named."""

    sent: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)


def enable(data: Path, account: Account) -> None:
    """Keeps the account beside the database, readable by the server's own user alone. Raises Wrong."""
    for url in (account.url, account.sign_in_url):
        if not _is_safe(url):
            raise Wrong(_BAD_URL.format(url.rpartition("@")[2]))
    identity.write(data / FILE, json.dumps(asdict(account), indent=1))


def _is_safe(url: str) -> bool:
    """Whether an address is https to a host, or plain http to this very machine, with neither account nor question."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if (
        not host
        or "@" in parts.netloc
        or "?" in url
        or "#" in url
        or "\\" in url
        or not url.isprintable()
        or " " in url
    ):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in _HERE)


def disable(data: Path) -> None:
    """Forgets the account; who was sent stays remembered."""
    (data / FILE).unlink(missing_ok=True)


def account(data: Path) -> Account | None:
    """The account kept, or None where the feed is off. Raises Wrong."""
    if not (data / FILE).exists():
        return None
    identity.check_private(data / FILE)
    try:
        return Account(**json.loads((data / FILE).read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        raise Wrong(
            f"Le fichier {data / FILE} n’est pas lisible. Rien n’a été envoyé. Recommencez «\u00a0enable\u00a0»."
        ) from None


def waiting(session: Connection, now: int) -> list[tuple[str, dict[str, str]]]:
    """(person, user) of whoever is to be sent: to be handed over, 16 to 25, reachable as agreed, neither limited nor
    objecting, and not sent before.
    """
    sent = set(session.execute(select(Outward.person).where(Outward.feed == adapter.NAME)).scalars())
    today = datetime.fromtimestamp(now / 1000, UTC).astimezone(LOCAL).date()
    found = []
    for person, known in office.people(session):
        if known.get("handover") != "A_RATTACHER" or known.get("restricted") or known.get("objected"):
            continue
        if not sent.isdisjoint(office.circle(session, person)) or not _is_of_age(known, today):
            continue
        if user := adapter.user(known):
            found.append((person, user))
    return found


def _is_of_age(known: dict[str, Any], today: Any) -> bool:
    born = day(known.get("birth_date"))
    age = age_on(born, today) if born else known.get("stated_age")
    return isinstance(age, int) and _LEAST <= age <= _MOST


def run(
    store: Store,
    data: Path,
    clock: Callable[[], int],
    pause: Callable[[float], object] = time.sleep,
    http: requests.Session | None = None,
) -> Ran:
    """Sends whoever waits; each batch that was taken is remembered before the next one leaves. Raises Wrong."""
    known = account(data)
    if known is None:
        raise Wrong(_OFF)
    with store.read() as session:
        batches = list(adapter.batches(waiting(session, clock())))
    ran = Ran()
    if not batches:
        return ran
    with http or exchange.session(None) as line:
        headers = adapter.sign_in(line, known.sign_in_url, known.email, known.password)
        for place, batch in enumerate(batches):
            if place and place % adapter.A_MINUTE == 0:
                pause(60)
            try:
                _send(line, known, headers, [user for _, user in batch], pause)
            except adapter.Refused as wrong:
                ran.refused.append({"people": [person for person, _ in batch], "reason": str(wrong)})
                continue
            _remember(store, [person for person, _ in batch], clock())
            ran.sent += len(batch)
    return ran


def _send(
    line: requests.Session,
    known: Account,
    headers: dict[str, str],
    users: list[dict[str, str]],
    pause: Callable[[float], object],
) -> None:
    for _ in range(3):
        try:
            return adapter.create_and_invite_many(line, known.url, known.organisation, headers, users)
        except adapter.TooOften as later:
            pause(later.seconds)
    raise Wrong(
        "rdv-insertion demande d’attendre encore. Ce qui était déjà envoyé est noté, le reste le sera la prochaine fois."
    )


def _remember(store: Store, people: list[str], now: int) -> None:
    with store.write() as session:
        for person in people:
            session.execute(insert(Outward).values(feed=adapter.NAME, person=person, at=now))
            journal.note(session, now, f"export {adapter.NAME}", person)
