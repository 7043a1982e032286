"""The office's backups as a laptop sees them: what one holds may be emptied and is never missed; a missing one is said."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update

from milomobile import reference
from milomobile.actions import send
from milomobile.actions.open import Profile
from milomobile.actions.register import register
from milomobile.domain.reading import read
from milomobile.domain.sending import Sent
from milomobile.store import settings
from milomobile.store.ageing import Aged, age
from milomobile.store.tables import Outbox
from sync.server.store import Store, sqlite_url
from sync.server.tables import Server
from tests.conftest import NOW
from tests.flows.processes import Office, somebody

DAY = 24 * 3600 * 1000


def bound(profile: Profile, office: Office) -> Profile:
    code = office("invite", "--label", "Camion")["code"]
    send.enrol(profile, office.url, code, office.certificate, "Camion", NOW)
    return profile


def meet(profile: Profile, number: int) -> None:
    record, found = read(somebody(number), reference.lists(), NOW)
    assert record, found
    register(profile, record, NOW)


def press(profile: Profile) -> Sent:
    return send.send(profile, lambda _: None, lambda: False, 0)


def days_pass(profile: Profile, days: int, durable: int) -> Aged:
    """As a sending would end so many days later, by both clocks."""
    with profile.store.write() as session:
        kept = settings.get(session, "kept_clock")
        assert kept
        _, there, here = map(int, kept.split())
        return age(session, durable, there + days * DAY, here + days * DAY)


def held(office: Office, profile: Profile) -> list[Any]:
    return list(office("records", "--device", profile.device))


def seqs(profile: Profile, *where: Any) -> list[int]:
    with profile.store.read() as session:
        return list(session.execute(select(Outbox.seq).where(*where).order_by(Outbox.seq)).scalars())


def test_lines_emptied_after_two_verified_backups_are_not_missed_when_the_older_is_put_back(
    profile: Profile, office: Office, tmp_path: Path
) -> None:
    copy = str(tmp_path / "backup")
    bound(profile, office)
    meet(profile, 1)
    assert press(profile).waiting == 0
    through = len(held(office, profile))
    for folder in (copy, str(tmp_path / "second")):
        office("backup", folder)
        office("verify", folder)
    meet(profile, 2)
    assert press(profile).waiting == 0
    with profile.store.read() as session:
        assert session.execute(select(func.count(Outbox.durable_at))).scalar_one() == through
    assert days_pass(profile, 8, through).emptied == through
    meet(profile, 3)
    assert press(profile).waiting == 0
    before, stats = held(office, profile), office("stats")
    assert seqs(profile, Outbox.line.is_(None)) == list(range(1, through + 1))
    office.stop()
    office("restore", copy)
    assert len(held(office, profile)) == through
    office.start()
    sent = press(profile)
    assert (sent.reason, sent.warning, sent.waiting, sent.gone) == (None, None, 0, 0)
    assert held(office, profile) == before
    after = office("stats")
    assert {name: after[name] for name in ("records", "people", "encounters")} == {
        name: stats[name] for name in ("records", "people", "encounters")
    }


def test_what_no_backup_held_and_sixty_days_emptied_is_told_when_the_server_lost_it(
    new_profile: Callable[[], Profile], office: Office, tmp_path: Path
) -> None:
    profile, copy = bound(new_profile(), office), str(tmp_path / "backup")
    office("backup", copy)
    meet(profile, 1)
    assert press(profile).waiting == 0
    emptied = days_pass(profile, 61, 0).emptied
    assert emptied == len(held(office, profile))
    office.stop()
    office("restore", copy)
    office.start()
    sent = press(profile)
    assert (sent.reason, sent.waiting, sent.gone) == (None, 0, emptied)
    assert sent.warning and f"{emptied} anciens éléments manquent" in sent.warning
    assert {one["state"] for one in held(office, profile)} == {"gone"}
    assert press(profile).warning is None
    meet(profile, 2)
    assert press(profile).taken > 0


def test_a_server_a_week_without_a_verified_backup_is_known_here(
    profile: Profile, office: Office, tmp_path: Path
) -> None:
    bound(profile, office)
    assert press(profile).reason is None
    assert not send.waiting(profile).backup_late
    store = Store(sqlite_url(office.data))
    with store.write() as session:
        session.execute(update(Server).values(made=Server.made - 8 * DAY))
    store.close()
    assert press(profile).reason is None
    assert send.waiting(profile).backup_late
    office("backup", str(tmp_path / "backup"))
    office("verify", str(tmp_path / "backup"))
    assert press(profile).reason is None
    assert not send.waiting(profile).backup_late
