"""What is acknowledged is committed, what is kept has its line, and what a server lost comes again."""

import pytest
from sqlalchemy import delete, func, select, text

from milomobile import reference
from milomobile.actions.open import Profile
from milomobile.actions.register import register
from milomobile.domain.reading import read
from sync.server import tables as there
from tests.conftest import NOW, line
from tests.faults.office import Office, everything_is_there, press, push_once, write


def test_what_is_acknowledged_is_committed(laptop: Profile, office: Office) -> None:
    """Another connection sees the rows as soon as the answer is here."""
    for total in range(1, 11):
        write(laptop, 1)
        push_once(laptop, f"http://127.0.0.1:{office.port}")
        with office.store.read() as session:
            assert session.execute(select(func.count()).select_from(there.Change)).scalar_one() == total


def test_a_server_that_cannot_commit_acknowledges_nothing(laptop: Profile, office: Office) -> None:
    """The last write of the transaction fails; nothing of the batch may stay, and all of it comes later."""
    write(laptop, 10)
    with office.store.write() as session:
        session.execute(
            text("CREATE TRIGGER broken BEFORE UPDATE ON device BEGIN SELECT RAISE(ABORT, 'disk is full'); END")
        )
    sent = press(laptop)
    assert sent.reason and (sent.taken, sent.waiting) == (0, 10)
    with office.store.write() as session:
        assert session.execute(select(func.count()).select_from(there.Change)).scalar_one() == 0
        session.execute(text("DROP TRIGGER broken"))
    assert press(laptop).taken == 10
    everything_is_there(laptop, office.store)


def test_a_row_whose_line_cannot_be_written_is_not_kept(profile: Profile) -> None:
    record, _ = read(line(), reference.lists(), NOW)
    assert record
    with profile.store.write() as session:
        session.execute(text("CREATE TRIGGER broken BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'no'); END"))
    with pytest.raises(Exception, match="no"):
        register(profile, record, NOW)
    with profile.store.read() as session:
        counts = [session.execute(text(f"SELECT count(*) FROM {name}")).scalar() for name in ("person", "encounter")]
    assert counts == [0, 0]


def test_a_line_whose_row_cannot_be_written_is_not_kept(profile: Profile) -> None:
    record, _ = read(line(), reference.lists(), NOW)
    assert record
    with profile.store.write() as session:
        session.execute(text("CREATE TRIGGER broken BEFORE INSERT ON encounter BEGIN SELECT RAISE(ABORT, 'no'); END"))
    with pytest.raises(Exception, match="no"):
        register(profile, record, NOW)
    with profile.store.read() as session:
        assert session.execute(text("SELECT count(*) FROM outbox")).scalar() == 0


@pytest.mark.parametrize("more", [0, 4])
def test_a_restored_server_gets_again_what_it_lost(more: int, laptop: Profile, office: Office) -> None:
    """With the rows of the middle of the day gone, whether or not something else waits."""
    write(laptop, 10)
    assert press(laptop).taken == 10
    with office.store.read() as session:
        before = session.execute(select(there.Device.hwm, there.Device.chain)).one()
    write(laptop, 12)
    assert press(laptop).taken == 12
    with office.store.write() as session:
        lost = select(there.Receipt.change_id).where(there.Receipt.seq > 10)
        session.execute(delete(there.Change).where(there.Change.id.in_(lost)))
        session.execute(delete(there.Receipt).where(there.Receipt.seq > 10))
        session.execute(there.Device.__table__.update().values(hwm=before.hwm, chain=before.chain))
    if more:
        write(laptop, more)
    sent = press(laptop)
    assert (sent.reason, sent.taken, sent.waiting) == (None, 12 + more, 0)
    everything_is_there(laptop, office.store)
