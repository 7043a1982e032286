"""What rdv-insertion is sent, and how it answers: its API v1, `create_and_invite_many` (domain.md 2.4).

The address of an invitation is the person's telephone (it goes as SMS) or e-mail, and only where they agreed to that way. No
address, tag, situation or free text is ever sent.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import requests

from milomobile.domain.dates import french_date
from sync.server.kinds import day
from sync.server.wrong import Wrong

NAME = "rdv-insertion"
FIELDS = {
    "title": "Civilité",
    "first_name": "Prénom",
    "last_name": "Nom d’usage, ou de naissance",
    "birth_name": "Nom de naissance",
    "birth_date": "Date de naissance",
    "phone_number": "Téléphone, si la personne accepte les SMS",
    "email": "Courriel, si la personne accepte les courriels",
}
AT_ONCE = 25
A_MINUTE = 5
"""Calls that create many, each minute, at most."""
_TITLES = {"F": "madame", "M": "monsieur"}
_TIMEOUTS = (6.0, 30.0)


def user(person: Mapping[str, Any]) -> dict[str, str] | None:
    """One person as plain values of a record's `set` → what is sent; None where they cannot be invited."""
    agrees = person.get("agrees") or {}
    ways = {
        "phone_number": person.get("phone") if agrees.get("sms") else None,
        "email": person.get("email") if agrees.get("email") else None,
    }
    names = {"first_name": person.get("given_name"), "birth_name": person.get("birth_name")}
    title = _TITLES.get(str(person.get("sex")))
    if title is None or not all(names.values()) or not any(ways.values()):
        return None
    born = day(person.get("birth_date"))
    said = {
        "title": title,
        **names,
        "last_name": person.get("usual_name") or names["birth_name"],
        "birth_date": french_date(born) if born else None,
        **ways,
    }
    return {field: str(said[field]) for field in FIELDS if said.get(field)}


def batches(users: Sequence[tuple[str, dict[str, str]]]) -> Iterator[Sequence[tuple[str, dict[str, str]]]]:
    """(person, user) in runs of at most `AT_ONCE`."""
    for first in range(0, len(users), AT_ONCE):
        yield users[first : first + AT_ONCE]


class Refused(Exception):
    """The other end refused a batch; the text is what it said of it, without values."""


class TooOften(Exception):
    """To be tried again after so many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def sign_in(http: requests.Session, url: str, email: str, password: str) -> dict[str, str]:
    """The headers that prove who we are, good for a day. Raises Wrong."""
    answer = _post(http, f"{url}/api/v1/auth/sign_in", {"email": email, "password": password}, {})
    names = ("access-token", "client", "uid")
    if answer.status_code != 200 or not all(answer.headers.get(name) for name in names):
        raise Wrong(
            f"{NAME} refuse le compte donné ({answer.status_code}). Rien n’a été envoyé. Vérifiez l’adresse et le mot "
            "de passe, puis «\u00a0feed rdv-insertion enable\u00a0» de nouveau."
        )
    return {name: answer.headers[name] for name in names}


def create_and_invite_many(
    http: requests.Session, url: str, organisation: int, known: Mapping[str, str], users: Sequence[dict[str, str]]
) -> None:
    """One batch, taken or not as a whole; raises Refused, TooOften or Wrong. Sent twice it changes nothing there."""
    path = f"{url}/api/v1/organisations/{organisation}/users/create_and_invite_many"
    answer = _post(http, path, {"users": list(users)}, known)
    if answer.status_code in (200, 201, 202):
        return
    if answer.status_code == 429:
        wait = answer.headers.get("Retry-After", "60")
        raise TooOften(min(int(wait), 600) if wait.isdecimal() else 60)
    if answer.status_code in (400, 422):
        raise Refused(_fields(answer))
    raise Wrong(
        f"{NAME} a répondu {answer.status_code}. Ce qui était déjà envoyé est noté, le reste le sera la prochaine fois."
    )


def _post(http: requests.Session, url: str, body: object, headers: Mapping[str, str]) -> requests.Response:
    try:
        return http.post(url, json=body, headers=dict(headers), timeout=_TIMEOUTS, allow_redirects=False)
    except requests.RequestException as wrong:
        raise Wrong(
            f"{NAME} ne répond pas ({type(wrong).__name__}). Ce qui n’est pas confirmé sera renvoyé la prochaine fois, sans "
            "double."
        ) from None


def _fields(answer: requests.Response) -> str:
    """The names of the fields that an answer complains of: its texts may repeat values."""
    try:
        told = answer.json()
    except ValueError:
        return "sans raison lisible"
    found = sorted({field for field in FIELDS if f'"{field}"' in answer.text or f"'{field}'" in str(told)})
    return ", ".join(found) or "sans champ nommé"
