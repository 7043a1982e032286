"""Which passwords are strong enough: 80 bits by the CNIL's formula (délibération 2022-100), one rule everywhere."""

import math

from milomobile.domain.team import Strength

RULE = "Au moins 12 caractères variés (minuscules, majuscules, chiffres, signes), ou une phrase de 7 mots."
_LENGTHS = {4: 12, 3: 14, 2: 16}
_BITS = 80
_SIGNS = ((str.islower, 26), (str.isupper, 26), (str.isdigit, 10), (lambda c: not c.isalnum(), 37))
"""What a character may be, and how many there are of that kind: 99 signs, as the CNIL counts."""
_WORD_BITS = math.log2(7776)
"""A word drawn from a list of 7776, as the CNIL counts phrases."""
_LOCAL = (
    "milo",
    "milomobile",
    "milo mobile",
    "mission locale",
    "missionlocale",
    "metz",
    "moselle",
    "messin",
    "conseiller",
)
_WORD = 6
"""Letters of a word, or of a run on the keyboard, that make a password one that anybody would try."""
_READ = 72
"""zxcvbn reads no more characters."""


def problem(password: str, name: str = "") -> str | None:
    """The sentence that says what is missing, or None: 12 characters of 4 classes, 14 of 3, 16 of 2, or 7 words.

    What the rule takes is refused where it is among the first million that anybody would try, knowing `name`.
    """
    return _below(password) or (
        f"Ce mot de passe se devine vite\u00a0: un mot, un nom ou une suite connue. {RULE}"
        if _obvious(password, name)
        else None
    )


def strength(password: str, name: str = "") -> Strength:
    """What the meter shows: the share of the 80 bits, 1 only for what `problem` takes."""
    if not password:
        return Strength(0.0, "", False)
    wrong = _below(password)
    share = min(1.0, bits(password) / _BITS)
    if wrong:
        return Strength(min(share, 0.9), "Trop court" if share < 0.9 else "Pas encore assez varié", False)
    if _obvious(password, name):
        return Strength(0.3, "Trop facile à deviner", False)
    return Strength(1.0, "Assez solide", True)


def bits(password: str) -> float:
    """The CNIL's formula: length × log2 of the alphabet, or so much for each different word of a phrase of 7."""
    alphabet = sum(size for kind, size in _SIGNS if any(kind(c) for c in password))
    words = _words(password)
    return max(len(password) * math.log2(alphabet) if alphabet else 0.0, words * _WORD_BITS if words >= 7 else 0.0)


def _below(password: str) -> str | None:
    if _words(password) >= 7:
        return None
    classes = sum(any(kind(c) for c in password) for kind, _ in _SIGNS)
    needed = _LENGTHS.get(classes)
    if needed is None:
        return f"Ce mot de passe n’a qu’une sorte de caractères. {RULE}" if password else RULE
    if len(set(password)) < 6:
        return f"Ce mot de passe répète les mêmes caractères. {RULE}"
    if len(password) < needed:
        return f"Ce mot de passe a {len(password)} caractères\u00a0: il en faut {needed} de cette sorte. {RULE}"
    return None


def _words(password: str) -> int:
    return len({word.casefold() for word in password.split() if len(word) > 1})


def _obvious(password: str, name: str) -> bool:
    from zxcvbn import zxcvbn

    left = password.casefold()
    for part in name.casefold().split():
        left = left.replace(part, "") if len(part) > 2 else left
    if sum(c.isalnum() for c in left) < 6 and left != password.casefold():
        return True
    known = [name, "".join(name.split()), *name.split(), *_LOCAL]
    judged = zxcvbn(password[:_READ], [word.casefold() for word in known if word])
    words = (one for one in judged["sequence"] if one["pattern"] in ("dictionary", "spatial"))
    return int(judged["score"]) <= 1 and any(len(one["token"]) >= _WORD for one in words)
