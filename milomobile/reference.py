"""`resources/reference` and `resources/notice` read once into frozen lists."""

import csv
import gzip
import json
import tomllib
from functools import cache
from itertools import accumulate
from typing import Any

from milomobile.domain.choices import Commune, District, Lists
from milomobile.domain.communes import Index, index_of
from milomobile.domain.ground import Point, Shape
from milomobile.domain.guide import Page, pages_of
from milomobile.domain.notice import LANGUAGES, NoticeText, Office, notice_text
from milomobile.domain.support import Part
from milomobile.domain.territory import Mission, Territory, mission
from milomobile.paths import GUIDE, RESOURCES

NOTICE_VERSION = "2026-1"
METZ_METROPOLE = "200039865"
QPV_GENERATION = "2024"
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


def parts() -> tuple[Part, ...]:
    """What of others is in the program, by name, with its licence; empty where the list was not made."""
    file = RESOURCES / "licences.json"
    if not file.exists():
        return ()
    return tuple(
        Part(one["name"], one["version"], one["licence"]) for one in json.loads(file.read_text(encoding="utf-8"))
    )


@cache
def guide() -> tuple[Page, ...]:
    """The user guide, its index first."""
    return pages_of(lambda name: (GUIDE / f"{name}.md").read_text(encoding="utf-8"))


@cache
def _france() -> tuple[tuple[Commune, ...], dict[str, str]]:
    """All communes, one line for each postal code: Metz Métropole first, then Moselle, the largest first; and their EPCI."""
    with gzip.open(_FOLDER / "communes_france.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))[1:]
    rows.sort(key=lambda row: (row[5] != METZ_METROPOLE) * 10**9 + (row[3] != "57") * 10**8 - int(row[6] or 0))
    return tuple(Commune(*row[:3]) for row in rows), {row[0]: row[5] for row in rows if row[5]}


def communes() -> tuple[Commune, ...]:
    """All communes of France, one line for each postal code: Metz Métropole first, then Moselle, the largest first."""
    return _france()[0]


@cache
def commune_index() -> Index:
    """The same to search as one types; made once, at the first letter."""
    return index_of(communes())


@cache
def commune_names() -> dict[str, str]:
    """INSEE code → name."""
    return {commune.code: commune.name for commune in communes()}


def epci_of() -> dict[str, str]:
    """INSEE code → SIREN of the intercommunality."""
    return _france()[1]


@cache
def epci_names() -> dict[str, str]:
    """SIREN of an intercommunality → its name."""
    with (_FOLDER / "epci.csv").open(encoding="utf-8", newline="") as file:
        return {row["siren"]: row["nom"] for row in csv.DictReader(file, delimiter=";")}


@cache
def missions() -> tuple[Mission, ...]:
    """The Missions Locales of Grand Est and whom each serves, as shipped; Nord Mosellan first."""
    with (_FOLDER / "missions_locales.csv").open(encoding="utf-8", newline="") as file:
        return tuple(mission(row["id"], row) for row in csv.DictReader(file, delimiter=";"))


@cache
def without_district() -> frozenset[str]:
    """Communes of the Pays Messin in which no QPV lies: `districts` holds all of those of the Pays Messin."""
    with_one = {commune for district in districts() for commune in district.communes}
    return Territory(missions(), epci_of()).communes - with_one


@cache
def districts() -> tuple[District, ...]:
    """The priority districts of the Pays Messin, of generation `QPV_GENERATION`."""
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


@cache
def outlines() -> tuple[Shape, ...]:
    """The communes of Moselle, their outlines to some 100 metres."""
    with gzip.open(_FOLDER / "contours_moselle.json.gz", "rt", encoding="utf-8") as file:
        kept = json.load(file)
    return tuple(
        Shape(code, name, "commune", (lon / 1e4, lat / 1e4), tuple(map(_ring, rings)))
        for code, (name, lon, lat, rings) in kept.items()
    )


def _ring(steps: list[int]) -> tuple[Point, ...]:
    """Points from steps of a ten thousandth of a degree: longitude, latitude, longitude…"""
    lons, lats = accumulate(steps[::2]), accumulate(steps[1::2])
    return tuple((lon / 1e4, lat / 1e4) for lon, lat in zip(lons, lats, strict=True))
