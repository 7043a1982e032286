"""Reports as PDF: what they say, what they must not, and that a screen reader, a printer and an archive can read them."""

import re
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import insert, select

from milomobile import reference
from milomobile.actions import papers
from milomobile.actions.open import Profile
from milomobile.actions.register import register
from milomobile.actions.stops import open_stop
from milomobile.domain.outings import Halt
from milomobile.domain.reading import read
from milomobile.errors import NoRoom, Trouble
from milomobile.reports import daybook, month
from milomobile.store.day_tables import Place
from milomobile.store.tables import Adviser, Encounter
from tests.conftest import NOW, line

DAY = NOW.date()
MARKUP = 'Gare #import "x" *gras* $x$ @nom <b> \\ l’Ormée'


def said(file: Path) -> str:
    """The text of a PDF as another program reads it, spaces made one."""
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


def pages(file: Path) -> int:
    """How many pages, each of them with something on it."""
    found = PdfReader(file).pages
    assert all(page.extract_text().strip() for page in found)
    return len(found)


def add(profile: Profile, **changes: object) -> None:
    record, _ = read(line(**changes), reference.lists(), NOW)
    assert record
    register(profile, record, NOW)


def crowd(profile: Profile, many: int, days: int = 1) -> None:
    """So many anonymous contacts, straight into the file."""
    add(profile)
    with profile.store.write() as session:
        place, adviser = (
            session.execute(select(Place.id)).scalar_one(),
            session.execute(select(Adviser.id)).scalar_one(),
        )
        empty: dict[str, Any] = {name: [] for name in ("resources", "audiences", "needs", "barriers")}
        common = {"kind": "anonymous", "place_id": place, "adviser_id": adviser, "men": 0, "unspecified": 0, **empty}
        common |= {"sex": "F", "age_band": "18-21", "women": 1}
        rows = []
        for number in range(many):
            at = NOW - timedelta(days=number % days, minutes=number % 200)
            rows.append({"id": f"e{number}", "at": at, "day": at.date(), "seq": 10 + number, **common})
        session.execute(insert(Encounter), rows)


def test_a_day_says_where_the_van_was_and_what_was_heard_there(profile: Profile, tmp_path: Path) -> None:
    open_stop(
        profile, MARKUP, "ARRET_MILO_MOBILE", None, None, Halt(team=("Camille Lanterne",), partners=("SPIP",)), NOW
    )
    for number in range(6):
        add(
            profile,
            person__birth_name=f"Quatrepoint{chr(97 + number)}",
            person__phone=f"035301124{number}",
            needs=["EMPLOI", "SANTE"],
        )
    add(profile, person__birth_name="Zéphyr", person__phone="0353011250", needs=["LOGEMENT"], at=NOW.isoformat())
    file = papers.write_day(profile, DAY, tmp_path / daybook.file_name(DAY), NOW)
    text = said(file)
    assert file.name == "milo_journee_2026-11-24_v1.pdf"
    assert pages(file) == 1
    assert "Journée du mardi 24 novembre 2026" in text
    assert all(word in text for word in MARKUP.split())
    assert "Camille Lanterne" in text and "SPIP" in text
    assert "Rencontres" in text and "7 rencontres sur 7" not in text
    assert "0 rencontre sur 7 est au bureau, 7 attendent sur ce poste." in text
    assert re.search("Logement masqué", text) and "Santé" not in text
    assert not any(name in text for name in ("Quatrepoint", "Zéphyr", "Inès", "Boussole"))


def test_a_day_without_a_stop_says_where_people_were_met(profile: Profile, tmp_path: Path) -> None:
    """Registered from lines, so that no stop was kept; beside one that was."""
    for minutes, place in ((90, "Gare de Woippy"), (30, "Gare de Woippy"), (60, "Forum")):
        at = (NOW - timedelta(minutes=minutes)).isoformat()
        add(profile, at=at, place=place, person__birth_name=f"Quatrepoint {'abc'[minutes // 30 - 1]}")
    text = said(papers.write_day(profile, DAY, tmp_path / "jour.pdf", NOW))
    assert "Aucun arrêt" not in text
    assert re.search(r"Gare de Woippy \S+ h \S* ?– .+ sans arrêt noté 2 2", text)
    assert re.search(r"Forum .+ sans arrêt noté 1 1", text)
    open_stop(profile, "Marché de Borny", "ARRET_MILO_MOBILE", None, None, Halt(), NOW)
    add(profile, at=NOW.isoformat(), place="Marché de Borny", person__birth_name="Quatrepoint d")
    text = said(papers.write_day(profile, DAY, tmp_path / "soir.pdf", NOW))
    assert re.search(r"Marché de Borny .+ en cours – 1 1", text) and text.count("sans arrêt noté") == 2


def test_a_day_s_outcomes_are_not_given_back_by_how_many_were_met(profile: Profile, tmp_path: Path) -> None:
    for number in range(8):
        add(
            profile,
            person__birth_name=f"Quatrepoint{chr(97 + number)}",
            person__phone=f"035301124{number}",
            outcome="INFORMATION_SIMPLE" if number else "ORIENTE_PARTENAIRE",
        )
    text = said(papers.write_day(profile, DAY, tmp_path / "jour.pdf", NOW))
    lists = reference.lists()["resultat_contact"]
    for code in ("INFORMATION_SIMPLE", "ORIENTE_PARTENAIRE"):
        assert f"{lists[code]} masqué" in text


@pytest.mark.parametrize("many", [1, 4])
def test_few_who_were_met_have_no_detail(profile: Profile, tmp_path: Path, many: int) -> None:
    for number in range(many):
        add(profile, person__birth_name=f"Quatrepoint{chr(97 + number)}", person__phone=f"035301124{number}")
    text = said(papers.write_day(profile, DAY, tmp_path / "jour.pdf", NOW))
    assert text.count("Moins de 5 rencontres") == 2
    assert reference.lists()["resultat_contact"]["INFORMATION_SIMPLE"] not in text


def test_a_day_without_anybody_still_has_its_page(profile: Profile, tmp_path: Path) -> None:
    file = papers.write_day(profile, DAY, tmp_path / "jour.pdf", NOW)
    assert pages(file) == 1
    for words in ("Aucun arrêt ce jour.", "Aucune demande notée.", "rien n’était à envoyer", "Pour l’équipe"):
        assert words in said(file)


def test_a_day_of_ten_thousand_contacts_is_one_page(profile: Profile, tmp_path: Path) -> None:
    crowd(profile, 10_000)
    file = papers.write_day(profile, DAY, tmp_path / "jour.pdf", NOW)
    assert pages(file) == 1
    assert "10 001" in said(file).replace("\u00a0", " ")


def test_a_long_day_with_many_stops_is_one_page(profile: Profile, tmp_path: Path) -> None:
    for number in range(30):
        at = NOW - timedelta(minutes=20 * (31 - number))
        halt = Halt(at, at + timedelta(minutes=15), tuple(f"Partenaire au nom long {each}" for each in range(9)))
        open_stop(
            profile, f"Place numéro {number} au très long nom du quartier", "ARRET_MILO_MOBILE", None, None, halt, NOW
        )
    file = papers.write_day(profile, DAY, tmp_path / "jour.pdf", NOW)
    assert pages(file) == 1
    assert "autres lieux" in said(file)


@pytest.mark.parametrize("name", ["Arrêt 🙂 李", "Нина", "محمد", "#" * 300])
def test_a_letter_that_no_font_has_stops_no_report(profile: Profile, tmp_path: Path, name: str) -> None:
    open_stop(profile, name[:60], "ARRET_MILO_MOBILE", None, None, Halt(team=(name[:60],)), NOW)
    assert pages(papers.write_day(profile, DAY, tmp_path / "jour.pdf", NOW)) == 1
    assert pages(papers.write_month(profile, DAY, tmp_path / "mois.pdf", NOW))


@pytest.mark.parametrize("many", [0, 1, 10_000])
def test_a_month_has_its_charts_and_eleven_tables(profile: Profile, tmp_path: Path, many: int) -> None:
    if many == 1:
        add(profile)
    elif many:
        crowd(profile, many, days=20)
    file = papers.write_month(profile, DAY, tmp_path / month.file_name(DAY), NOW)
    text = said(file)
    assert file.name == "milo_mois_2026-11_v1.pdf"
    assert pages(file) >= 2
    assert "Rapport de novembre 2026" in text and "du 1er au 24 novembre 2026" in text
    for number in range(1, 12):
        assert f"T{number} –" in text
    assert ("Aucune rencontre" in text) == (not many)
    assert ("Par semaine" in text) == bool(many)
    assert ("masqué" in text) == bool(many)
    assert not any(name in text for name in ("Inès", "Boussole"))


def test_a_month_of_few_has_no_detail(profile: Profile, tmp_path: Path) -> None:
    """How many, when and where; of the rest there is not one chart, and each line of a table is hidden."""
    for number in range(3):
        add(profile, person__birth_name=f"Quatrepoint{chr(97 + number)}", person__phone=f"035301124{number}")
    text = said(papers.write_month(profile, DAY, tmp_path / "mois.pdf", NOW))
    charts, tables = text.split("Tableaux", 1)
    assert re.search(r"3 3 3 3", charts) and "Depuis le début : 3 jeunes" in charts.replace("\u00a0", " ")
    assert "Par semaine" in charts and "Arrêts" in charts and "Lieux et heures" in charts
    assert "Âge et sexe" not in charts and "masqué" not in charts
    assert re.search(r"Hommes( masqué){9}", tables) and re.search(r"Femmes( masqué){9}", tables)


def test_small_counts_of_a_month_are_not_told(profile: Profile, tmp_path: Path) -> None:
    for number in range(7):
        add(
            profile,
            person__birth_name=f"Un{chr(97 + number)}",
            person__phone=f"035301124{number}",
            person__sex="F" if number else "M",
        )
    text = said(papers.write_month(profile, DAY, tmp_path / "mois.pdf", NOW))
    assert re.search(r"Hommes[ 0]* masqué", text)
    assert not re.search(r"Hommes[ 0]* 1\b", text)


def test_what_is_written_is_tagged_titled_in_french_and_brings_its_fonts(profile: Profile, tmp_path: Path) -> None:
    add(profile)
    files = (
        papers.write_day(profile, DAY, tmp_path / "jour.pdf", NOW),
        papers.write_month(profile, DAY, tmp_path / "mois.pdf", NOW),
    )
    for file in files:
        read_back = PdfReader(file)
        root: Any = read_back.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"] and root["/Lang"].startswith("fr")
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert read_back.metadata and "novembre 2026" in str(read_back.metadata.title)
        assert b"pdfuaid:part" in root["/Metadata"].get_data()
        fonts = subprocess.run(["pdffonts", str(file)], capture_output=True, text=True, check=True).stdout
        lines = fonts.splitlines()[2:]
        assert lines and all("AtkinsonHyperlegibleNext" in one and " yes yes yes " in one for one in lines)


def test_a_report_that_cannot_be_written_says_so_and_leaves_nothing(profile: Profile, tmp_path: Path) -> None:
    with pytest.raises(NoRoom):
        papers.write_day(profile, DAY, tmp_path / "nowhere" / "jour.pdf", NOW)
    (tmp_path / "taken.pdf").mkdir()
    with pytest.raises(NoRoom):
        papers.write_day(profile, date(2026, 11, 1), tmp_path / "taken.pdf", NOW)
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".part"] == []


def test_no_report_is_there_without_its_line_in_the_journal(profile: Profile, tmp_path: Path) -> None:
    profile.close()
    with pytest.raises(Trouble):
        papers._put(profile, b"%PDF", tmp_path / "jour.pdf", NOW, "day", replace=False)
    assert list(tmp_path.glob("jour*")) == []
