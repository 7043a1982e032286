"""The figures of the laptop, those of the server and a slow count by hand are the same."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import HealthCheck, given, settings
from sqlalchemy import delete, insert, select

from milomobile import reference
from milomobile.actions import figures, merging
from milomobile.actions.open import Profile
from milomobile.actions.register import register
from milomobile.domain.figures import LEAST, Table
from milomobile.domain.reading import read
from milomobile.reports import summing as office_tables
from milomobile.reports.meetings import OPENED
from milomobile.store import encounters
from milomobile.store.tables import Appointment, Outbox
from sync import records
from sync.records import Batch
from sync.server import figures as office_figures
from sync.server import ledger, office
from sync.server.retention import REASON
from sync.server.store import Store
from sync.server.tables import Device, Entity, Journal, Merge
from sync.server.wrong import Wrong
from tests.conftest import NOW
from tests.figured import Cells, World, kept, periods, slow, worlds
from tests.server.conftest import KEY, PERSON, Laptop
from tests.store.retained import nobody
from tests.store.test_figures import broken

LATER = round(NOW.timestamp() * 1000)


def found(tables: Sequence[Table]) -> Cells:
    """Every cell that counts, as the slow count tells them."""
    return {
        table.code: Counter(
            {
                (line.code, column): cell or 0
                for line in table.lines
                for column, cell in zip(table.columns, line.cells, strict=True)
                if cell != 0
            }
        )
        for table in tables
    }


def shown(cells: Cells) -> Cells:
    """Of reserved audiences T11 tells nothing below five, wherever it stands."""
    many = {place: n if n >= LEAST or place[0] in OPENED else 0 for place, n in cells["T11"].items()}
    return {**cells, "T11": Counter(many)}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(world=worlds(), period=periods())
def test_laptop_server_and_a_slow_count_agree(
    profile: Profile, store: Store, world: World, period: tuple[date, date]
) -> None:
    begin(profile, store)
    world = lived(profile, store, world)
    wanted = shown(slow(world, *period))
    for tables in (figures.tables(profile, *period), office_figures.tables(store, *period, LATER)):
        assert found(tables) == wanted
        assert [sums for table in tables for sums in broken(table)] == []


def lived(profile: Profile, store: Store, world: World) -> World:
    """Registers and sends a world."""
    ids, who = list[str](), dict[int, str]()
    with profile.store.read() as session:
        before = session.execute(select(Outbox.seq).order_by(Outbox.seq.desc()).limit(1)).scalar() or 0
    for one in world.meetings:
        again = {"same_as": who[one.who]} if one.who in who else {}
        record, problems = read({**one.said, **again}, reference.lists(), NOW)
        assert record, problems
        done = register(profile, record, NOW)
        ids.append(done.id)
        if one.who is not None and done.person:
            who[one.who] = done.person
    for loser, winner in world.into.items():
        merging.merge(profile, who[loser], who[winner], NOW)
    with profile.store.read() as session:
        query = select(Outbox.line).where(Outbox.seq > before).order_by(Outbox.seq)
        lines = [line for line in session.execute(query).scalars() if line]
        meetings = {of: id for of, id in session.execute(select(Appointment.encounter_id, Appointment.id))}  # noqa: C416
    for one, id in zip(world.meetings, ids, strict=True):
        if one.status:
            lines.append(_status(meetings[id], one.status))
            with profile.store.write() as session:
                encounters.tell(session, meetings[id], one.status)
    if lines:
        device = records.uuid7()
        with store.write() as session:
            row = {"id": device, "label": device, "public_key": KEY, "enrolled": LATER, "hwm": 0}
            session.execute(insert(Device).values(**row))
            ledger.take(session, "server", device, "7f3a91c2", Batch(1, tuple(lines)), (0, "0" * 64), LATER)
    return kept(world, ids)


def _status(appointment: str, status: str) -> bytes:
    hlc = records.tick("", LATER + 1)
    return records.line(
        id=records.uuid7(),
        hlc=hlc,
        entity="appointment",
        entity_id=appointment,
        op="update",
        v=1,
        set={"status": status},
    )


def begin(profile: Profile, store: Store) -> None:
    """Nobody was met."""
    nobody(profile)
    with store.write() as session:
        session.execute(delete(Entity).where(Entity.entity != "place"))
        session.execute(delete(Merge))


MET = {"kind": "named", "at": "2026-11-03T10:00:00+01:00", "place": "p", "outcome": "RDV_PRIS", "person": "ines"}
DECEMBER = LATER + 10 * 86_400_000
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


def line_of(table: Table, code: str) -> dict[str, int | None]:
    return dict(zip(table.columns, next(one.cells for one in table.lines if one.code == code), strict=True))


def test_the_protected_criteria_are_counted_only_with_the_key_and_never_below_five(
    store: Store, laptop: Callable[[str], Laptop]
) -> None:
    private = X25519PrivateKey.generate()
    public, key = private.public_key().public_bytes_raw(), private.private_bytes_raw()
    one = laptop("a")
    for number in range(7):
        one.say("person", f"p{number}", set=PERSON)
        one.say("encounter", f"e{number}", set={**MET, "person": f"p{number}"})
        criteria = {
            "justice": "NON",
            "ase": "OUI" if number < 6 else "NON_DEMANDE",
            "rqth": "OUI" if number < 2 else "",
        }
        one.say("reserved", f"p{number}", set=records.seal(public, f"p{number}", criteria))
    one.send()
    without = office_figures.tables(store, *NOVEMBER, LATER)
    assert "RQTH" not in without[6].columns
    assert not {line.code for line in without[10].lines} & {"ASE", "DETENTION_MJ", "TH"}
    for first, last, now in ((*NOVEMBER, LATER), (NOVEMBER[0], date(2026, 11, 20), DECEMBER)):
        refused = office_figures.tables(store, first, last, now, key)
        assert refused[10].lines == without[10].lines and not office_figures.protected(refused)
        assert any("mois, trimestres ou années entiers" in note for note in refused[10].notes)
    made = office_figures.tables(store, *NOVEMBER, DECEMBER, key)
    assert [line_of(made[10], code)["Jeunes"] for code in ("ASE", "DETENTION_MJ", "TH")] == [6, 0, None]
    assert line_of(made[6], "RDV_PRIS")["RQTH"] is None
    with store.read() as session:
        assert session.execute(select(Journal.what)).scalars().all() == ["read reserved figures"] * 3
    with pytest.raises(Wrong, match="référents"):
        office_figures.tables(store, *NOVEMBER, LATER, X25519PrivateKey.generate().private_bytes_raw())


def test_an_erased_person_s_contact_still_counts_once(store: Store, laptop: Callable[[str], Laptop]) -> None:
    one = laptop("a")
    for who in ("ines", "zoe", "lea"):
        one.say("person", who, set=PERSON)
        one.say("encounter", f"met-{who}", set={**MET, "person": who})
    one.say("encounter", "undone", set={"kind": "anonymous", "at": MET["at"], "place": "p", "sex": "F"})
    one.say("encounter", "undone", op="update", set={"withdrawn": True})
    one.say("stop", "s", set={"outing": "o", "place": "q", "opened_at": "2026-11-04T09:00:00+01:00"})
    one.send()
    with store.write() as session:
        office.erase(session, "zoe", "DEMANDE", LATER)
        office.erase(session, "lea", REASON, LATER)
    made = office_figures.tables(store, *NOVEMBER, LATER)
    assert line_of(made[0], "p") == {
        **dict.fromkeys(made[0].columns, 0),
        **{"Sorties": 1, "Contacts": 3, "Anonymes": 1, "Nominatifs": 2, "Nouveaux": 1, "Déjà vus": 1, "Jeunes": 1},
    }
    assert line_of(made[0], "q")["Sorties"] == 1
    assert line_of(made[6], office_tables.AWAY)["Contacts"] == 1
    assert [table.total.cells[-1] if table.total else None for table in (made[2], made[8])] == [0, 3]


def test_a_period_that_ends_before_it_begins_is_refused(store: Store) -> None:
    with pytest.raises(Wrong, match="finit avant"):
        office_figures.tables(store, NOVEMBER[1], NOVEMBER[0], LATER)
