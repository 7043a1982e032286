"""A tool of the Mission Locale reads one file's columns by its token: until there is one, there is no such path."""

import json
from contextlib import closing
from typing import Any

import requests
from sqlalchemy import select

from sync import records
from sync.server.tables import Journal, Token
from tests.flows.processes import call
from tests.server.online import PERSON, STORED, Online

NOVEMBER = {"from": "2026-11-01", "to": "2026-11-30"}


def token(online: Online, *args: str) -> Any:
    done = call("sync.server", "token", "--data", str(online.served.data), "--json", *args)
    assert done.returncode == 0, done.stderr
    lines = [json.loads(one) for one in done.stdout.splitlines()]
    return lines if args[0] == "list" else lines[0] | {"said": done.stderr}


def ask(online: Online, bearer: str = "", **asked: str) -> requests.Response:
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    return requests.get(f"{online.url}/v1/export", params=asked or NOVEMBER, headers=headers, timeout=20)


def test_off_by_default_then_only_what_it_was_made_for(online: Online) -> None:
    assert ask(online).status_code == ask(online, "x" * 43).status_code == 404
    made = token(online, "make", "--label", "tableau", "--file", "rattachements")
    assert "Code postal" in made["said"] and "Prénom" not in made["said"]
    answer = ask(online, made["token"])
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert (told["file"], told["from"]) == ("rattachements", "2026-11-01")
    assert all(set(one) == set(made["fields"]) for one in told["lines"])
    assert not [word for word in STORED if word in answer.text]
    assert [ask(online).status_code, ask(online, "x" * 43).status_code] == [401, 401]
    assert ask(online, made["token"], **{"from": "2026-11-30", "to": "2026-11-01"}).status_code == 422
    assert ask(online, made["token"], **{"from": "hier", "to": "2026-11-01"}).status_code == 422
    assert ask(online, made["token"], **{"from": "2024-01-01", "to": "2026-11-01"}).status_code == 422
    token(online, "revoke", "--label", "tableau")
    assert ask(online, made["token"]).status_code == 404
    [kept] = token(online, "list")
    assert (kept["revoked"], kept["used"] is not None) == (True, True)
    with online.served.store().read() as session:
        told = [tuple(row) for row in session.execute(select(Journal.what, Journal.id).order_by(Journal.seq))]
        assert [row for row in told if row[0] != "enrol"] == [
            ("change token", "tableau"),
            ("export rattachements", "2026-11-01/2026-11-30"),
            ("change token", "tableau"),
        ]
        assert made["token"] not in str(session.execute(select(*Token.__table__.columns)).all())


def test_the_lines_are_those_of_the_office_s_file(online: Online) -> None:
    person, place = records.uuid7(), {"name": "Borny", "setting": "ARRET_MILO_MOBILE"}
    met = {"kind": "named", "at": "2026-11-24T14:32:00+01:00", "place": "pl", "person": person, "needs": ["EMPLOI"]}
    said = (("place", "pl", place), ("person", person, PERSON), ("encounter", records.uuid7(), met))
    with closing(online.lane()) as lane:
        lines = [
            records.line(
                id=records.uuid7(), hlc=f"{n:016x}", entity=entity, entity_id=id, op="create", v=1, set=answers
            )
            for n, (entity, id, answers) in enumerate(said, 5)
        ]
        online.send(lane, 2, *lines)
    made = token(online, "make", "--label", "suivi", "--file", "contacts", "--columns", "Date,Lieu,Nom,Demandes")
    [one] = ask(online, made["token"]).json()["lines"]
    assert list(one.values()) == ["2026-11-24", "Borny", PERSON["birth_name"], ["EMPLOI"]]
    assert ask(online, made["token"], **{"from": "2026-10-01", "to": "2026-10-31"}).json()["lines"] == []


def test_columns_that_name_somebody_are_asked_for_by_name(online: Online) -> None:
    made = token(online, "make", "--label", "par nom", "--file", "contacts", "--columns", "Date,Nom,Prénom")
    assert "Date, Nom, Prénom" in made["said"]
    assert len(made["fields"]) == 3
    done = call(
        "sync.server", "token", "--data", str(online.served.data), "make", "--label", "par nom", "--file", "contacts"
    )
    assert done.returncode == 2 and "déjà ce nom" in done.stderr


def test_guessing_waits(online: Online) -> None:
    made = token(online, "make", "--label", "tableau", "--file", "annuaire")
    statuses = [ask(online, f"x{n}").status_code for n in range(30)]
    assert statuses[0] == 401 and statuses[-1] == 429
    assert made["token"]
