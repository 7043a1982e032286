"""One of the office's files, from its lines to the disk: the form asked for, what goes beside it, whole or not at all."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import date
from pathlib import Path
from typing import BinaryIO

from milomobile.domain.choices import Lists
from milomobile.domain.files import Asked, Told
from milomobile.errors import Cancelled, NotReady
from milomobile.reports import left_out
from milomobile.reports.columns import NO_COLUMN, Column, Layout, Row, titles
from milomobile.reports.objects import json_lines, schema
from milomobile.reports.safely import together
from milomobile.reports.sheets import Put, csv_lines
from milomobile.reports.wording import coded, said
from milomobile.reports.workbook import workbook_lines

STOPPED = "Export annulé. Rien n’est écrit, et les fiches sont intactes."
_AT_ONCE = 500
"""Lines between two looks at whether to stop."""
Tell = Callable[[int], object]
Notes = Callable[[], Sequence[str]]
Book = Callable[[BinaryIO, str, Sequence[Column], Lists, Notes], AbstractContextManager[Put]]
"""Makes a workbook as `workbook_lines` does."""


def write(
    layout: Layout,
    rows: Iterable[Row],
    asked: Asked,
    lists: Lists,
    place: Path,
    today: date,
    notes: Notes = lambda: (),
    password: str | None = None,
    tell: Tell = lambda count: None,
    stopped: Callable[[], bool] = lambda: False,
    book: Book = workbook_lines,
    noted: Callable[[], object] = lambda: None,
) -> Told:
    """Writes the lines to `place` (a ZIP where there is a password), flat in memory. Raises NotReady, NoRoom, Cancelled.

    `notes` tell, once the lines are written, what is left out; those that every such file has are added. Beside it stand
    the same lines with codes (`…_codes.csv`) where asked, and the schema of JSON Lines (`….schema.json`): all of them or
    none, and never in the place of another file. `noted` is called once all is written: where it raises, there is no file.
    """
    chosen = layout.chosen(asked.columns)
    columns = [layout.columns[at] for at in chosen]
    if not columns:
        raise NotReady(NO_COLUMN)
    zeros = asked.form == "csv" and any(column.key == "postal_code" for column in columns)

    def told() -> tuple[str, ...]:
        return (*left_out.by_name(columns, today), *notes(), *((left_out.ZEROS,) if zeros else ()))

    whole = len(chosen) == len(layout.columns)
    files: list[Path] = []
    puts: list[Put] = []
    with together(noted) as begin, ExitStack() as stack:

        def add(file: Path, lines: Callable[[BinaryIO], AbstractContextManager[Put]]) -> None:
            files.append(file if password is None else zipped(file))
            puts.append(stack.enter_context(lines(begin(files[-1], password, file.name))))

        add(named(place, asked.form), lambda out: _lines(out, layout, columns, asked.form, lists, told, book))
        if asked.codes and asked.form != "jsonl":
            says = [coded(column, lists) for column in columns]
            keys = [column.key for column in columns]
            add(beside(place, "_codes.csv"), lambda out: csv_lines(out, keys, says))
        if asked.form == "jsonl":
            files.append(beside(place, ".schema.json"))
            begin(files[-1], None, "").write(schema(layout, columns, lists))
        count = 0
        for count, row in enumerate(rows, 1):
            values = row if whole else [row[at] for at in chosen]
            for put in puts:
                put(values)
            if count % _AT_ONCE == 0:
                tell(count)
                if stopped():
                    raise Cancelled(STOPPED)
    naming = any(column.naming for column in columns)
    empty = () if count else left_out.NO_SERVICE if asked.what == "annuaire" else left_out.EMPTY
    return Told(count, tuple(files), naming, (*empty, *told()))


def _lines(
    out: BinaryIO,
    layout: Layout,
    columns: Sequence[Column],
    form: str,
    lists: Lists,
    notes: Notes,
    book: Book,
) -> AbstractContextManager[Put]:
    if form == "xlsx":
        return book(out, layout.title, columns, lists, notes)
    if form == "jsonl":
        return json_lines(out, columns)
    return csv_lines(out, titles(columns), [said(column, lists) for column in columns])


def named(place: Path, form: str) -> Path:
    """The name inside a ZIP where `place` is one, else `place` as it was asked for."""
    return place.with_suffix(f".{form}") if place.suffix.lower() == ".zip" else place


def zipped(file: Path) -> Path:
    """Where a file goes that a password protects."""
    return file if file.suffix.lower() == ".zip" else file.with_name(file.stem + ".zip")


def beside(place: Path, ending: str) -> Path:
    """A file of the same name with another ending."""
    return place.with_name(place.stem + ending)
