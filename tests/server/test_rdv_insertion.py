"""The feed to rdv-insertion, against a server that answers as its description says: off, shown, sent once, refused, late."""

import json
import stat
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from sync.server.outward import feed
from sync.server.tables import Journal, Outward
from sync.server.wrong import Wrong
from tests.server.conftest import NOW, PERSON, Office

INES = PERSON | {
    "birth_date": "2007-03-12",
    "handover": "A_RATTACHER",
    "agrees": {"sms": True, "call": False, "email": False},
    "email": "ines@exemple.fr",
    "address": "Foyer des Lauriers",
    "commune": "57463",
}
MANY = "/api/v1/organisations/7/users/create_and_invite_many"


class Other(ThreadingHTTPServer):
    """`answers` are (status, headers) of the next batches; 200 after them. `heard` is all that came."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.heard: list[tuple[str, dict[str, str], Any]] = []
        self.url = f"http://127.0.0.1:{self.server_port}"

    def users(self) -> list[list[dict[str, str]]]:
        return [body["users"] for path, _, body in self.heard if path == MANY]


class _Answers(BaseHTTPRequestHandler):
    server: Other

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.heard.append((self.path, dict(self.headers), body))
        status, headers = 200, dict[str, str]()
        if self.path.endswith("/sign_in"):
            if body["password"] != "secret-de-la-mission":
                status = 401
            else:
                headers = {"access-token": "t", "client": "c", "uid": body["email"]}
        elif self.server.answers:
            status, headers = self.server.answers.pop(0)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        content = json.dumps(
            {"success": status == 200, "errors": [{"birth_date": "06/06/6666"}] if status == 422 else []}
        )
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content.encode())

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def other() -> Iterator[Other]:
    made = Other()
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def know(office: Office, *people: dict[str, Any]) -> None:
    van = office.laptop("a")
    for place, person in enumerate(people):
        van.say("person", f"p{place}", set=person)
    van.send()


def enable(office: Office, other: Other, password: str = "secret-de-la-mission") -> None:
    secret = office.folder.with_name("secret")
    secret.write_text(password + "\n")
    asked = ["--url", other.url, "--organisation", "7", "--email", "ml@exemple.fr", "--password-file", str(secret)]
    office("feed", "rdv-insertion", "enable", *asked)


def test_it_is_off_and_shows_what_it_would_send(office: Office, other: Other) -> None:
    know(office, INES)
    done = office.run("feed", "rdv-insertion", "run")
    assert done.returncode == 2 and "arrêté" in done.stderr and not other.heard
    [shown] = office("feed", "rdv-insertion", "show")
    assert (shown["enabled"], shown["waiting"], "birth_date" in shown["fields"]) == (False, 1, True)
    enable(office, other)
    kept = office.folder / feed.FILE
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert office("feed", "rdv-insertion", "disable")[0]["enabled"] is False and not kept.exists()


def test_who_agreed_is_sent_once_and_nothing_more_than_is_said(office: Office, other: Other) -> None:
    refusing = INES | {"agrees": {"sms": False, "call": False, "email": False}}
    limited, older = INES | {"restricted": True}, INES | {"birth_date": "1996-01-01"}
    done, unsaid = INES | {"handover": "RATTACHE"}, INES | {"sex": "NSP"}
    calls_alone = INES | {"agrees": {"sms": False, "call": True, "email": False}}
    know(office, INES, refusing, limited, older, done, unsaid, INES | {"objected": True}, calls_alone)
    enable(office, other)
    assert office("feed", "rdv-insertion", "run") == [{"sent": 1, "refused": []}]
    [[sent]] = other.users()
    assert sent == {
        "title": "madame",
        "first_name": "Inès",
        "last_name": "Boussole",
        "birth_name": "Boussole",
        "birth_date": "12/03/2007",
        "phone_number": "+33612345678",
    }
    [(_, headers, _)] = [one for one in other.heard if one[0] == MANY]
    assert (headers["access-token"], headers["client"], headers["uid"]) == ("t", "c", "ml@exemple.fr")
    assert office("feed", "rdv-insertion", "run") == [{"sent": 0, "refused": []}]
    with office.store.read() as session:
        assert session.execute(select(Journal.what, Journal.id).order_by(Journal.seq)).all() == [
            ("change feed", "rdv-insertion"),
            ("export rdv-insertion", "p0"),
        ]
    office("erase", "p0", "--reason", "demande")
    with office.store.read() as session:
        assert session.execute(select(Outward.person)).all() == []


def run(office: Office, pauses: list[float]) -> feed.Ran:
    return feed.run(office.store, office.folder, lambda: NOW, pauses.append)


def test_its_limits_are_kept(office: Office, other: Other) -> None:
    know(office, *(INES | {"phone": f"+3361234{n:04d}"} for n in range(130)))
    enable(office, other)
    other.answers = [(429, {"Retry-After": "7"})]
    pauses: list[float] = []
    assert run(office, pauses).sent == 130
    assert [len(users) for users in other.users()] == [25, 25, 25, 25, 25, 25, 5]
    assert pauses == [7, 60]


def test_a_batch_that_is_refused_is_told_without_values_and_stays_to_be_sent(office: Office, other: Other) -> None:
    know(office, *(INES | {"phone": f"+3361234{n:04d}"} for n in range(30)))
    enable(office, other)
    other.answers = [(422, {})]
    done = office.run("feed", "rdv-insertion", "run")
    assert done.returncode == 1 and "6666" not in done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert (told["sent"], len(told["refused"][0]["people"]), told["refused"][0]["reason"]) == (5, 25, "birth_date")
    assert run(office, []).sent == 25


def test_what_fails_half_way_goes_on_where_it_was(office: Office, other: Other) -> None:
    know(office, *(INES | {"phone": f"+3361234{n:04d}"} for n in range(30)))
    enable(office, other, "faux")
    with pytest.raises(Wrong, match="refuse le compte"):
        run(office, [])
    enable(office, other)
    other.answers = [(200, {}), (503, {})]
    with pytest.raises(Wrong, match="503"):
        run(office, [])
    assert run(office, []).sent == 5
    know_later = office.folder / feed.FILE
    kept = json.loads(know_later.read_text())
    know_later.write_text(json.dumps(kept | {"url": "http://127.0.0.1:9", "sign_in_url": "http://127.0.0.1:9"}))
    with office.store.write() as session:
        session.execute(Outward.__table__.delete())
    with pytest.raises(Wrong, match="ne répond pas"):
        run(office, [])


def test_plain_http_and_a_missing_answer_are_refused(office: Office, tmp_path: Path) -> None:
    done = office.run("feed", "rdv-insertion", "enable", "--url", "http://exemple.fr")
    assert done.returncode == 2 and "Rien n’a été modifié" in done.stderr
    (tmp_path / "s").write_text("x")
    asked = ["--organisation", "7", "--email", "a@b.fr", "--password-file", str(tmp_path / "s")]
    done = office.run("feed", "rdv-insertion", "enable", "--url", "http://exemple.fr", *asked)
    assert done.returncode == 2 and "https" in done.stderr


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:x@exemple.fr",
        "http://localhost:80@exemple.fr/",
        "http://localhost.exemple.fr:80",
        "http://127.0.0.1.exemple.fr",
        "https://",
        "https:///chemin",
        "https://moi:secret@exemple.fr",
        "https://exemple.fr/?jeton=1",
        "https://exemple.fr/#a",
        "https://exemple.fr:port",
        "https://[::1",
        "http:\\\\127.0.0.1",
        "ftp://127.0.0.1",
        "",
    ],
)
def test_only_https_or_this_very_machine_is_an_address(tmp_path: Path, url: str) -> None:
    for urls in ((url, "https://exemple.fr"), ("https://exemple.fr", url)):
        with pytest.raises(Wrong, match="https") as told:
            feed.enable(tmp_path, feed.Account(*urls, 7, "a@b.fr", "x"))
        assert "secret" not in str(told.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url",
    ["https://exemple.fr", "https://exemple.fr:8443/api", "http://127.0.0.1:9", "http://localhost", "http://[::1]:9"],
)
def test_good_addresses_are_kept(tmp_path: Path, url: str) -> None:
    feed.enable(tmp_path, feed.Account(url, url, 7, "a@b.fr", "x"))
    kept = feed.account(tmp_path)
    assert kept and kept.url == url
