"""Which passwords are strong enough: 80 bits by the CNIL's formula (délibération 2022-100), one rule everywhere."""

RULE = "Au moins 12 caractères variés (minuscules, majuscules, chiffres, signes), ou une phrase de 7 mots."
_LENGTHS = {4: 12, 3: 14, 2: 16}


def problem(password: str) -> str | None:
    """The sentence that says what is missing, or None: 12 characters of 4 classes, 14 of 3, 16 of 2, or 7 words."""
    if len({word.casefold() for word in password.split() if len(word) > 1}) >= 7:
        return None
    kinds = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())
    classes = sum(any(kind(c) for c in password) for kind in kinds)
    needed = _LENGTHS.get(classes)
    if needed is None:
        return f"Ce mot de passe n’a qu’une sorte de caractères. {RULE}" if password else RULE
    if len(set(password)) < 6:
        return f"Ce mot de passe répète les mêmes caractères. {RULE}"
    if len(password) < needed:
        return f"Ce mot de passe a {len(password)} caractères : il en faut {needed} de cette sorte. {RULE}"
    return None
