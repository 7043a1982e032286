"""JSON Lines for programs, and the JSON Schema that says what stands in them."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO

from milomobile.domain.choices import Lists
from milomobile.reports.columns import Column, Layout
from milomobile.reports.sheets import Put, text_over
from milomobile.reports.wording import plain

_TYPES = {"number": "integer", "many": "array"}


@contextmanager
def json_lines(file: BinaryIO, columns: Sequence[Column]) -> Iterator[Put]:
    """Writes each line that is put as one object, by the keys of its columns; unknown is null."""
    with text_over(file) as text:

        def put(row: Sequence[Any]) -> None:
            made = {
                column.key: None if value is None else plain(column, value)
                for column, value in zip(columns, row, strict=True)
            }
            text.write(json.dumps(made, ensure_ascii=False) + "\n")

        yield put


def schema(layout: Layout, columns: Sequence[Column], lists: Lists) -> bytes:
    """The JSON Schema (2020-12) of one line, as UTF-8."""
    properties = {column.key: _property(column, lists) for column in columns}
    made = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{layout.title}, version {layout.version}",
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return json.dumps(made, ensure_ascii=False, indent=1).encode() + b"\n"


def _property(column: Column, lists: Lists) -> dict[str, Any]:
    known = sorted(lists.get(column.codes or "", {}))
    kind: Any = _TYPES.get(column.kind, "string")
    made: dict[str, Any] = {"title": column.title, "type": [kind, "null"]}
    if column.kind in ("date", "time"):
        made["format"] = "date" if column.kind == "date" else "date-time"
    if column.kind == "number" and known:
        made["type"] = [kind, "string", "null"]
    elif column.kind == "many":
        made["items"] = {"enum": known}
    elif known and len(known) < _LISTED:
        made["enum"] = [*known, None]
    return made


_LISTED = 200
"""A longer list (communes) is not told code by code."""
