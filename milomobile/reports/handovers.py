"""The file `rattachements`: who is to be typed into I-MILO, in the order of its identity screen (domain.md 5.2)."""

from typing import Any

from milomobile.domain.phones import show_phone
from milomobile.reports.columns import Column, Layout, Row, titles

ID = Column("Identifiant", "id")
RESULT = Column(
    "Résultat du rattachement",
    "result",
    codes="statut_rattachement",
    answer=True,
    choices=("A_RATTACHER", "RATTACHE", "DEJA_DOSSIER", "REFUS", "HORS_PERIMETRE", "SANS_SUITE"),
)
NUMBER = Column("N° dossier I-MILO", "imilo_number", naming=True, answer=True)
SCHEME = Column(
    "Dispositif",
    "scheme",
    codes="dispositif",
    answer=True,
    choices=("CEJ", "PACEA", "PPAE", "OF16_18", "AUCUN"),
)
APPOINTMENT = Column(
    "RDV honoré",
    "appointment_status",
    codes="rdv_statut",
    answer=True,
    choices=("PRESENT", "ABSENT", "ANNULE", "REPORTE"),
)
ANSWERS = (RESULT, NUMBER, SCHEME, APPOINTMENT)
"""What the office fills in and sends back with `import rattachements`."""
COLUMNS = (
    ID,
    Column("Civilité", "title", codes="civilite"),
    Column("Nom de naissance", "birth_name", naming=True),
    Column("Nom d’usage", "usual_name", naming=True),
    Column("Prénom", "given_name", naming=True),
    Column("Date de naissance", "birth_date", "date", naming=True),
    Column("Commune de naissance", "birth_place", naming=True),
    Column("Adresse", "address", naming=True),
    Column("Code postal", "postal_code"),
    Column("Commune", "commune", codes="commune"),
    Column("Téléphone", "phone", "phone", naming=True),
    Column("Courriel", "email", naming=True),
    Column("Représentant légal", "guardian", naming=True),
    Column("Situation", "category", codes="situation_categorie"),
    Column("Niveau", "level", codes="niveau_formation"),
    *ANSWERS,
)
TITLES = titles(COLUMNS)
LAYOUT = Layout("rattachements", "Rattachements", 1, COLUMNS)


def values(row: Any) -> Row:
    """The values of one person (`store.files.handovers`); the answers are the office's to give."""
    guardian = (row.guardian_name, row.guardian_phone and show_phone(row.guardian_phone))
    return (
        row.id,
        row.sex if row.sex in ("F", "M") else None,
        row.birth_name,
        row.usual_name,
        row.given_name,
        row.birth_date,
        ", ".join(said for said in (row.birth_place, row.birth_country) if said) or None,
        row.address,
        row.postal_code,
        row.commune,
        row.phone,
        row.email,
        ", ".join(said for said in guardian if said) or None,
        row.category,
        row.level,
        *(None for _ in ANSWERS),
    )
