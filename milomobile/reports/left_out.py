"""What a file of the office does not tell, and why: said with every file, and in its sheet « À lire »."""

from collections.abc import Sequence
from datetime import date

from milomobile.domain.dates import french_date
from milomobile.domain.files import delete_by
from milomobile.reports.columns import Column

NEVER = "Critères protégés, santé et commentaires n’y sont jamais."
ORIGINS = "Les origines sensibles (protection, justice, soins, hébergement) y sont regroupées avec d’autres."
ZEROS = (
    "Un double-clic sur un CSV fait perdre à Excel le zéro de tête des codes postaux 01 à 09. Le format Excel le garde."
)
SMALL = (
    "Les chiffres de 1 à 4 y sont masqués, et d’autres avec eux\u00a0: «\u00a0masqué\u00a0». Combien ont été rencontrés, où et "
    "quand, est dit."
)
PROTECTED = (
    "Les critères protégés n’y sont pas\u00a0: ils sont comptés sur un mois, un trimestre ou une année entiers et passés, ou du "
    "premier contact à la fin d’un tel mois, car deux périodes qui se recoupent rendraient les petits chiffres."
)
NO_SERVICE = ("L’annuaire n’a aucun service\u00a0: le fichier n’a que ses titres.",)
EMPTY = ("Rien sur cette période\u00a0: le fichier n’a que ses titres.",)
ANSWERS = "Les dernières colonnes sont à remplir par le bureau."


def by_name(columns: Sequence[Column], today: date) -> tuple[str, ...]:
    """What a file with names asks of whoever has it; of one without, that it has none."""
    naming = [column.title for column in columns if column.naming and not column.answer]
    if not naming:
        return ("Fichier sans nom ni téléphone.",)
    return (
        f"Fichier nominatif ({', '.join(naming)})\u00a0: à garder sur le réseau du bureau, jamais dans une messagerie.",
        f"À effacer au plus tard le {french_date(delete_by(today))}.",
    )


def unnamed(encounters: int) -> tuple[str, ...]:
    """Encounters that stand without a name."""
    return _some(encounters, "rencontre y est sans nom", "rencontres y sont sans nom", "sa fiche", "leur fiche")


def limited(people: int) -> tuple[str, ...]:
    """People who are not in a file by name."""
    return _some(people, "personne n’y est pas", "personnes n’y sont pas", "sa fiche", "leur fiche")


def _some(count: int, one: str, many: str, its: str, their: str) -> tuple[str, ...]:
    if not count:
        return ()
    return (f"{count} {one if count == 1 else many}\u00a0: l’usage de {its if count == 1 else their} est limité.",)


def reduced(encounters: int) -> tuple[str, ...]:
    """Encounters whose answers only the office still has."""
    if not encounters:
        return ()
    many = encounters > 1
    return (
        f"{encounters} rencontre{'s' * many} envoyée{'s' * many} depuis plus de sept jours n’{'ont' if many else 'a'} plus "
        f"{'leurs' if many else 'ses'} réponses sur ce poste\u00a0: le serveur du bureau les a.",
    )
