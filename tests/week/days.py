"""Each day of the week, in order: what is done, what goes wrong, and what has to hold at once."""

import json
import resource
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from tests.flows.intruders import answering, page
from tests.week import books, clock, window
from tests.week.people import anonymous
from tests.week.story import MONDAY, TEAM, Week
from tests.week.van import ROOT, Laptop


def monday(week: Week) -> None:
    """The laptops are made and bound, a day is worked, a pair of twins is met."""
    week.office.start()
    week.say(f"the office's server is up, on PostgreSQL: {week.office.url}")
    for name, team in TEAM.items():
        laptop = week.laptops[name]
        laptop.do("init", "--adviser", team[0])
        if len(team) > 1:
            window.add_team(laptop, team[0], team[1:], week.qtbot)
        week.office.enrol(laptop, team[0])
    week.say("three laptops, five advisers; C still runs the version before")
    week.work(0, 0)
    week.work(0, 1)
    now = clock.now() - timedelta(minutes=5)
    one = week.young.somebody(now)
    other = week.young.twin(one, "Noé" if week.young.people[one]["person"]["given_name"] != "Noé" else "Théo")
    for number, adviser in ((one, "Camille Lampe"), (other, "Yanis Phare")):
        now += timedelta(seconds=30)
        week.note("A", adviser, [week.young.contact(number, now, adviser, "A")])
    week.say("a pair of twins: one name, one birth date, one telephone, two first names")
    week.by_keyboard("A", "Yanis Phare", 3)
    week.sync()


def tuesday(week: Week) -> None:
    """Backups at noon; somebody met on Monday wants to be forgotten; the office unites whom two laptops met."""
    week.work(1, 0)
    week.sync()
    week.office("backup", str(week.safe / "tuesday"))
    week.office("verify", str(week.safe / "tuesday"))
    _backups(week, "tuesday")
    week.say("the office's backup is made and verified, each laptop's lies in the safe")
    _erasure(week)
    week.work(1, 1)
    week.sync()
    books.unite(week)


def _backups(week: Week, day: str) -> None:
    for name, laptop in week.laptops.items():
        laptop.do("backup", str(week.safe / f"{name}.{day}"), adviser=week.first(name))


def _erasure(week: Week) -> None:
    laptop, first = week.laptops["A"], "Camille Lampe"
    week.erased = next(
        one.who for name, one in week.done if name == "A" and one.who and len(week.young.met[one.who]) == 1
    )
    name = week.young.people[week.erased]["person"]["birth_name"]
    id = laptop.do("find", name, adviser=first)["id"]
    laptop.do("person", "erase", id, "--reason", "DEMANDE", adviser=first)
    assert laptop.do("find", name, adviser=first) == []
    week.young.met[week.erased] *= 2
    week.say("somebody whom A met on Monday asks to be erased: done on A, told in the evening")


def wednesday(week: Week) -> None:
    """A login page at noon, the same person corrected on two laptops, one of them stolen at night."""
    week.work(2, 0)
    _login_page(week)
    _two_corrections(week)
    week.work(2, 1)
    week.by_keyboard("A", "Camille Lampe", 2)
    week.sync()
    week.say(f"the office sees both telephones and has lost neither: {books.conflict(week)}")
    _backups(week, "wednesday")
    week.go(2, 23)
    stolen = week.laptops.pop("B")
    week.office("revoke", stolen.status("Léa Bougie")["device"])
    week.stolen = Laptop("stolen", week.folder / "stolen")
    shutil.move(stolen.folder, week.stolen.folder)
    books.cut_off(week)
    week.say("B is stolen out of the van and revoked; even with its password it sends nothing")


def _login_page(week: Week) -> None:
    week.office.stop()
    with (
        answering(week.office.port, week.office.certificate, week.office.key, page(200)),
        window.opened(week.laptops["A"], "Camille Lampe", week.qtbot) as desk,
    ):
        headline, said = window.send(desk, week.qtbot)
    waiting = week.laptops["A"].status("Camille Lampe")["waiting"]
    assert "Wi-Fi" in said and waiting > 0, (headline, said)
    week.say(f"a login page answers at noon: « {headline} »; {waiting} records wait, nothing is taken for sent")
    week.office.start()


def _two_corrections(week: Week) -> None:
    week.corrected = books.on_both(week, "A", "B")
    words = week.young.people[week.corrected]["person"]["birth_name"]
    for name, typed in (("A", {"phone": "0639989901"}), ("B", {"phone": "0639989902", "address": "3 rue du Pont"})):
        with window.opened(week.laptops[name], week.first(name), week.qtbot) as desk:
            window.correct(desk, words, week.qtbot, **typed)
    week.say("one person, met on A and on B, gets one new telephone there, another one and an address here")


def thursday(week: Week) -> None:
    """The stolen laptop's successor comes out of the safe; no network all day; the office's server breaks at night."""
    week.go(3, 8)
    week.laptops["B"] = Laptop("B", week.folder / "B")
    week.laptops["B"].do("restore", str(week.safe / "B.wednesday"))
    week.office.enrol(week.laptops["B"], "Léa Bougie")
    week.sync("B")
    books.cut_off(week)
    week.say("its successor has Wednesday's backup, is invited anew and sends; the stolen one still sends nothing")
    week.office.stop()
    week.work(3, 0)
    week.work(3, 1)
    week.by_keyboard("B", "Oksana Torche", 2)
    code, sent, said = week.laptops["A"].call("sync", adviser="Camille Lampe")
    assert (code, sent["taken"]) == (3, 0) and "Pas de réseau" in said, said
    for name, laptop in week.laptops.items():
        first = week.first(name)
        waiting = laptop.status(first)["waiting"]
        out, back = str(week.key / f"{name}.milo"), str(week.key / f"{name}.recu")
        assert laptop.do("bundle", "export", out, adviser=first) == {"records": waiting}
        taken = week.office("ingest", out, "--receipt", back)
        assert (taken["taken"] + taken["already"], taken["refused"]) == (waiting, 0), taken
        laptop.do("bundle", "receipt", back, adviser=first)
        assert laptop.status(first)["waiting"] == 0
        week.say(f"no network: {name}'s {waiting} records go to the office on a USB key, the receipt comes back")
    _broken_server(week)


def _broken_server(week: Week) -> None:
    week.go(3, 20)
    before = week.office("stats")
    week.office("restore", str(week.safe / "tuesday"))
    after = week.office("stats")
    assert after["encounters"] < before["encounters"]
    week.office.start()
    books.cut_off(week)
    week.say(
        f"the server is put back from Tuesday's backup: {before['encounters']} encounters were there, {after['encounters']} are"
    )
    week.sync()
    again = week.office("stats")
    assert (again["encounters"], again["erased"]) == (before["encounters"], before["erased"]), (before, again)
    week.say("the laptops sent what it lacked, unasked: all encounters are back, and the erased person is not")


def friday(week: Week) -> None:
    """C gets the new version with a day's work unsent; the disk of A is full."""
    week.work(4, 0)
    _update(week)
    _disk_full(week)
    week.work(4, 1)
    week.by_keyboard("C", "Bilal Veilleuse", 2)
    week.sync()
    week.office("backup", str(week.safe / "friday"))
    week.office("verify", str(week.safe / "friday"))
    books.unite(week)


def _update(week: Week) -> None:
    laptop = week.laptops["C"]
    before = laptop.status("Bilal Veilleuse")
    laptop.program = ROOT
    after = laptop.status("Bilal Veilleuse")
    kept = ("people", "encounters", "waiting", "refused", "device", "server")
    assert [before[name] for name in kept] == [after[name] for name in kept] and after["schema"] > before["schema"]
    told = (
        f"schema {before['schema']} to {after['schema']}, {after['encounters']} encounters, {after['waiting']} unsent"
    )
    week.say(f"C is updated: {told}")


def _disk_full(week: Week) -> None:
    laptop, file = week.laptops["A"], week.folder / "full.jsonl"
    at = clock.now() - timedelta(minutes=3)
    contact = week.young.contact(week.young.somebody(at), at, "Camille Lampe", "A")
    file.write_text(json.dumps(contact.said) + "\n", encoding="utf-8")
    full: Callable[[], None] = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (0, 0))
    before = laptop.status("Camille Lampe")
    code, _, said = laptop.call("register", "--from", str(file), adviser="Camille Lampe", before=full)
    assert code == 2 and "disque est plein" in said, said
    assert laptop.status("Camille Lampe") == before
    file.unlink()
    week.say(f"A's disk is full: « {said.strip()} »")
    week.note("A", "Camille Lampe", [contact])


def night(week: Week) -> None:
    """The van is out while the clocks go back: half past two comes twice."""
    for number, zone in enumerate(("+02:00", "+01:00")):
        at = datetime.fromisoformat(f"{MONDAY + timedelta(days=6)}T02:30:00{zone}")
        week.clock.move(at + timedelta(minutes=10))
        met = [
            week.young.contact(week.young.somebody(at), at + timedelta(minutes=one), "Yanis Phare", "A")
            for one in (0, 1)
        ]
        met.append(anonymous(week.dice, at, "Yanis Phare"))
        week.note("A", "Yanis Phare", met)
        week.say(f"the night the clocks go back: three contacts at the {('first', 'second')[number]} half past two")
    week.sync("A")


def accounts(week: Week) -> None:
    """Monday again: the office unites whom two laptops met, and every book has to balance."""
    week.go(7, 9)
    books.unite(week)
    week.sync()
    books.balance(week)
    _older_backup(week)


def _older_backup(week: Week) -> None:
    """Tuesday's backup of A is put back beside it: who was erased since is in it until it has heard of that."""
    spare, name = Laptop("spare", week.folder / "spare"), week.young.people[week.erased]["person"]["birth_name"]
    spare.do("restore", str(week.safe / "A.tuesday"))
    assert spare.do("find", name, adviser="Camille Lampe")["birth_date"]
    spare.do("sync", adviser="Camille Lampe")
    assert spare.do("find", name, adviser="Camille Lampe") == []
    before = week.office("stats")["encounters"]
    assert before == len(week.done)
    week.say("Tuesday's backup of A, put back and sent, has forgotten the erased person too, and doubled nobody")
