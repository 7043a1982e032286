"""Pages as PDF out of the templates of resources/paper: tagged, in our fonts, texts as texts (docs/decisions/0016)."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from milomobile.paths import RESOURCES


def pdf(template: str, data: Mapping[str, Any], at: datetime) -> bytes:
    """A template filled with data, which are never read as markup; `at` is the time written into the file.

    It is PDF/UA-1 (ISO 14289-1): the library refuses to write what a screen reader could not read. Every template reads
    `title`, `office`, `address` (lines), `foot` and whether pages are `numbered`.
    """
    import typst

    folder, fonts = RESOURCES / "paper", RESOURCES / "fonts"
    return typst.compile(
        folder / f"{template}.typ",
        root=folder,
        font_paths=[fonts, fonts / "notice"],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int(at.timestamp()),
    )
