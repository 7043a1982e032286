"""Why a file could not be written is said in words, with no value of the system's language."""

import errno
from pathlib import Path

import pytest

from milomobile.domain.disk import too_long, why


def test_a_folder_that_is_not_there_and_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    for place, words in ((tmp_path / "no" / "file", "n’existe pas"), (tmp_path, "c’est un dossier")):
        with pytest.raises(OSError) as wrong:
            place.write_text("a")
        assert words in why(wrong.value)


def test_what_has_no_word_has_its_number() -> None:
    assert why(OSError(errno.EPIPE, "Broken pipe")) == f"erreur {errno.EPIPE} du système"
    assert why(OSError("no number")) == "le disque ne répond pas"


def test_a_name_that_no_disk_holds_is_told_short(tmp_path: Path) -> None:
    for place in (tmp_path / ("x" * 300), tmp_path / ("x" * 300) / "y"):
        with pytest.raises(OSError) as wrong:
            place.stat()
        said = too_long(wrong.value)
        assert said and f"«\u00a0{'x' * 30}…\u00a0»" in said and len(said) < 120
    assert too_long(OSError(errno.ENOENT, "no")) is None and too_long(ValueError()) is None
