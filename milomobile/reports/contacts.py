"""The file `contacts`: one line an encounter of any kind (domain.md 5.2)."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from milomobile.domain.dates import age_on
from milomobile.reports.columns import Column, Layout, Row, grouped
from milomobile.reports.lists import UNSAID

_KINDS = {"named": "NOMINATIF", "anonymous": "ANONYME", "group": "GROUPE"}
_MET, _TODAY, _NEXT, _WHO = "Arrêt et date", "Situation et demandes", "Suite proposée", "Nom et téléphone"
_COLUMNS = {
    column.title: column
    for column in (
        *grouped(
            _MET,
            Column("Date", "day", "date"),
            Column("Lieu", "place"),
            Column("Commune du lieu", "place_commune", codes="commune"),
            Column("QPV du lieu", "place_qpv", codes="qpv"),
            Column("Cadre", "setting", codes="cadre_contact"),
            Column("Conseiller", "adviser"),
            Column("Type", "kind", codes="type_contact"),
            Column("Femmes", "women", "number"),
            Column("Hommes", "men", "number"),
            Column("Non précisé", "unspecified", "number"),
        ),
        *grouped(
            _WHO,
            Column("Nom", "birth_name", naming=True),
            Column("Prénom", "given_name", naming=True),
            Column("Date de naissance", "birth_date", "date", naming=True),
            Column("Téléphone", "phone", "phone", naming=True),
            Column("Courriel", "email", naming=True),
            Column("N° dossier I-MILO", "imilo_number", naming=True),
        ),
        *grouped(
            "Tranche d’âge et sexe",
            Column("Âge", "age", "number", codes="tranche_age"),
            Column("Sexe", "sex", codes="sexe"),
        ),
        *grouped(
            "Commune et QPV",
            Column("Code postal", "postal_code"),
            Column("Commune", "commune", codes="commune"),
            Column("QPV", "qpv", codes="qpv_ou_statut"),
        ),
        *grouped(
            _TODAY,
            Column("Situation", "category", codes="situation_categorie"),
            Column("Sans activité depuis", "inactive_since", codes="duree_sans_activite"),
            Column("Niveau", "level", codes="niveau_formation"),
            Column("Diplôme", "diploma", codes="diplome_plus_eleve"),
            Column("Inscrit FT", "registered_ft", codes="inscrit_ft"),
            Column("Connu ML", "known", codes="connaissance_ml"),
            Column("Origine (regroupée)", "origin", codes="origine_regroupee"),
            Column("Demandes", "needs", "many", codes="demande_dite"),
        ),
        *grouped(
            _NEXT,
            Column("Résultat", "outcome", codes="resultat_contact"),
            Column("RDV le", "meeting_at", "time"),
            Column("RDV lieu", "meeting_place"),
            Column("Rattachement", "handover", codes="statut_rattachement"),
            Column("À recontacter le", "recall_on", "date"),
            Column("Information RGPD", "notice", codes="modalite_info_rgpd"),
        ),
    )
}
HEADER = (
    "Date;Lieu;Commune du lieu;QPV du lieu;Cadre;Type;Femmes;Hommes;Non précisé;Conseiller;Nom;Prénom;"
    "Date de naissance;Âge;Sexe;Téléphone;Courriel;Code postal;Commune;QPV;Situation;"
    "Sans activité depuis;Niveau;Diplôme;Inscrit FT;Connu ML;Origine (regroupée);Demandes;Résultat;"
    "RDV le;RDV lieu;Rattachement;N° dossier I-MILO;À recontacter le;Information RGPD"
).split(";")
LAYOUT = Layout("contacts", "Contacts", 1, tuple(_COLUMNS[title] for title in HEADER))


def values_of(origins: Mapping[str, str]) -> Callable[[Any], Row]:
    """A function from one encounter (`store.files.contacts`) to its values, in the order of HEADER."""

    @cache
    def told(needs: str) -> tuple[str, ...] | None:
        return tuple(code for code in json.loads(needs) if code != UNSAID) or None

    def values(row: Any) -> Row:
        named = row.kind == "named"
        age = row.age_band
        if named:
            age = age_on(row.person_birth_date, row.day) if row.person_birth_date else row.person_stated_age
        return (
            row.day,
            row.place,
            row.place_commune,
            row.place_qpv,
            row.setting,
            _KINDS.get(row.kind),
            row.women,
            row.men,
            row.unspecified,
            row.adviser,
            row.person_birth_name,
            row.person_given_name,
            row.person_birth_date,
            age,
            row.person_sex if named else row.sex,
            row.person_phone,
            row.person_email,
            row.person_postal_code,
            row.person_commune,
            (row.person_qpv if row.person_qpv_status != "NON" else None) or row.person_qpv_status,
            row.category,
            row.inactive_since,
            row.level,
            row.diploma,
            row.registered_ft,
            row.known,
            origins.get(row.origin),
            told(row.needs),
            row.outcome,
            row.meeting_at,
            row.meeting_place,
            row.person_handover,
            None if row.person_imilo_number is None else str(row.person_imilo_number),
            row.recall_on,
            row.notice_how,
        )

    return values
