"""The office's invitation is found in whatever it was written down in."""

import json

import pytest

from milomobile.domain.invitation import invited

CODE, URL = "7KQ2-9FZM-3T8A-XW5D", "https://bureau.exemple.fr:8443"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (json.dumps({"code": CODE, "expires": "2026-11-26T06:20:00+00:00", "url": URL}), (URL, CODE)),
        (json.dumps({"code": CODE, "expires": "2026-11-26T06:20:00+00:00", "url": None}), (None, CODE)),
        (f"code: {CODE}  expires: 2026-11-26T06:20:00+00:00  url: {URL}\n", (URL, CODE)),
        (f"Bonjour Camille,\r\nle code du camion est {CODE}.\r\n", (None, CODE)),
        ("7kq2 9fzm 3t8a xw5d", (None, "7kq2 9fzm 3t8a xw5d")),
        ("7KQ29FZM3T8AXW5D", (None, "7KQ29FZM3T8AXW5D")),
        (URL, (URL, None)),
        ("01a20e12-2580-72aa-b4c5-938f2f0d5e77", (None, None)),
        ("", (None, None)),
        ("Liste de courses : pain, lait", (None, None)),
    ],
)
def test_what_is_found(text: str, found: tuple[str | None, str | None]) -> None:
    assert invited(text) == found
