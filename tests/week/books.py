"""The books of the week: what each adviser did, each laptop, the server, each file and each table say the same, to the unit."""

import csv
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

from milomobile.actions.figures import tables as laptop_tables
from milomobile.actions.open import open_profile
from milomobile.domain.figures import Table
from sync.server import figures, merge, office
from sync.server.store import Store, database
from tests.figured import Meeting, World, slow
from tests.server.test_figures import found as cells_of
from tests.server.test_figures import shown
from tests.week import clock
from tests.week.people import Contact
from tests.week.story import MONDAY, Week
from tests.week.van import PASSWORD

LAST = MONDAY + timedelta(days=7)


def _people(week: Week) -> dict[str, tuple[int, str]]:
    """Each file at the office → who it is about, and whom it was united with."""
    who = {
        (one["person"]["given_name"], one["person"]["birth_name"]): number for number, one in week.young.people.items()
    }
    store = Store(database(week.office.data))
    try:
        with store.read() as session:
            into = office.merged(session)
            said = {id: merge.shown(state) for id, state in office.states(session)}
            return {
                id: (who[str(one["given_name"]), str(one["birth_name"])], office.last(id, into))
                for id, one in said.items()
                if one.get("birth_name")
            }
    finally:
        store.close()


def unite(week: Week) -> None:
    """The office looks at each pair that is proposed, and unites those that are one person; nobody is left double."""
    people, done, left = _people(week), 0, 0
    for pair in week.office.run("matches"):
        if people[pair["from"]][0] == people[pair["into"]][0]:
            week.office("merge", pair["from"], pair["into"])
            done += 1
        else:
            left += 1
    files = Counter(number for number, root in set(_people(week).values()))
    assert [number for number, many in files.items() if many > 1] == []
    week.say(f"the office unites {done} pairs met on two laptops; {left} proposed pairs are two people and stay so")


def on_both(week: Week, one: str, other: str) -> int:
    """Somebody who was met on both laptops before today, and whose two files the office has united."""
    today = clock.now().date()
    where = {number: {name for day, name in met if day < today} for number, met in week.young.met.items()}
    return next(number for number, names in where.items() if names >= {one, other})


def conflict(week: Week) -> str:
    """What the office reads about who was corrected twice: both telephones."""
    mine = {id for id, (number, _) in _people(week).items() if number == week.corrected}
    found = [one for one in week.office.run("conflicts") if one["person"] in mine and one["field"] == "phone"]
    assert [one["values"] for one in found] == [["+33639989901", "+33639989902"]], found
    return " and ".join(found[0]["values"])


def cut_off(week: Week) -> None:
    """Whoever has the stolen laptop, and its password too, gets nothing in and nothing out."""
    assert week.stolen
    code, sent, said = week.stolen.call("sync", adviser="Léa Bougie")
    assert code == 3 and sent["taken"] == 0, (code, sent, said)


def balance(week: Week) -> None:
    """Every book against what was done; whose contact was erased was met without a name."""
    people = {one.who for _, one in week.done if one.who not in (None, week.erased)}
    stats = week.office("stats")
    assert (stats["encounters"], stats["people"], stats["refused"]) == (len(week.done), len(people), 0), stats
    week.say(f"the server: {len(week.done)} contacts of {len(people)} people, nobody twice, nobody lost")
    _advisers(week)
    _laptops(week)
    _tables(week)
    _papers(week)
    _nowhere(week)


def _advisers(week: Week) -> None:
    wanted, rows = Counter(one.adviser for _, one in week.done), _exported(week, "contacts")
    assert Counter(row["Conseiller"] for row in rows) == wanted
    named = [one.who for _, one in week.done if one.who not in (None, week.erased)]
    names = Counter(week.young.people[who]["person"]["birth_name"] for who in named if who is not None)
    assert Counter(row["Nom"] for row in rows if row["Nom"]) == names
    told = ", ".join(f"{name} {many}" for name, many in sorted(wanted.items()))
    week.say(f"the file of contacts: {len(rows)} lines; {told}")


def _exported(week: Week, what: str) -> list[dict[str, str]]:
    out = week.folder / f"{what}.csv"
    period = ("--from", str(MONDAY), "--to", str(LAST))
    told = week.office("export", what, *period, "--out", str(out))
    with out.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter=";"))
    assert len(rows) == told["rows"]
    out.unlink()
    return rows


def _laptops(week: Week) -> None:
    """Each laptop that was never replaced tells what was done on it, and its figures are those counted by hand."""
    for name in ("A", "C"):
        mine = [one for where, one in week.done if where == name]
        laptop, first = week.laptops[name], week.first(name)
        status = laptop.status(first)
        assert (status["encounters"], status["waiting"], status["refused"]) == (len(mine), 0, 0), (status, len(mine))
        profile = open_profile(laptop.folder, first, PASSWORD, clock.now())
        try:
            assert _apart(laptop_tables(profile, MONDAY, LAST), _world(week, mine)) == {}, name
        finally:
            profile.close()
        week.say(f"{name}: {len(mine)} contacts, and T1 to T11 as counted by hand")
    for name, laptop in week.laptops.items():
        first = week.first(name)
        assert laptop.do("check", adviser=first)["ok"]
        lines = laptop.do("journal", adviser=first)
        assert all(one["chain"] for one in lines) and [one["seq"] for one in lines] == list(range(1, len(lines) + 1))
    week.say("every laptop's self-check is well, and its journal's chain holds")


def _apart(tables: Sequence[Table], world: World) -> dict[str, tuple[Counter[Any], Counter[Any]]]:
    """By table, the cells that are told but were not counted by hand, and those that were and are not told."""
    told, counted = cells_of(tables), shown(slow(world, MONDAY, LAST))
    return {
        code: (told[code] - counted[code], counted[code] - told[code]) for code in told if told[code] != counted[code]
    }


def _world(week: Week, contacts: Sequence[Contact]) -> World:
    """What was said, in the order it was; the erased one was somebody without a name."""
    return World(tuple(_meeting(week, one, at) for at, one in enumerate(contacts)), {})


def _meeting(week: Week, one: Contact, number: int) -> Meeting:
    if one.who == week.erased:
        said = {name: one.said[name] for name in ("at", "place", "setting", "needs")}
        return Meeting({"kind": "anonymous", "sex": "NSP", **said}, None, None, f"{number:05d}")
    return Meeting({"handover": "A_RATTACHER", **one.said}, one.who, None, f"{number:05d}")


def _tables(week: Week) -> None:
    store = Store(database(week.office.data))
    try:
        tables = figures.tables(store, MONDAY, LAST, round(clock.now().timestamp() * 1000))
    finally:
        store.close()
    assert _apart(tables, _world(week, [one for _, one in week.done])) == {}
    named = {
        (table.code, line.label, column): cell
        for table in tables
        for line in table.lines
        for column, cell in zip(table.columns, line.cells, strict=True)
    }
    told = 0
    for row in _exported(week, "statistiques"):
        place = (row["Table"], row["Ligne"], row["Colonne"])
        if place in named and row["Valeur"].isdecimal():
            assert named[place] == int(row["Valeur"]), row
            told += 1
    assert told > 100
    week.say(f"the server's T1 to T11 are those counted by hand; {told} figures of the file « statistiques » too")


def _papers(week: Week) -> None:
    """The head of a laptop's month report against what was done on it."""
    out = week.folder / "month.pdf"
    week.laptops["A"].do("report", "month", f"{MONDAY:%Y-%m}", "--out", str(out), adviser="Camille Lampe")
    text = subprocess.run(["pdftotext", "-layout", str(out), "-"], capture_output=True, text=True, check=True).stdout
    names, many = next(
        two for two in pairwise(line.strip() for line in text.splitlines()) if two[0].startswith("Contacts")
    )
    mine = [one for name, one in week.done if name == "A"]
    named = sum(one.said["kind"] == "named" and one.who != week.erased for one in mine)
    young = len({one.who for one in mine if one.who not in (None, week.erased)})
    wanted = {"Contacts": len(mine), "Nominatifs": named, "Nouveaux": young, "Jeunes": young}
    told = [int(re.sub(r"\D", "", one)) for one in re.split(r"\s{3,}", many)]
    assert dict(zip(names.split(), told, strict=True)) == wanted, (names, many, wanted)
    week.say(f"the month's report of A says so too: {wanted}")


def _nowhere(week: Week) -> None:
    """The erased one in no database, file or backup that was put back; nobody's name readable on any disk of the van."""
    gone = week.young.people[week.erased]["person"]["birth_name"]
    parsed = make_url(database(week.office.data))
    with psycopg.connect(host=str(week.cluster.folder), user="milo", dbname=parsed.database) as session:
        tables = session.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'").fetchall()
        rows = sum(
            session.execute(f"SELECT count(*) FROM {table} t WHERE t::text ILIKE %s", (f"%{gone}%",)).fetchone()[0]
            for (table,) in tables
        )
    assert rows == 0
    for name, laptop in week.laptops.items():
        assert laptop.do("find", gone, adviser=week.first(name)) == []
    names = sorted(week.young.names())
    read = 0
    for file in _files(week):
        held = file.read_bytes()
        read += len(held)
        for name in names:
            assert name.encode() not in held and name.encode("utf-16-le") not in held, (file, name)
    week.say(
        f"the erased person is nowhere; no name can be read in {read / 1e6:.0f} MB of laptops, keys, backups and logs"
    )


def _files(week: Week) -> Iterator[Path]:
    assert week.stolen
    places: list[Path] = [
        *(one.folder for one in (*week.laptops.values(), week.stolen)),
        week.key,
        week.safe,
        week.office.data,
    ]
    for place in places:
        yield from (one for one in place.rglob("*") if one.is_file())
    yield week.office.log
