"""`resources/reference` and `resources/notice` read once into frozen lists."""

import csv
import gzip
import tomllib
from functools import cache
from typing import Any

from milomobile.domain.choices import Commune, District, Lists
from milomobile.domain.notice import LANGUAGES, NoticeText, Office, notice_text
from milomobile.paths import RESOURCES

NOTICE_VERSION = "2026-1"
PARTNERS = (
    "SPIP",
    "APSIS-Émergence",
    "École des sports",
    "La Passerelle",
    "CFA Robert-Schuman",
    "Mission Locale du Nord Mosellan",
)
_FOLDER = RESOURCES / "reference"


@cache
def lists() -> Lists:
    """Every value list by name; `communes` gives postal codes by INSEE code, `qpv` names by code."""
    found: dict[str, dict[str, str]] = {
        "qpv_statut": {"OUI": "Oui", "NON": "Non", "A_VERIFIER": "À vérifier"},
        "inscrit_ft": {"O": "Oui", "N": "Non", "NSP": "Ne sait pas"},
        "lien_representant": {"PARENT": "Parent", "TUTEUR": "Tuteur", "AUTRE": "Autre"},
        "ase_ou_rqth": {"NON_DEMANDE": "Non demandé", "OUI": "Oui"},
    }
    with (_FOLDER / "nomenclatures.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            found.setdefault(row["liste"], {})[row["code"]] = row["libelle"]
    postal: dict[str, str] = {}
    for commune in communes():
        postal[commune.code] = f"{postal.get(commune.code, '')} {commune.postal_code}".strip()
    return {**found, "communes": postal, "qpv": {district.code: district.name for district in districts()}}


@cache
def communes() -> tuple[Commune, ...]:
    """All communes of France, one line for each postal code, Moselle first."""
    with gzip.open(_FOLDER / "communes_france.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = [Commune(row[0], row[1], row[2]) for row in csv.reader(file, delimiter=";")][1:]
    return tuple(sorted(rows, key=lambda row: (not row.code.startswith("57"), row.name)))


@cache
def commune_names() -> dict[str, str]:
    """INSEE code → name."""
    return {commune.code: commune.name for commune in communes()}


@cache
def epci_of() -> dict[str, str]:
    """INSEE code → SIREN of the intercommunality."""
    with gzip.open(_FOLDER / "communes_france.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return {row[0]: row[5] for row in csv.reader(file, delimiter=";") if row[5]}


@cache
def districts() -> tuple[District, ...]:
    """The priority districts around Metz, generation 2024."""
    with (_FOLDER / "qpv_2024.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter=";")
        return tuple(District(row["code"], row["nom"], tuple(row["communes"].split())) for row in rows)


@cache
def origin_groups() -> dict[str, str]:
    """Origin code → the group that an export shows (domain.md 1.9: sensitive senders are never told apart)."""
    with (_FOLDER / "origine_regroupement.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["groupe_export"] for row in csv.DictReader(file, delimiter=";")}


@cache
def office() -> Office:
    """Who answers for the notice."""
    return Office(**_toml("office"))


def notices(age: int | None) -> tuple[NoticeText, ...]:
    """The notice in every language, for someone of that age."""
    return tuple(notice_text(_toml(language), office(), age) for language in LANGUAGES)


@cache
def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((RESOURCES / "notice" / f"{name}.toml").read_text(encoding="utf-8"))
