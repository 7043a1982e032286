"""Lists of people to look for, from real files into a real encrypted store."""

import csv
import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from milomobile import reference
from milomobile.actions import sought
from milomobile.actions.open import Profile
from milomobile.actions.register import register
from milomobile.actions.sought_file import read_list
from milomobile.domain.likeness import identity
from milomobile.domain.reading import read
from milomobile.domain.sought import ListReport, last_day, read_day
from milomobile.errors import NotOurs
from milomobile.store.erasing import erase
from milomobile.store.sought_tables import Sought as Kept
from milomobile.store.sought_tables import SoughtKey
from milomobile.store.tables import Journal, Outbox, Person
from tests.conftest import NOW, line

TODAY = NOW.date()
HEADER = "NOM de l'élève;Prénom;Né(e) le;Téléphone portable;Ville"


def take(profile: Profile, file: Path, *rows: str, header: str = HEADER, encoding: str = "cp1252") -> ListReport:
    file.write_bytes("\r\n".join((header, *rows)).encode(encoding))
    return sought.import_list(profile, file, "PSAD de novembre", NOW)


def kept(profile: Profile) -> list[tuple[Any, ...]]:
    with profile.store.read() as session:
        columns = (Kept.given_name, Kept.birth_name, Kept.birth_date, Kept.phone, Kept.commune)
        return [tuple(row) for row in session.execute(select(*columns).order_by(Kept.birth_name, Kept.given_name))]


def count(profile: Profile, table: Any) -> int:
    with profile.store.read() as session:
        return session.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_list_of_an_office_in_cp1252_with_the_dates_of_a_spreadsheet(profile: Profile, tmp_path: Path) -> None:
    done = take(
        profile,
        tmp_path / "psad.csv",
        "Boussole;Inès;39153;0353011234;Metz",
        "Lanterne;Zoë;12/07/2008;;Woippy",
        "N’Guessan-Œillet;Aïcha;2008-01-31 00:00:00;'+33 6 12 34 56 78;",
        ";;;;",
        "Marelle;Noé;;03.53.01.12.35;Montigny-lès-Metz",
    )
    assert (done.taken, done.already, done.warned, done.refused) == (4, 0, (), ())
    assert done.keep_until == date(2027, 11, 24)
    assert kept(profile) == [
        ("Inès", "Boussole", date(2007, 3, 12), "+33353011234", "Metz"),
        ("Zoë", "Lanterne", date(2008, 7, 12), None, "Woippy"),
        ("Noé", "Marelle", None, "+33353011235", "Montigny-lès-Metz"),
        ("Aïcha", "N’Guessan-Œillet", date(2008, 1, 31), "+33612345678", None),
    ]
    assert (count(profile, Person), count(profile, Outbox)) == (0, 0), "nobody becomes a file, nothing is sent"
    with profile.store.read() as session:
        assert session.execute(select(Journal.what).order_by(Journal.seq.desc())).scalars().first() == "import list"
        row = session.execute(select(Kept.purpose, Kept.source, Kept.keep_until, Kept.found_person)).first()
    assert row == ("PSAD de novembre", "psad.csv", date(2027, 11, 24), None)


def test_a_workbook_with_a_title_and_both_kinds_of_dates(profile: Profile, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Accueil"])
    sheet = book.create_sheet("Liste")
    sheet.append(["Liste PSAD, bassin de Metz"])
    sheet.append([])
    sheet.append(
        ["Commune de résidence", "PRENOM", "Nom de naissance", "DATE DE NAISSANCE", "N° de téléphone", "Classe"]
    )
    sheet.append(["Metz", "Inès", "Boussole", datetime(2007, 3, 12), 353011234, "3e"])
    sheet.append(["Metz", "Lina", "Lampion", 39640, "03 53 01 12 36", None])
    sheet.append(["Metz", "Léa", "Cerf-Volant", "31/02/2008", None, None])
    book.save(tmp_path / "liste.xlsx")
    done = sought.import_list(profile, tmp_path / "liste.xlsx", "PSAD", NOW)
    assert (done.taken, done.left) == (2, ("Classe",))
    assert [(one.line, one.field) for one in done.refused] == [(6, "person.birth_date")]
    assert "31 février n’existe pas" in done.refused[0].reason
    assert [row[2] for row in kept(profile)] == [date(2007, 3, 12), date(2008, 7, 11)]
    assert [row[3] for row in kept(profile)] == ["+33353011234", "+33353011236"]


def test_the_days_of_a_workbook_that_counts_from_1904(profile: Profile, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["Nom", "Prénom", "Date de naissance"])
    book.active.append(["Boussole", "Inès", 37691])
    book.save(tmp_path / "mac.xlsx")
    assert sought.import_list(profile, tmp_path / "mac.xlsx", "PSAD", NOW).taken == 1
    assert kept(profile)[0][2] == date(2007, 3, 12)


def test_twins_are_two_and_the_same_person_is_one(profile: Profile, tmp_path: Path) -> None:
    rows = (
        "Boussole;Inès;12/03/2007;03 53 01 12 34;Metz",
        "Boussole;Lina;12/03/2007;03 53 01 12 34;Metz",
        "BOUSSOLE;INES;12/03/2007;;",
        "Inès;Boussole;12-03-2007;0353011234;Metz",
    )
    done = take(profile, tmp_path / "a.csv", *rows)
    assert (done.taken, done.already, done.refused) == (2, 2, ())
    assert [(one.line, "Ressemble à la ligne 2" in one.reason) for one in done.warned] == [(3, True)]
    again = take(profile, tmp_path / "b.csv", *rows)
    assert (again.taken, again.already) == (0, 4)
    assert len(kept(profile)) == 2


def test_another_list_teaches_what_was_not_known(profile: Profile, tmp_path: Path) -> None:
    take(profile, tmp_path / "a.csv", "Boussole;Inès;12/03/2007;;")
    assert take(profile, tmp_path / "b.csv", "Boussole;Inès;12/03/2007;03 53 01 12 34;Metz").already == 1
    assert kept(profile) == [("Inès", "Boussole", date(2007, 3, 12), "+33353011234", "Metz")]
    by_phone = identity("", "", "", "03 53 01 12 34", TODAY)
    assert [one.sought.name for one in sought.likely(profile, by_phone, TODAY)] == ["Inès Boussole"]


def test_whoever_was_met_is_said_and_linked(profile: Profile, tmp_path: Path) -> None:
    met = _register(profile)
    done = take(profile, tmp_path / "a.csv", "Boussole;Ines;12/03/2007;;", "Bousole;Inès;12/03/2007;06 53 01 99 99;")
    assert (done.taken, done.already) == (2, 0)
    assert [one.line for one in done.warned] == [2, 3, 3]
    assert done.warned[0].reason.startswith("Déjà rencontrée\u00a0: Inès Boussole")
    assert done.warned[-1].reason.startswith("Peut-être déjà rencontrée")
    with profile.store.read() as session:
        assert session.execute(select(Kept.found_person).order_by(Kept.phone)).scalars().all() == [met, None]


def test_whoever_is_registered_is_found(profile: Profile, tmp_path: Path) -> None:
    take(profile, tmp_path / "a.csv", "Boussole;Inès;12/03/2007;;", "Boussole;Lina;12/03/2007;;", "Lampion;Inès;;;")
    one = identity("inès", "bousole", "12/03/2007", "", TODAY)
    candidates = sought.likely(profile, one, TODAY)
    assert (candidates[0].sought.name, candidates[0].level) == ("Inès Boussole", "probable")
    assert "même date de naissance" in candidates[0].why
    assert candidates[0].said == "Sur la liste «\u00a0PSAD de novembre\u00a0», reçue le 24/11/2026"
    met = _register(profile)
    with profile.store.read() as session:
        found = session.execute(select(Kept.given_name).where(Kept.found_person == met)).scalars().all()
    assert found == ["Inès"]
    assert "Inès Boussole" not in [one.sought.name for one in sought.likely(profile, one, TODAY)]
    assert [(one.people, one.found, one.purpose) for one in sought.lists(profile)] == [(3, 1, "PSAD de novembre")]
    with profile.store.write() as session:
        assert erase(session, met)
    assert [row[:2] for row in kept(profile)] == [("Lina", "Boussole"), ("Inès", "Lampion")]


def test_nobody_is_suggested_after_the_last_day(profile: Profile, tmp_path: Path) -> None:
    take(profile, tmp_path / "a.csv", "Boussole;Inès;12/03/2007;;")
    one = identity("Inès", "Boussole", "12/03/2007", "", TODAY)
    assert sought.likely(profile, one, date(2027, 11, 24))
    assert not sought.likely(profile, one, date(2027, 11, 25))
    assert last_day(date(2028, 2, 29)) == date(2029, 2, 28)


def test_what_must_not_be_kept_is_not(profile: Profile, tmp_path: Path) -> None:
    done = take(
        profile,
        tmp_path / "a.csv",
        "Boussole;Inès;12/03/2007;2070357463123 45;Metz;207035746312345",
        "Lampion;Noé;12/03/2012;;Metz;",
        "Marelle;Jade;12/03/1980;;Metz;",
        "Tambour;Hugo;12/03/2999;;Metz;",
        "Sabot7;Malik;12/03/2007;;Metz;",
        header=HEADER + ";N° de sécurité sociale",
    )
    assert (done.taken, done.left) == (2, ("N° de sécurité sociale",))
    assert [(one.line, one.field) for one in done.refused] == [
        (3, "person.birth_date"),
        (5, "person.birth_date"),
        (6, "person.birth_name"),
    ]
    assert "moins de 16 ans" in done.refused[0].reason
    assert [one.line for one in done.warned] == [1, 2, 4]
    assert "sécurité sociale" in done.warned[0].reason and "sécurité sociale" in done.warned[1].reason
    assert all("207035746312345" not in str(row) and "12345" not in str(row) for row in kept(profile))


def test_two_thousand_broken_lines_cost_themselves_only(profile: Profile, tmp_path: Path) -> None:
    names = [f"{a}{b}{c}" for a in "bcdfgl" for b in "aeiou" for c in "bcdfghjklmnpqrstvwxz"]
    rows = []
    for number in range(2000):
        rows.append(('"Boussole;Inès;12/03/2007;;', ";Inès;99/99/2007;;", ";;x;;", "1;2;3;4;5;6;7")[number % 4])
        if number % 10 == 0:
            rows.append(f"{names[number % len(names)]} {names[number // 10]};Inès;{1 + number // 100:02d}/03/2007;;")
    done = take(profile, tmp_path / "a.csv", *rows)
    assert (done.taken, len(done.refused)) == (201, 1500)
    assert done.already == 499, "an open quotation mark costs nothing: the line is read as it stands"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        (b"Ville;Classe\r\nMetz;3e", "2 colonnes"),
        (b"\x00\x01\x02" * 99, "n’est pas une liste lisible"),
        (b"PK\x03\x04 rien", "n’est pas une liste lisible"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
        (b"Nom;Pr\xe9nom\r\n" + b"Boussole;Lina\r\n" * 10_001, "plus de 10000 lignes"),
        (b"x" * (16 * 1024 * 1024 + 1), "16 Mo"),
        (None, "n’a pas pu être lue"),
    ],
)
def test_a_file_that_is_no_list_keeps_nothing(
    profile: Profile, tmp_path: Path, content: bytes | None, words: str
) -> None:
    if content is not None:
        (tmp_path / "a.csv").write_bytes(content)
    before = count(profile, Journal)
    with pytest.raises(NotOurs, match="Rien n’a été gardé") as told:
        sought.import_list(profile, tmp_path / "a.csv", "PSAD", NOW)
    assert words in told.value.sentence
    assert (count(profile, Kept), count(profile, SoughtKey), count(profile, Journal)) == (0, 0, before)


@pytest.mark.parametrize("purpose", ["", "  \t", "x" * 121, "pour 2 07 03 57 463 123 45"])
def test_what_a_list_is_for_is_said(profile: Profile, tmp_path: Path, purpose: str) -> None:
    (tmp_path / "a.csv").write_text(f"{HEADER}\nBoussole;Inès;;;\n")
    with pytest.raises(NotOurs, match="Rien n’a été gardé"):
        sought.import_list(profile, tmp_path / "a.csv", purpose, NOW)


# A cell that begins with the guard of the office's files, « '- », is read without it: no name begins so.
NAMES = st.lists(
    st.tuples(
        st.text(st.sampled_from("abcdéèêïôûçœÀÉÎ'- "), min_size=1, max_size=12).map(str.strip),
        st.text(st.sampled_from("lmnopqrstàâëù"), min_size=1, max_size=12),
        st.dates(date(1998, 1, 1), date(2010, 11, 1)),
    ).filter(lambda one: any(c.isalpha() for c in one[0]) and not one[0].startswith("'-")),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    NAMES,
    st.sampled_from(["cp1252", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
    st.sampled_from(";,\t"),
    st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "serial"]),
    st.permutations(["given", "name", "born"]),
    st.booleans(),
)
def test_whatever_encoding_separator_dates_and_order(
    tmp_path: Path, people: Any, encoding: str, mark: str, dates: str, order: list[str], quoted: bool
) -> None:
    heads = {"given": "Prénom", "name": "NOM DE NAISSANCE", "born": "Date naissance"}
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=mark, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    writer.writerow([heads[what] for what in order])
    for name, given_name, born in people:
        serial = str((born - date(1899, 12, 30)).days)
        cells = {"given": given_name, "name": name, "born": serial if dates == "serial" else f"{born:{dates}}"}
        writer.writerow([cells[what] for what in order])
    (tmp_path / "a.csv").write_bytes(out.getvalue().encode(encoding))
    found = read_list(tmp_path / "a.csv", TODAY)
    assert found.refused == []
    expected = [(given_name, " ".join(name.split()), born) for name, given_name, born in people]
    assert [(one.given_name, one.birth_name, one.birth_date) for _, one, _ in found.people] == expected
    assert [number for number, _, _ in found.people] == list(range(2, len(people) + 2))


@given(st.dates(date(1930, 1, 1), date(2020, 12, 31)), st.sampled_from(["", ",0", ".0", ".5"]))
def test_the_number_of_a_day_is_that_day(day: date, more: str) -> None:
    assert read_day(f" {(day - date(1899, 12, 30)).days}{more} ", date(1899, 12, 30), TODAY) == day


def _register(profile: Profile) -> str:
    record, _ = read(line(), reference.lists(), NOW)
    assert record
    met = register(profile, record, NOW).person
    assert met
    return met


def test_a_preview_tells_what_importing_does_and_keeps_nothing(profile: Profile, tmp_path: Path) -> None:
    record, found = read(line(), reference.lists(), NOW)
    assert record and not [one for one in found if one.refused]
    register(profile, record, NOW)
    take(profile, tmp_path / "a.csv", "Lanterne;Zoë;12/07/2008;;Woippy")
    before = kept(profile)
    rows = ("Lanterne;Zoë;12/07/2008;;", "Boussole;Inès;12/03/2007;;", "Marelle;Noé;;;Metz", "Faux;Jo;99/99/2001;;")
    file = tmp_path / "b.csv"
    file.write_bytes("\r\n".join((HEADER, *rows)).encode("cp1252"))
    told = sought.preview(profile, file, NOW)
    assert (told.taken, told.already, told.met, told.refused) == (2, 1, 1, 1)
    assert [(one.number, one.person.name) for one in told.first] == [
        (2, "Zoë Lanterne"),
        (3, "Inès Boussole"),
        (4, "Noé Marelle"),
    ]
    assert "Déjà sur une liste" in told.first[0].said and "a une fiche" in told.first[1].said
    assert kept(profile) == before
    done = sought.import_list(profile, file, "PSAD", NOW)
    assert (done.taken, done.already, len(done.refused)) == (told.taken, told.already, told.refused)


def test_nobody_on_a_list_counts_as_met(profile: Profile, tmp_path: Path) -> None:
    from milomobile.actions.report import figures

    take(profile, tmp_path / "a.csv", "Lanterne;Zoë;12/07/2008;;Woippy", "Marelle;Noé;;;Metz")
    assert not any(figures(profile, date(2026, 1, 1), date(2026, 12, 31)).values())
    assert (count(profile, Person), count(profile, Outbox)) == (0, 0)


@given(st.lists(st.sampled_from([None, "birth_name", "given_name", "name", "phone", "commune"]), max_size=6))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_the_columns_are_said_to_be_it_is_read_or_refused_in_words(
    tmp_path: Path, meanings: list[str | None]
) -> None:
    file = tmp_path / "c.csv"
    file.write_text("a;b;c;d\nBoussole;Inès;0353011234;Metz\n", encoding="utf-8")
    try:
        done = read_list(file, TODAY, tuple(meanings))
    except NotOurs as wrong:
        assert not {"birth_name", "given_name", "name"} & set(meanings[:4]) and "Rien n’a été gardé" in str(wrong)
    else:
        assert len(done.people) + len(done.refused) == 2


def test_a_list_without_titles_is_refused_without_a_word_of_it(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Quintefeuille;Zéphyrine;12/03/2007\nBoussole;Inès;01/02/2006\n", "utf-8")
    with pytest.raises(NotOurs, match="3 colonnes") as refused:
        read_list(file, TODAY)
    assert not any(word in str(refused.value) for word in ("Quintefeuille", "Zéphyrine", "2007"))
