"""Every sentence of a Trouble that the source makes: those written where it is raised, and the constants raised by name."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.guided import HOLE, ROOT


@cache
def kinds() -> frozenset[str]:
    """The names of Trouble and all that derive from it."""
    found, grown = {"Trouble"}, True
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in _files()]
    while grown:
        grown = False
        for tree in trees:
            for node in ast.walk(tree):
                bases = {one.id for one in getattr(node, "bases", ()) if isinstance(one, ast.Name)}
                if isinstance(node, ast.ClassDef) and bases & found and node.name not in found:
                    found.add(node.name)
                    grown = True
    return frozenset(found)


def sentences() -> Iterator[tuple[str, str]]:
    """Where and what; what a value fills in is a hole, or its own sentence where it is a constant of its module."""
    for file in _files():
        tree = ast.parse(file.read_text(encoding="utf-8"))
        named = {
            target.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds() and node.args:
                for said in _said(node.args[0], named):
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", said


def _said(node: ast.AST, named: dict[str, ast.expr]) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(_part(part, named) for part in node.values)
    elif isinstance(node, ast.Name) and node.id in named:
        yield from _said(named[node.id], named)
    elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id in named:
        yield from _said(named[node.value.id], named)
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from _said(value, named)
    elif isinstance(node, ast.IfExp):
        yield from _said(node.body, named)
        yield from _said(node.orelse, named)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        yield from _said(node.func.value, named)


def _part(part: ast.expr, named: dict[str, ast.expr]) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    inner = part.value if isinstance(part, ast.FormattedValue) else part
    return next(iter(_said(inner, named)), HOLE)


def _files() -> list[Path]:
    return sorted((ROOT / "milomobile").rglob("*.py"))
