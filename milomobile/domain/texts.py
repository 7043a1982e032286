"""Texts as people type them: names, addresses, and numbers that must never be kept; and sizes as people read them."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches

_GAP = r"[ .\-/\u00a0\u202f]?"
_DEPARTMENT = rf"(?:{_GAP}\d{_GAP}\d|{_GAP}2{_GAP}[AaBb])"
_NIR = re.compile(rf"(?<![\d+])[12](?:{_GAP}\d){{4}}{_DEPARTMENT}(?:{_GAP}\d){{6}}(?:(?:{_GAP}\d){{2}})?(?!{_GAP}\d)")
_CARD = re.compile(rf"(?<![\d+])(?<!\d[ .\-/\u00a0\u202f])[2-6](?:{_GAP}\d){{13,18}}(?!{_GAP}\d)")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
_DOMAIN = re.compile(r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*\.[^\W\d_]{2,}")
_MAILS = (
    "gmail.com hotmail.fr hotmail.com outlook.fr outlook.com live.fr yahoo.fr yahoo.com ymail.com icloud.com orange.fr "
    "wanadoo.fr free.fr sfr.fr laposte.net bbox.fr proton.me protonmail.com"
).split()
_ACCENT, _NO_WORD = re.compile("[\u0300-\u036f]"), re.compile(r"[^\w\n]|_")
_AZERTY = str.maketrans("&é\"'(-è_çà", "1234567890")


def tidy(text: str) -> str:
    """NFC, outer spaces trimmed, inner runs of white space and control characters made one space."""
    return " ".join("".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", text)).split())


def looks_like_nir(text: str) -> bool:
    """Whether a text holds something like a social security number: 13 or 15 digits from 1 or 2 (domain.md 4.2)."""
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(c, c)) for c in text)
    return _NIR.search(text) is not None


def looks_like_card(text: str) -> bool:
    """Whether a text holds something like a bank card's number: 14 to 19 digits whose last checks them (ISO/IEC 7812)."""
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(c, c)) for c in text)
    return any(_checks(re.sub(r"\D", "", run)) for run in _CARD.findall(text))


def _checks(digits: str) -> bool:
    """Luhn's formula."""
    doubled = (int(c) * (1 + place % 2) for place, c in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def never_kept(text: str) -> str | None:
    """The sentence about a number that no text of ours may hold (domain.md 4.2), or None."""
    if looks_like_nir(text):
        return "Ce texte ressemble à un numéro de sécurité sociale\u00a0: il n’est jamais gardé. Retirez-le."
    if looks_like_card(text):
        return "Ce texte ressemble à un numéro de carte bancaire\u00a0: il n’est jamais gardé. Retirez-le."
    return None


def name_problem(name: str, what: str) -> str | None:
    """Why a name cannot be kept, or None. `what` is « prénom » or « nom »."""
    if len(name) > 80:
        return f"Ce {what} a {len(name)} caractères\u00a0: 80 au plus. Raccourcissez-le."
    if any(c.isdigit() for c in name):
        return f"Un {what} ne contient pas de chiffre."
    if any(not _of_a_name(c) for c in name) or not any(unicodedata.category(c)[0] == "L" for c in name):
        return f"Un {what} s’écrit avec des lettres, des traits d’union, des apostrophes et des espaces."
    return None


def _of_a_name(c: str) -> bool:
    return unicodedata.category(c)[0] in "LM" or c in " -‐‑'’ʼʿʾ`.·\u200c\u200d"


def email_problem(email: str) -> str | None:
    """What looks wrong with an e-mail address, or None."""
    if email.count("@") != 1:
        return "Il manque le «\u00a0@\u00a0»." if "@" not in email else "Une adresse e-mail a un seul «\u00a0@\u00a0»."
    local, domain = email.lower().split("@")
    if " " in email:
        return "Une adresse e-mail n’a pas d’espace."
    if not local or local[0] == "." or local[-1] == "." or ".." in email or not _DOMAIN.fullmatch(domain):
        return "Cette adresse e-mail semble incomplète."
    if domain in _MAILS:
        return None
    meant = get_close_matches(domain, _MAILS, 1, 0.85)
    return f"Vouliez-vous dire {meant[0]}\u00a0?" if meant else None


def plain(text: str) -> str:
    """Lower case without accents; anything that is no letter or digit becomes one space."""
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return " ".join("".join(c if c.isalnum() else "" if unicodedata.combining(c) else " " for c in bare).split())


def plain_lines(texts: Sequence[str]) -> list[str]:
    """`plain` of many texts in Latin letters at once: all communes of France within some key strokes' time."""
    bare = unicodedata.normalize("NFKD", "\n".join(texts).casefold().translate(_LIGATURES))
    words = _NO_WORD.sub(" ", _ACCENT.sub("", bare))
    return [" ".join(line.split()) for line in words.split("\n")]


def initials(given_name: str, birth_name: str) -> str:
    """Two letters for the avatar."""
    return (given_name[:1] + birth_name[:1]).upper()


def digits_from_azerty(text: str) -> str:
    """The digits meant when the unshifted number row of a French keyboard was typed."""
    return text.translate(_AZERTY)


def weight(size: int) -> str:
    """Bytes as « 12 Ko », « 4,1 Mo » or « 120,5 Go »."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))}\u00a0Ko"
    if size < 1024**3:
        return f"{size / 1024**2:.1f}\u00a0Mo".replace(".", ",")
    return f"{size / 1024**3:.1f}\u00a0Go".replace(".", ",")
