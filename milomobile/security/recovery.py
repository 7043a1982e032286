"""The recovery code: 128 random bits as 26 characters that are read out, typed and checked by people."""

import hashlib
import secrets

from milomobile.errors import WrongPassword

INVALID = "Ce code n’est pas valable. Vérifiez-le avec le bureau."
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_recovery_code() -> str:
    """26 characters of Crockford's base32 in groups of 4: 128 random bits and 2 that check them."""
    secret = secrets.token_bytes(16)
    number = int.from_bytes(secret) << 2 | hashlib.sha256(secret).digest()[0] >> 6
    letters = "".join(_LETTERS[number >> 5 * place & 31] for place in reversed(range(26)))
    return "-".join(letters[i : i + 4] for i in range(0, 26, 4))


def recovery_secret(code: str) -> str:
    """The secret in a recovery code, read forgivingly (O is 0, I and L are 1); raises WrongPassword."""
    letters = code.upper().translate(str.maketrans("OIL", "011", "-–— \u00a0\u202f\t\r\n."))
    if len(letters) == 26 and all(c in _LETTERS for c in letters):
        number = 0
        for c in letters:
            number = number << 5 | _LETTERS.index(c)
        secret = (number >> 2).to_bytes(16)
        if hashlib.sha256(secret).digest()[0] >> 6 == number & 3:
            return secret.hex()
    raise WrongPassword(INVALID)
