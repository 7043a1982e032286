"""What the program says on its screens: every French text of its source, to compare with what is written about it."""

import ast
import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "guide"
HOLE = "\0"
"""What an f-string fills in."""


def texts(file: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every literal of a module that is no docstring and no name; a hole where a value is put."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    yield from _of(tree, frozenset(map(id, _docstrings(tree))))


def _of(node: ast.AST, left_out: frozenset[int]) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.JoinedStr):
        parts = (str(part.value) if isinstance(part, ast.Constant) else HOLE for part in node.values)
        yield node.lineno, "".join(parts)
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from _of(part.value, left_out)
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str) and id(node) not in left_out:
            yield node.lineno, node.value
    else:
        for child in ast.iter_child_nodes(node):
            yield from _of(child, left_out)


def _docstrings(tree: ast.AST) -> Iterator[ast.AST]:
    """Of modules, classes, functions, and those that stand under a value."""
    for node in ast.walk(tree):
        for line in getattr(node, "body", []) if isinstance(getattr(node, "body", None), list) else []:
            if isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant):
                yield line.value


@cache
def _shown() -> str:
    said = [text for file in sorted((ROOT / "milomobile").rglob("*.py")) for _, text in texts(file)]
    with (ROOT / "resources" / "reference" / "nomenclatures.csv").open(encoding="utf-8", newline="") as lists:
        said += [row["libelle"] for row in csv.DictReader(lists, delimiter=";")]
    return "\n".join(said).replace("\u00a0", " ")


def is_shown(words: str) -> bool:
    """Whether some screen says this, alone or in a sentence."""
    return words.replace("\u00a0", " ") in _shown()
