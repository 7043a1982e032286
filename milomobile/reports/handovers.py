"""The file `rattachements`: who is to be typed into I-MILO, in the order of its identity screen (domain.md 5.2)."""

from milomobile.reports.columns import Column, titles

VERSION = 1
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
    Column("Civilité", "title"),
    Column("Nom de naissance", "birth_name", naming=True),
    Column("Nom d’usage", "usual_name", naming=True),
    Column("Prénom", "given_name", naming=True),
    Column("Date de naissance", "birth_date", "date", naming=True),
    Column("Commune de naissance", "birth_place", naming=True),
    Column("Adresse", "address", naming=True),
    Column("Code postal", "postal_code"),
    Column("Commune", "commune"),
    Column("Téléphone", "phone", naming=True),
    Column("Courriel", "email", naming=True),
    Column("Représentant légal", "guardian", naming=True),
    Column("Situation", "category", codes="situation_categorie"),
    Column("Niveau", "level", codes="niveau_formation"),
    *ANSWERS,
)
TITLES = titles(COLUMNS)
