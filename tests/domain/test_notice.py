"""The notice says what the law asks, in every language, with letters that the shipped fonts have."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from milomobile import reference
from milomobile.domain.notice import LANGUAGES, NoticeText
from milomobile.paths import RESOURCES

ALL = reference.notices(None)


def named(language: str, age: int | None = None) -> NoticeText:
    return next(text for text in reference.notices(age) if text.language == language)


def test_every_language_is_of_the_version_recorded_and_asks_the_same() -> None:
    assert tuple(text.language for text in ALL) == LANGUAGES
    assert {text.version for text in ALL} == {reference.NOTICE_VERSION}
    assert len({len(text.paragraphs) for text in ALL}) == 1
    assert len({tuple(text.words) for text in ALL}) == 1
    assert [text.language for text in ALL if text.right_to_left] == ["ar"]


def test_all_but_french_are_marked_to_be_read_again() -> None:
    assert {text.language for text in ALL if not text.review} == {"fr"}
    assert {text.review for text in ALL if text.review} == {"à relire par un locuteur natif"}


@pytest.mark.parametrize("age", [None, 17])
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_names_the_office_how_to_reach_it_how_long_and_the_authority(language: str, age: int | None) -> None:
    office, text = reference.office(), named(language, age)
    whole = " ".join(paragraph.text for paragraph in text.paragraphs)
    for said in (office.name, office.town, office.email, office.phone.replace(" ", "\u00a0"), "CNIL", "5314-1"):
        assert said in whole
    assert "12" in whole and "24" not in whole
    assert "{" not in whole


def test_sixteen_and_seventeen_read_plainer_french() -> None:
    young, others = named("fr", 16), named("fr", 18)
    assert young.title != others.title
    assert named("fr", 17) == young
    assert named("fr", 18) == named("fr", None)
    assert "parents" in " ".join(paragraph.heading for paragraph in young.paragraphs)


def test_the_shipped_fonts_have_every_letter() -> None:
    fonts = RESOURCES / "fonts"
    for weight in ("Regular", "SemiBold"):
        known: set[int] = {0x2066, 0x2069}
        for file in [*fonts.glob(f"*-{weight}.ttf"), *(fonts / "notice").glob(f"*-{weight}.ttf")]:
            known |= set(TTFont(file).getBestCmap())
        for text in (*ALL, named("fr", 17)):
            parts = [text.title, text.intro, text.name, *text.words.values()]
            for paragraph in text.paragraphs:
                parts += [paragraph.heading, paragraph.text]
            assert {letter for letter in "".join(parts) if ord(letter) not in known} == set()


def test_the_fonts_come_with_their_licence() -> None:
    for file in (RESOURCES / "fonts" / "notice").glob("*.ttf"):
        family = Path(file).stem.split("-")[0].removesuffix("Cyrillic")
        assert "SIL OPEN FONT LICENSE" in (file.parent / f"OFL-{family}.txt").read_text(encoding="utf-8")
