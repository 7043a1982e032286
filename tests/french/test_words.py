"""One word for one thing: what no screen, sentence or French page says, what it says instead, and why."""

import re
from dataclasses import dataclass

import pytest

from tests.documents.reading import documents, text
from tests.french.test_french import said

KEPT = re.compile("Courriel|synchronisé par")
"""The title of a column that offices know, and folders that other programs copy away."""


@dataclass(frozen=True)
class Word:
    """`never` is a pattern; `but` is where it stands rightly."""

    never: str
    instead: str
    why: str
    but: str = ""


WORDS = (
    Word("portables?", "poste, ordinateur", "le téléphone aussi est portable"),
    Word("PC|laptop|notebook|tablette", "poste, ordinateur", "un seul nom"),
    Word(
        r"(?:inscrite|gardée?s?|fiches?|chiffrée?s?|reste|relié|profil) (?:de|sur|à) (?:cet |l’)ordinateur",
        "ce poste",
        "le poste est ce qui tient les fiches et que le bureau connaît\u00a0; l’ordinateur est l’appareil, qui s’éteint ou se vole",
    ),
    Word("camionnettes?|fourgons?|véhicules?|van", "camion", "celui de la Milo Mobile"),
    Word("bénéficiaires?|usagers?|publics? reçus?", "jeune, personne", "ce qu’ils sont", "Bénéficiaire du RSA"),
    Word("opérateurs?|opératrices?|agents?", "conseiller ou conseillère, personne de l’équipe", "ce qu’ils sont"),
    Word(
        "synchronis(?:er|ez|e|ation|ations)|synchro",
        "envoyer, envoi",
        "seul le bouton porte ce mot",
        "«\u00a0Synchroniser\u00a0»|^Synchroniser$",
    ),
    Word("transmissions?|transmettre|transférer|transferts?", "envoyer, envoi", "un seul nom", "aucun transfert"),
    Word(
        "suite d(?:es |’)envois|anciens? envois?|liste les envois|contenu de cet envoi",
        "élément",
        "un envoi en porte beaucoup, comme le disent les compteurs",
    ),
    Word("fusion(?:s|né|née|nées|ner)?", "réunir, réunion", "comme le bouton «\u00a0Réunir les deux fiches\u00a0»"),
    Word("supprim\\w*", "effacer, retirer", "on efface une fiche, on retire une personne de l’équipe"),
    Word("courriels?|mails?|emails?", "e-mail", "comme la question du formulaire"),
    Word("support", "assistance", "comme le bouton «\u00a0Préparer un fichier pour l’assistance…\u00a0»"),
    Word("hors[ -]ligne|déconnecté", "hors connexion", "comme l’état en bas à gauche"),
    Word("code de (?:récupération|restauration|rescue)|clé de secours", "code de secours", "un seul nom"),
    Word("critères (?:réservés|sensibles)|données sensibles", "critères protégés", "comme la section du formulaire"),
    Word(
        "clôturer|clôturé|terminer l’arrêt|fermer l’arrêt", "clore, clos", "comme le bouton «\u00a0Clore l’arrêt\u00a0»"
    ),
    Word("ébauches?", "brouillon", "un seul nom"),
    Word("enrôle\\w*|appair\\w*|enregistrer ce poste", "relier", "comme le bouton «\u00a0Relier ce poste\u00a0»"),
    Word("duplicats?|doublons?", "fiche en double", "comme le guide le dit"),
    Word("mode (?:confidentiel|masqué|privé)", "mode discret", "comme à gauche de chaque page"),
    Word("clefs?", "clé", "une seule graphie"),
)
_PAGES = [one for one in documents() if one.endswith((".1", ".8"))]


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.instead)
def test_one_word_for_one_thing(word: Word) -> None:
    never = re.compile(rf"(?i)(?<![\w{{`-])(?:{word.never})(?![\w}}`-])")
    texts = (*said(), *((one, text(one)) for one in _PAGES))
    wrong = [
        (place, found[0], word.instead, word.why)
        for place, one in texts
        if (found := never.search(KEPT.sub("", re.sub(word.but, "", one) if word.but else one)))
    ]
    assert wrong == []
