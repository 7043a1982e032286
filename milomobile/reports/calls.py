"""The file `rappels`: whom to call back, and what came of it to be chosen from a list (domain.md 5.2)."""

import json
from typing import Any

from milomobile.domain.dates import age_on
from milomobile.reports.columns import Column, Layout, Row
from milomobile.reports.lists import UNSAID

RESULT = Column(
    "Résultat du rappel",
    "result",
    codes="resultat_contact",
    answer=True,
    choices=(
        "RDV_PRIS",
        "NOUVEAU_PROJET",
        "DEJA_ACCOMPAGNE",
        "CONTACTE_SANS_RETOUR",
        "COORDONNEES_INCORRECT",
        "INJOIGNABLE_APRES_RELANCES",
        "NOUVEAU_CONTRAT",
        "CHERCHE_CONTRAT",
        "REORIENTATION",
        "NE_VEUT_PAS_ACCOMPAGNEMENT",
        "NE_SOUHAITE_PAS_ETRE_RECONTACTE",
        "AUTRE",
    ),
)
COLUMNS = (
    Column("Identifiant", "id"),
    Column("À recontacter le", "recall_on", "date"),
    Column("Nom", "birth_name", naming=True),
    Column("Prénom", "given_name", naming=True),
    Column("Âge", "age", "number"),
    Column("Téléphone", "phone", "phone", naming=True),
    Column("Courriel", "email", naming=True),
    Column("Préférence de contact", "preference", codes="preference_contact"),
    Column("Accord pour les appels", "agrees_call", codes="oui_non"),
    Column("Accord pour les SMS", "agrees_sms", codes="oui_non"),
    Column("Rencontré le", "day", "date"),
    Column("Lieu", "place"),
    Column("Conseiller", "adviser"),
    Column("Demandes", "needs", "many", codes="demande_dite"),
    Column("Résultat de la rencontre", "outcome", codes="resultat_contact"),
    RESULT,
    Column("Rappelé le", "called_on", "date", answer=True),
)
LAYOUT = Layout("rappels", "Rappels", 1, COLUMNS)


def values(row: Any) -> Row:
    """The values of one person (`store.files.recalls`); the answers are the office's to give."""
    return (
        row.id,
        row.recall_on,
        row.birth_name,
        row.given_name,
        age_on(row.birth_date, row.day) if row.birth_date else row.stated_age,
        row.phone,
        row.email,
        row.preference,
        "O" if row.agrees_call else "N",
        "O" if row.agrees_sms else "N",
        row.day,
        row.place,
        row.adviser,
        tuple(code for code in json.loads(row.needs) if code != UNSAID) or None,
        row.outcome,
        None,
        None,
    )
