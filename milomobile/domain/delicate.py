"""Words that a factual comment does without: health, justice, origin, belief (domain.md 4.2 and 4.5). A look, never a block."""

import re

from milomobile.domain.texts import plain

_WORDS = (
    "juge",
    "garde a vue",
    "mise a l epreuve",
    "deal",
    "ivg",
    "vih",
    "sida",
    "viol",
    "gay",
    "voile",
    "rom",
    "gitan",
    "juif",
    "sans papiers",
)
_BEGINNINGS = (
    "prison detenu detention bracelet incarcer tribunal condamn delinquan delit sursis braqu trafic stup drogu cannabis "
    "alcool addict toxico overdose sevrage hopita hospitalis psychiatr psycholog depress suicid scarif bipolair schizo "
    "autis handicap malad cancer diabet epilep hepatit medicament enceinte grossesse avort agress sexuel homosexuel "
    "lesbien transgenre religi musulman islam chretien mosquee immigr clandestin syndic extremis radicalis"
).split()
_DELICATE = re.compile(rf"\b(?:(?:{'|'.join(_WORDS)})s?\b|(?:{'|'.join(_BEGINNINGS)})\w*)")


def delicate_word(text: str) -> str | None:
    """The first such word of a text, in lower case without accents, or None."""
    found = _DELICATE.search(plain(text))
    return found[0] if found else None
