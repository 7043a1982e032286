"""The file `contacts`: one line an encounter of any kind (domain.md 5.2)."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from milomobile.domain.choices import Lists
from milomobile.domain.dates import LOCAL, age_on, french_date
from milomobile.domain.phones import show_phone

VERSION = 1
HEADER = (
    "Date;Lieu;Commune du lieu;QPV du lieu;Cadre;Type;Femmes;Hommes;Non précisé;Conseiller;Nom;Prénom;"
    "Date de naissance;Âge;Sexe;Téléphone;Courriel;Code postal;Commune;QPV;Situation;"
    "Sans activité depuis;Niveau;Diplôme;Inscrit FT;Connu ML;Origine (regroupée);Demandes;Résultat;"
    "RDV le;RDV lieu;Rattachement;N° dossier I-MILO;À recontacter le;Information RGPD"
).split(";")
NAMING = ("Nom", "Prénom", "Date de naissance", "Téléphone", "Courriel", "N° dossier I-MILO")
"""The columns that tell who somebody is."""
CARE = "À garder sur le réseau du bureau, jamais dans une messagerie."
SEALED = "Il est dans un ZIP chiffré : donnez le mot de passe par une autre voie."
_KINDS = {"named": "NOMINATIF", "anonymous": "ANONYME", "group": "GROUPE"}


def told(rows: int) -> str:
    """What an export says of itself: that it names people, how much, and what is never in it."""
    many = "s" * (rows > 1)
    return (
        f"Fichier nominatif : {rows} ligne{many}, {len(HEADER)} colonnes, dont {', '.join(NAMING)}. Critères protégés et "
        "commentaires n’y sont jamais."
    )


def file_name(day: date) -> str:
    """`milo_contacts_2026-01-31_v1.csv`, versioned by its columns."""
    return f"milo_contacts_{day.isoformat()}_v{VERSION}.csv"


def line_of(lists: Lists, communes: Mapping[str, str], origins: Mapping[str, str]) -> Callable[[Any], Sequence[str]]:
    """A function from one row of the period to its cells, in the order of HEADER; unknown is an empty cell."""
    label = {name: codes.get for name, codes in lists.items()}
    needs = {code: text for code, text in lists["demande_exprimee"].items() if code != "SANTE"}

    @cache
    def demands(kept: str) -> str:
        return ", ".join(needs[code] for code in json.loads(kept) if code in needs)

    def cells(row: Any) -> Sequence[str]:
        named = row.kind == "named"
        if named and row.person_birth_date:
            age = str(age_on(row.person_birth_date, row.day))
        elif named:
            age = "" if row.person_stated_age is None else str(row.person_stated_age)
        else:
            age = label["tranche_age"](row.age_band, "")
        meeting = row.meeting_at and row.meeting_at.astimezone(LOCAL)
        return (
            french_date(row.day),
            row.place,
            communes.get(row.place_commune, ""),
            label["qpv"](row.place_qpv, ""),
            label["cadre_contact"](row.setting, ""),
            label["type_contact"](_KINDS[row.kind], ""),
            str(row.women),
            str(row.men),
            str(row.unspecified),
            row.adviser,
            row.person_birth_name or "",
            row.person_given_name or "",
            french_date(row.person_birth_date) if row.person_birth_date else "",
            age,
            label["sexe"](row.person_sex if named else row.sex, ""),
            show_phone(row.person_phone) if row.person_phone else "",
            row.person_email or "",
            row.person_postal_code or "",
            communes.get(row.person_commune, ""),
            (row.person_qpv_status != "NON" and label["qpv"](row.person_qpv, ""))
            or label["qpv_statut"](row.person_qpv_status, ""),
            label["situation_categorie"](row.category, ""),
            label["duree_sans_activite"](row.inactive_since, ""),
            label["niveau_formation"](row.level, ""),
            label["diplome_plus_eleve"](row.diploma, ""),
            label["inscrit_ft"](row.registered_ft, ""),
            label["connaissance_ml"](row.known, ""),
            origins.get(row.origin, ""),
            demands(row.needs),
            label["resultat_contact"](row.outcome, ""),
            f"{meeting:%d/%m/%Y %H:%M}" if meeting else "",
            row.meeting_place or "",
            label["statut_rattachement"](row.person_handover, ""),
            str(row.person_imilo_number or ""),
            french_date(row.recall_on) if row.recall_on else "",
            label["modalite_info_rgpd"](row.notice_how, ""),
        )

    return cells
