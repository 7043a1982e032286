"""The information notice that a person is given (RGPD art. 13, domain.md 4.6), as one text for each language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LANGUAGES = ("fr", "en", "ar", "uk", "tr", "de")
UNSIGNED = ("REFUS", "PAS_LE_TEMPS", "NE_PEUT_PAS")
"""Why nobody signed: a signature is never needed."""
YOUNG = range(16, 18)
"""Ages that are shown the plain version, where the language has one."""


@dataclass(frozen=True)
class Office:
    """Who answers for the notice: the Mission Locale, and how to reach it."""

    name: str
    town: str
    phone: str
    email: str


@dataclass(frozen=True)
class Paragraph:
    """A heading and a few sentences; the first ones have an `icon`."""

    heading: str
    text: str
    icon: str = ""


@dataclass(frozen=True)
class NoticeText:
    """One language of one version. `words` are those of the page around it; `review` says who still has to read it."""

    version: str
    language: str
    name: str
    right_to_left: bool
    review: str
    title: str
    intro: str
    paragraphs: tuple[Paragraph, ...]
    words: Mapping[str, str]


@dataclass(frozen=True)
class Chosen:
    """What somebody chose on the turned screen. `signature` is that of `domain.strokes`; `unsigned` says why there is none.

    `agrees` has the ways asked (sms, call, email) and `partner` where one was named: true only where it was ticked.
    """

    version: str
    language: str
    agrees: Mapping[str, bool]
    signature: str = ""
    unsigned: str = ""


def notice_text(said: Mapping[str, Any], office: Office, age: int | None) -> NoticeText:
    """The text of a file of `resources/notice`, the plain version for 16 and 17 where there is one."""
    body = said["young"] if age in YOUNG and "young" in said else said
    named = {
        "office": office.name,
        "town": office.town,
        "phone": office.phone.replace(" ", "\u00a0"),
        "email": office.email,
    }
    return NoticeText(
        version=said["version"],
        language=said["language"],
        name=said["name"],
        right_to_left=said.get("right_to_left", False),
        review=said["review"],
        title=body["title"],
        intro=body["intro"],
        paragraphs=tuple(
            Paragraph(one["heading"], one["text"].format(**named), one.get("icon", "")) for one in body["paragraph"]
        ),
        words=said["words"],
    )
