"""Every call of the command line as a process: exit codes, JSON, and what is said on stderr."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PASSWORD, line
from tests.flows.processes import ROOT, Laptop, Office, call, enrol, somebody, write


def test_a_day_from_init_to_the_office(laptop: Laptop, office: Office, tmp_path: Path) -> None:
    here = {"at": "2026-11-24T15:21:00+01:00", "place": "Marché de Borny"}
    file = write(
        tmp_path / "day.jsonl",
        line(id="01a2121b-69fc-7985-8640-003c9c4c9835"),
        {"kind": "anonymous", **here, "age_band": "18-21", "sex": "F", "needs": ["LOGEMENT"]},
        {"kind": "group", **here, "women": 3, "men": 5},
        line(person__birth_date="2015-01-01"),
    )
    code, answer, said = laptop("register", "--from", file)
    assert (code, answer["taken"], answer["already"]) == (1, 3, 0)
    assert answer["refused"][0]["line"] == 4
    assert answer["refused"][0]["field"] == "person.birth_date"
    assert "anonyme" in said
    assert laptop("register", "--from", file)[1]["already"] == 1
    assert laptop("find", "BOUSS")[1]["name"] == "Inès Boussole"
    assert laptop("sync")[0] == 3
    enrol(laptop, office)
    code, sent, _ = laptop("sync")
    assert (code, sent["waiting"], sent["refused"], sent["reason"]) == (0, 0, 0, None)
    assert office("stats") | {"records": 0} == {
        "devices": 1,
        "records": 0,
        "people": 1,
        "encounters": 5,
        "refused": 0,
        "erased": 0,
        "verified_backup": None,
    }
    status = laptop("status")[1]
    assert (status["people"], status["encounters"], status["waiting"]) == (1, 5, 0)
    assert office("devices")[0]["records"] == sent["taken"] == len(office("records", "--device", status["device"]))
    out = tmp_path / "contacts.csv"
    period = ("--from", "2026-11-01", "--to", "2026-11-30", "--format", "csv")
    assert laptop("export", "contacts", *period, "--out", str(out))[1]["rows"] == 5
    with out.open(encoding="utf-8-sig", newline="") as opened:
        assert [row["Nom"] for row in csv.DictReader(opened, delimiter=";")].count("Boussole") == 1
    assert laptop("check")[1]["ok"] is True


def test_a_server_killed_and_started_again_has_every_record_once(
    laptop: Laptop, office: Office, tmp_path: Path
) -> None:
    enrol(laptop, office)
    office.stop(signal.SIGKILL)
    people = [somebody(number) for number in range(300)]
    assert laptop("register", "--from", write(tmp_path / "many.jsonl", *people))[1]["taken"] == 300
    code, sent, said = laptop("sync")
    assert (code, sent["taken"]) == (3, 0)
    assert "gardé ici" in said
    waiting = sent["waiting"]
    office.start()
    push = subprocess.Popen(
        [sys.executable, "-m", "milomobile", "--profile", str(laptop.folder), "sync"],
        env={**os.environ, "MILOMOBILE_PASSWORD": PASSWORD},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
    )
    assert push.stderr
    push.stderr.readline()
    office.stop(signal.SIGKILL)
    push.kill()
    push.wait()
    push.stderr.close()
    office.start()
    code, sent, said = laptop("sync")
    assert (code, sent["waiting"]) == (0, 0), said
    assert office("stats")["records"] == waiting
    assert office("stats")["people"] == 300
    device = laptop("status")[1]["device"]
    records = office("records", "--device", device)
    assert [one["seq"] for one in records] == list(range(1, waiting + 1))
    assert len({one["id"] for one in records}) == waiting


def test_wrong_addresses_codes_and_certificates_are_told_apart(laptop: Laptop, office: Office) -> None:
    invited = office("invite", "--label", "Camion 1")["code"]
    for url in ("http://exemple.org", "ftp://x", "pas une adresse"):
        code, _, said = laptop("enrol", url, invited)
        assert (code, "https" in said) == (2, True)
    assert laptop("enrol", office.url, invited)[0] == 3
    ca = ("--ca", str(office.certificate))
    assert laptop("enrol", office.url, "AAAA-AAAA-AAAA-AAAA", *ca)[0] == 3
    assert laptop("enrol", office.url, "trop court", *ca)[0] == 2
    assert laptop("enrol", office.url, "0000-0000" + invited[9:], *ca)[0] == 2
    assert laptop("enrol", office.url, invited.lower().replace("-", " "), *ca)[0] == 0
    assert laptop("enrol", office.url, invited, *ca)[0] == 2
    assert laptop("status")[1]["server"] == office.url


def test_wrong_usage_is_one_sentence_and_no_traceback(laptop: Laptop, tmp_path: Path) -> None:
    for args in (
        ["--profile", str(tmp_path / "absent"), "status"],
        ["--profile", str(laptop.folder), "init", "--adviser", "X"],
        ["--profile", str(laptop.folder), "register", "--from", str(tmp_path / "absent.jsonl")],
        ["--profile", str(laptop.folder), "demo"],
    ):
        done = call("milomobile", *args, MILOMOBILE_PASSWORD=PASSWORD)
        assert (done.returncode, "Traceback" in done.stderr, done.stdout) == (2, False, ""), args
        assert len(done.stderr.strip().splitlines()) == 1
    wrong = call("milomobile", "--profile", str(laptop.folder), "status", MILOMOBILE_PASSWORD="non")
    assert wrong.returncode == 2
    weak = call("milomobile", "--profile", str(tmp_path / "w"), "init", "--adviser", "X", MILOMOBILE_PASSWORD="faible")
    assert weak.returncode == 2
    assert not (tmp_path / "w").exists()
    assert call("sync.server", "stats", "--data", str(tmp_path)).returncode == 2


@pytest.mark.parametrize("program", ["milomobile", "sync.server"])
@pytest.mark.parametrize(
    "asked",
    [
        "--help",
        "exprt",
        "export",
        "export --help",
        "export contacts --from 01/11/2026",
        "export contacts --out",
        "export contacts --codes=1",
        "export contacts --co",
        "export contacts --format pdf",
        "bundle",
        "serve --port x",
        "--nothing",
    ],
)
def test_help_and_what_is_wrong_with_a_call_are_french(program: str, asked: str) -> None:
    done = call(program, *asked.split())
    assert done.returncode == (0 if "--help" in asked else 2)
    said = done.stdout + done.stderr
    english = (
        r"(?i)\b(usage|error|argument|arguments|required|show|help message|exit|invalid|choice|expected|ambiguous)\b"
    )
    assert re.search(english, said) is None, said
    if done.returncode:
        assert done.stderr.endswith(" Rien n’a été fait.\n") and "Traceback" not in said


def test_what_cannot_be_a_file_is_one_sentence_whatever_the_verb(laptop: Laptop, tmp_path: Path) -> None:
    """A name that no disk holds, a folder that is not there, one that takes no files: none of them is a bug."""
    days = ("--from", "2026-11-01", "--to", "2026-11-30")
    takes: list[tuple[str, ...]] = [("bundle", "receipt"), ("register", "--from"), ("likely", "--from")]
    takes += [("import", "--purpose", "PSAD"), ("restore",), ("check", "--old-stores")]
    makes: list[tuple[str, ...]] = [("export", "contacts", *days, "--out"), ("report", "day", "2026-11-24", "--out")]
    makes += [("backup",), ("bundle", "export"), ("person", "export", "nobody", "--out"), ("diagnostics",)]
    long = str(tmp_path / f"{'x' * 300}.csv")
    for asked in (*takes, *makes):
        into = Laptop(tmp_path / "new") if asked == ("restore",) else laptop
        code, _, said = into(*asked, long)
        assert (code, len(said.strip().splitlines()), "inattendu" in said) == (2, 1, False), (asked, said)
    for asked in makes:
        code, _, said = laptop(*asked, str(tmp_path / "absent" / "x.csv"))
        assert (code, "absent n’existe pas" in said) == (2, True), (asked, said)
    code, _, said = laptop("export", "contacts", *days, "--out", "/proc/x.csv")
    assert (code, "/proc ne prend pas de fichiers" in said) == (2, True)
    code, _, said = laptop("export", "contacts", *days, "--out", str(tmp_path / "x.csv"), "--columns", "")
    assert (code, "Aucune colonne" in said) == (2, True)
    code, _, said = laptop("export", "contacts", *days, "--out", str(tmp_path / "x.csv"), "--format", "xlsx")
    assert (code, "--format" in said, list(tmp_path.glob("x*"))) == (2, True, [])
    assert laptop("export", "contacts", *days, "--out", str(tmp_path / "x.xlsx"))[0] == 0
    assert (tmp_path / "x.xlsx").read_bytes().startswith(b"PK")
    code, _, said = laptop("export", "contacts", *days, "--out", str(tmp_path / "x.xlsx"))
    assert (code, "existe déjà" in said, said.count("\n")) == (2, True, 1)


def test_lines_that_are_not_utf8_or_not_json_are_reported_and_the_others_kept(laptop: Laptop, tmp_path: Path) -> None:
    good = json.dumps(line(), ensure_ascii=False).encode()
    file = tmp_path / "mixed.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + good + b"\n" + "é".encode("latin-1") + b"\n{broken\n[]\n\n" + good + b"\n")
    code, answer, _ = laptop("register", "--from", str(file))
    assert (code, answer["taken"]) == (1, 2)
    assert [(one["line"], one["field"]) for one in answer["refused"]] == [(2, None), (3, None), (4, None)]


def test_demo_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    names = []
    for name in ("a", "b"):
        laptop = Laptop(tmp_path / name)
        code, answer, said = laptop("demo", "--people", "12", "--encounters", "20", "--seed", "7")
        assert (code, answer["people"], answer["encounters"]) == (0, 12, 20), said
        found = call(
            "milomobile",
            "--profile",
            str(laptop.folder),
            "--json",
            "find",
            "",
            MILOMOBILE_PASSWORD="demo-milo-mobile-2026",
        )
        names.append([(one["name"], one["birth_date"]) for one in map(json.loads, found.stdout.splitlines())])
    assert names[0] == names[1]
    assert len(names[0]) == 12


def test_every_file_of_the_office_in_every_form(laptop: Laptop, tmp_path: Path) -> None:
    day = write(tmp_path / "day.jsonl", line(recall_on="2026-11-26"))
    assert laptop("register", "--from", day)[0] == 0
    period = ("--from", "2026-11-01", "--to", "2026-11-30")
    for what, rows in (("contacts", 1), ("rattachements", 1), ("rappels", 1), ("annuaire", 0)):
        for form in ("csv", "xlsx", "jsonl"):
            out = tmp_path / f"{what}.{form}"
            code, answer, said = laptop("export", what, *period, "--format", form, "--out", str(out))
            assert (code, answer) == (0, {"rows": rows, "file": str(out)})
            assert ("L’annuaire n’a aucun service" in said) == (what == "annuaire")
            assert "Fichier" in said and out.stat().st_mode & 0o777 == 0o600
    for what in ("statistiques", "journal"):
        out = tmp_path / f"{what}.csv"
        assert laptop("export", what, "--from", "2020-01-01", "--to", "2100-01-01", "--out", str(out))[1]["rows"] > 0
    some = ("--columns", "Date,sex", "--codes")
    assert laptop("export", "contacts", *period, *some, "--out", str(tmp_path / "some.csv"))[0] == 0
    assert (tmp_path / "some_codes.csv").read_text("utf-8-sig").splitlines()[0] == '"day";"sex"'
    code, _, said = laptop("export", "contacts", *period, "--columns", "Nimporte", "--out", str(tmp_path / "no.csv"))
    assert code == 2 and "Nimporte" in said
