"""Pages as PDF out of the templates of resources/paper: tagged, in our fonts, texts as texts (docs/decisions/0016)."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from milomobile.paths import RESOURCES


def pdf(template: str, data: Mapping[str, Any], at: datetime) -> bytes:
    """A template filled with data, which are never read as markup; `at` is the time written into the file.

    It is PDF/UA-1 (ISO 14289-1), which the library refuses to write where a screen reader could not read something. That is
    so of a letter that none of our fonts has (an emoji in a place's name): then it is tagged alike, but does not say so.
    Every template reads `title`, `office`, `address` (lines), `foot` and whether pages are `numbered`.
    """
    import typst

    def made(standard: Literal["ua-1"] | None) -> bytes:
        return typst.compile(
            RESOURCES / "paper" / f"{template}.typ",
            root=RESOURCES / "paper",
            font_paths=[RESOURCES / "fonts", RESOURCES / "fonts" / "notice"],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=standard,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            timestamp=int(at.timestamp()),
        )

    try:
        return made("ua-1")
    except typst.TypstError:
        return made(None)
