"""Invented people for the demonstration: the same seed gives the same people; nobody is real."""

import json
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

GIVEN = (
    "Inès Yanis Lina Noé Sarah Malik Jade Théo Anaïs Nora Hugo Milan Zoé Adam Éléonore Rayan Chloé "
    "Ismaël Maëlys Enzo Aïcha Lucas Fatou Gabin Léa Bilal Manon Souleymane Camélia Timéo Oksana Hüseyin "
    "Mathilde Diego Priya"
).split()
NAMES = (
    "Boussole Lanterne Passerelle Marelle Bouclier Boulevard Tambour Marabout Cerf-Volant Girouette "
    "Lampion Corbeau Tilleul Moulin N’Guessan Rivière Pinceau Roseau Châtaigne Papillon Tournesol Érable "
    "Farandole Chardon Luciole Grillon Cabane Falaise Noisette Ruisseau Sabot Pivoine Renard Horizon "
    "Galet Caravelle"
).split()
PLACES = (
    ("Marché de Borny", "ARRET_MILO_MOBILE"),
    ("Place de la Patrotte", "RUE"),
    ("Gare de Woippy", "ARRET_MILO_MOBILE"),
    ("Place de Bellecroix", "ARRET_MILO_MOBILE"),
    ("Sablon Sud, terrain de sport", "RUE"),
    ("Forum de l’alternance", "EVENEMENT"),
)
WHERE = (
    ("57463", "QN05720M"),
    ("57463", "QN05722M"),
    ("57751", None),
    ("57463", "QN05718M"),
    ("57463", "QN05721M"),
    ("57463", None),
)
"""Commune and district of each of PLACES."""
HOMES = (
    ("57463", "57070", "QN05720M", "OUI"),
    ("57463", "57050", "QN05722M", "OUI"),
    ("57751", "57140", "QN05726N", "OUI"),
    ("57480", "57950", None, "NON"),
    ("57463", "57000", None, "A_VERIFIER"),
)
NEEDS = ["EMPLOI", "PROJET_PROFESSIONNEL", "FORMATION", "LOGEMENT", "CITOYENNETE", "CULTURE_SPORT_LOISIRS"]
CATEGORIES = ["SANS_SITUATION", "SANS_SITUATION", "DEMANDEUR_D_EMPLOI", "EMPLOI", "SCOLARITE", "FORMATION"]


def named(dice: random.Random, number: int, at: datetime) -> dict[str, Any]:
    """One `register` line of an invented person; `number` makes the telephone unlike every other's."""
    place, setting = dice.choice(PLACES)
    commune, postal_code, qpv, status = dice.choice(HOMES)
    age = dice.choices(range(16, 30), weights=(6, 8, 10, 10, 9, 9, 8, 8, 6, 6, 3, 2, 2, 1))[0]
    born = (at - timedelta(days=age * 365.25 + dice.randrange(1, 360))).date()
    given, name = dice.choice(GIVEN), dice.choice(NAMES)
    if number >= 1000:
        name = f"{name} {dice.choice(NAMES)}"
    return {
        "kind": "named",
        "at": at.isoformat(timespec="seconds"),
        "place": place,
        "setting": setting,
        "origin": dice.choice(("SPONTANE", "BOUCHE_A_OREILLE", "FLYER", "PREVENTION", "CIO", "ASSOCIATION")),
        "person": {
            "given_name": given,
            "birth_name": name,
            "birth_date": born.isoformat(),
            "sex": dice.choice("FMFMN").replace("N", "NSP"),
            "phone": f"03 53 01 {number // 100 % 100:02d} {number % 100:02d}"
            if number < 10_000
            else f"+336{10_000_000 + number}",
            "postal_code": postal_code,
            "commune": commune,
            "qpv": qpv,
            "qpv_status": status,
        },
        "situation": {
            "category": dice.choice(CATEGORIES),
            "level": dice.choice(("SQ", "SQ", "N3", "N4")),
            "diploma": dice.choice(("AUCUN", "DNB", "CAP_BEP", "BAC_PRO")),
        },
        "needs": dice.sample(NEEDS, dice.randint(1, 2)),
        "outcome": dice.choice(("INFORMATION_SIMPLE", "ORIENTE_PARTENAIRE", "INFORMATION_SIMPLE")),
        "notice": {"version": "2026-1", "how": dice.choice(("ORAL_AFFICHE", "PAPIER", "QR"))},
        "agrees": {"sms": dice.random() < 0.7, "call": dice.random() < 0.5, "email": False},
    }


def anonymous(dice: random.Random, at: datetime) -> dict[str, Any]:
    """One `register` line of an anonymous contact."""
    place, setting = dice.choice(PLACES)
    band = dice.choice(("16-17", "18-21", "22-25", "26-29"))
    common = {"kind": "anonymous", "at": at.isoformat(timespec="seconds"), "place": place, "setting": setting}
    return {**common, "age_band": band, "sex": dice.choice(("F", "M", "NSP")), "needs": [dice.choice(NEEDS)]}


def lines(people: int, encounters: int, seed: int, until: datetime) -> Iterator[dict[str, Any]]:
    """`encounters` lines that end before the day of `until`: `people` named first meetings, then others, as drawn."""
    dice = random.Random(seed)
    span = max(1, min(300, encounters // 4))
    start = until.replace(hour=10, minute=0, second=0, microsecond=0) - timedelta(days=span)
    known: list[dict[str, Any]] = []
    for number in range(encounters):
        step = number * span // encounters
        at = start + timedelta(days=step, minutes=dice.randrange(8 * 60))
        if number < people:
            known.append(named(dice, number, at))
            yield known[-1]
        elif known and dice.random() < 0.5:
            again = dict(dice.choice(known))
            yield {**again, "at": at.isoformat(timespec="seconds"), "needs": [dice.choice(NEEDS)]}
        else:
            yield anonymous(dice, at)


def write(file: Path, invented: Iterator[dict[str, Any]]) -> None:
    """The lines as a JSON-lines file: what a file given to `register --from` looks like."""
    with file.open("w", encoding="utf-8") as out:
        for line in invented:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
