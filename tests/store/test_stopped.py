"""What is only looked at, or copied for later, ends early where somebody locks; the store is as it was."""

from collections.abc import Callable

import pytest

from milomobile.actions import backups, purge, summary
from milomobile.actions.open import Profile
from milomobile.errors import Cancelled
from milomobile.store import engine
from tests.conftest import NOW
from tests.store.test_backups import files, meet


def after(many: int) -> Callable[[], bool]:
    """Says that somebody waits from the next question after so many on."""
    asked = iter(range(many))
    return lambda: next(asked, None) is None


@pytest.mark.parametrize("many", [0, 1, 50, 500])
def test_what_is_looked_at_ends_where_somebody_waits(
    profile: Profile, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    meet(profile)
    monkeypatch.setattr(engine, "_ASKED_EVERY", 1)
    day = NOW.date()
    whole = summary.summary(profile, day, day, NOW), purge.preview(profile, NOW)
    for look in (
        lambda: summary.summary(profile, day, day, NOW, after(many)),
        lambda: purge.preview(profile, NOW, after(many)),
        lambda: purge.purge(profile, NOW, after(many)),
    ):
        with pytest.raises(Cancelled):
            look()
    assert whole == (summary.summary(profile, day, day, NOW), purge.preview(profile, NOW))
    assert whole[0].encounters == 1


@pytest.mark.parametrize("many", [0, 1, 50, 500])
def test_a_copy_of_its_own_that_was_begun_leaves_nothing(
    profile: Profile, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """The next start makes it."""
    meet(profile)
    monkeypatch.setattr(engine, "_ASKED_EVERY", 1)
    backups.tend(profile, NOW, after(many))
    assert files(profile.folder / "backups") == []
    backups.tend(profile, NOW)
    assert len(files(profile.folder / "backups")) == 1


def test_what_the_window_reads_stays_in_the_cache_it_reads_from(profile: Profile) -> None:
    """One act after the other has the same connection, whatever others ran between; what may be stopped has its own."""

    def used(*stopped: Callable[[], bool]) -> object:
        with profile.store.read(*stopped) as session:
            return session.connection.driver_connection

    first = used()
    with profile.store.read() as session, profile.store.write():
        assert session.connection.driver_connection is first
    assert [used() is used(), used(lambda: False) is used(lambda: False)] == [True, True]
    beside = used(lambda: False)
    with profile.store.read() as one, profile.store.read() as other, profile.store.read() as third:
        assert beside not in [each.connection.driver_connection for each in (one, other, third)]
