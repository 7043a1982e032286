"""What the office hands over to bind a laptop: an address and a one-time code, typed, pasted or in a file."""

import re

_ADDRESS = re.compile(r"https?://[^\s\"'<>,;]+")
_CODE = re.compile(r"(?<![\w-])\w{4}(?:[- ]?\w{4}){3}(?![\w-])", re.ASCII)


def invited(text: str) -> tuple[str | None, str | None]:
    """(address, code) as found in a text: what `milomobile-server invite` printed, with or without --json, or a note."""
    address, code = _ADDRESS.search(text), _CODE.search(text)
    return address[0] if address else None, code[0] if code else None
