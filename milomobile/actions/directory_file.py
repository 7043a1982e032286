"""A file of the directory read and checked, entry by entry: JSON, JSON lines, CSV or XLSX with the schema's own names."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from milomobile.domain.referrals import Fault, Service, Structure
from milomobile.errors import NotOurs
from milomobile.reports import tabular

LARGEST = 64 * 1024 * 1024
_MOST = 1_000_000
_MOST_FAULTS = 10_000
_UNREADABLE = "Ce fichier n’est pas un annuaire lisible (JSON, CSV ou XLSX). Rien n’a été modifié. Demandez-le de nouveau au bureau."
_LISTS = (
    "thematiques publics modes_accueil modes_mobilisation mobilisable_par zone_eligibilite reseaux_porteurs"
).split()
_CODES = {"code_postal": 5, "code_insee": 5, "siret": 14}
_NOT_KEPT = "contact_nom_prenom"
"""Somebody's name: not needed to find a service, so not read (domain.md 2.1)."""
_COMMON = {"commune": "commune", "insee": "code_insee", "postal_code": "code_postal", "address": "adresse"}
_COMMON |= {"phone": "telephone", "email": "courriel"}
_STRUCTURE = {**_COMMON, "site": "site_web", "hours": "horaires_accueil"}
_SERVICE = {**_COMMON, "fee": "frais", "access": "conditions_acces", "link": "lien_mobilisation"}
_TUPLES = {"themes": "thematiques", "publics": "publics", "modes": "modes_accueil", "zones": "zone_eligibilite"}

Entry = tuple[str, dict[str, Any]]
"""Where it stands in the file, and its fields."""


@dataclass
class Read:
    """What a file holds: good entries by id, what is wrong with the others, the ids and the sources it speaks of."""

    structures: dict[str, Structure] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)


def read_directory(file: Path) -> Read:
    """Every entry of a file, checked by `data-inclusion-schema`; raises NotOurs where it is no such file at all."""
    try:
        if file.stat().st_size > LARGEST:
            raise NotOurs(
                "Ce fichier d’annuaire dépasse 64 Mo. Rien n’a été modifié. Demandez-en une partie au bureau."
            )
        return _read(_entries(file))
    except ValueError:
        raise NotOurs(_UNREADABLE) from None
    except OSError as wrong:
        raise NotOurs(
            "Le fichier d’annuaire n’a pas pu être lu. Rien n’a été modifié. Vérifiez son nom et la clé."
        ) from wrong


def _read(entries: Iterator[Entry]) -> Read:
    found = Read()
    for where, entry in entries:
        _take(found, where, entry)
        if len(found.faults) > _MOST_FAULTS:
            raise NotOurs(_UNREADABLE)
    return found


def _entries(file: Path) -> Iterator[Entry]:
    raw = file.read_bytes()
    if tabular.is_workbook(raw):
        return _sheets(raw)
    text = tabular.decoded(raw)
    if text.lstrip()[:1] in ("{", "["):
        return _json(text)
    return _csv(text)


def _json(text: str) -> Iterator[Entry]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        yield from _json_lines(text)
        return
    if isinstance(whole, dict) and ("structures" in whole or "services" in whole):
        for kind, word in (("structures", "structure"), ("services", "service")):
            for number, entry in enumerate(_list(whole.get(kind)), 1):
                yield f"{word} n°\u00a0{number}", _object(entry)
        return
    for number, entry in enumerate(whole if isinstance(whole, list) else [whole], 1):
        yield f"fiche n°\u00a0{number}", _object(entry)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _object(value: object) -> dict[str, Any]:
    return dict(value) if isinstance(value, dict) else {}


def _json_lines(text: str) -> Iterator[Entry]:
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) < 2 or not lines[0][1].rstrip().endswith("}"):
        raise NotOurs(_UNREADABLE)
    for number, line in lines:
        try:
            yield f"ligne {number}", _object(json.loads(line))
        except (ValueError, RecursionError):
            yield f"ligne {number}", {}


def _csv(text: str) -> Iterator[Entry]:
    first = text.partition("\n")[0]
    rows = tabular.csv_rows(text, max(tabular.MARKS, key=first.count))
    names = [name.strip().lower() for name in next(rows, (0, []))[1]]
    if not {"id", "nom", "source"} <= set(names):
        raise NotOurs(_UNREADABLE)
    for number, row in rows:
        yield f"ligne {number}", {} if len(row) > len(names) else dict(zip(names, row, strict=False))


def _sheets(raw: bytes) -> Iterator[Entry]:
    known, found = False, tabular.sheets(raw, _MOST)
    for sheet in found:
        names = [str(cell or "").strip().lower() for cell in sheet.rows[0][1]] if sheet.rows else []
        if not {"id", "nom", "source"} <= set(names):
            continue
        known = True
        for number, cells in sheet.rows[1:]:
            where = f"ligne {number}" if len(found) == 1 else f"feuille «\u00a0{sheet.title}\u00a0», ligne {number}"
            yield where, dict(zip(names, cells, strict=False))
    if not known:
        raise NotOurs(_UNREADABLE)


def _take(found: Read, where: str, raw: dict[str, Any]) -> None:
    from data_inclusion.schema import v1
    from pydantic import ValidationError

    entry = {
        name: value for name, cell in raw.items() if name != _NOT_KEPT and (value := _value(name, cell)) is not None
    }
    id, source = entry.get("id"), entry.get("source")
    if isinstance(id, str):
        if id in found.structures or id in found.services:
            found.faults.append(Fault(where, f"L’identifiant «\u00a0{id}\u00a0» est déjà dans ce fichier."))
            return
        found.named.add(id)
    if not entry:
        found.faults.append(Fault(where, "Cette fiche n’est pas lisible."))
        return
    try:
        if "structure_id" in entry:
            found.services[str(id)] = _service(v1.Service.model_validate(entry))
        else:
            found.structures[str(id)] = _structure(v1.Structure.model_validate(entry))
    except ValidationError as wrong:
        found.faults.append(Fault(where, _said(wrong.errors(include_url=False, include_context=False)[0])))
        return
    found.sources.add(str(source))


def _value(name: str, cell: Any) -> Any:
    """A cell as the schema wants it: spreadsheets lose zeros and dates, and hold lists as texts."""
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if name in _CODES and isinstance(cell, int):
        return str(cell).zfill(_CODES[name])
    if not isinstance(cell, str):
        numbers = ("longitude", "latitude", "volume_horaire_hebdomadaire", "nombre_semaines")
        return str(cell) if isinstance(cell, int) and name not in numbers else cell
    text = cell.strip()
    if name in _LISTS and text:
        return _listed(text)
    if name == "date_maj" and (day := re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", text)):
        return f"{day[3]}-{day[2]}-{day[1]}"
    return text or None


def _listed(text: str) -> list[str]:
    if text.startswith("["):
        try:
            return [str(one) for one in json.loads(text)]
        except (ValueError, RecursionError):
            return [text]
    return [part for one in re.split(r"[|,;\n]", text.strip("{}")) if (part := one.strip().strip('"'))]


def _structure(checked: Any) -> Structure:
    more = {ours: _text(getattr(checked, theirs)) for ours, theirs in _STRUCTURE.items()}
    return Structure(checked.id, checked.source, checked.nom, checked.date_maj, **more)


def _service(checked: Any) -> Service:
    more: dict[str, Any] = {ours: _text(getattr(checked, theirs)) for ours, theirs in _SERVICE.items()}
    for ours, theirs in _TUPLES.items():
        more[ours] = tuple(sorted(str(_text(one)) for one in getattr(checked, theirs) or ()))
    base = (checked.id, checked.source, checked.structure_id, checked.nom, checked.description, checked.date_maj)
    return Service(*base, **more)


def _text(value: Any) -> str | None:
    return None if value is None else str(getattr(value, "value", value))


def _said(wrong: Any) -> str:
    name = str(wrong["loc"][0]) if wrong["loc"] else ""
    if wrong["type"] == "missing":
        return f"Il manque «\u00a0{name}\u00a0»."
    return f"«\u00a0{name}\u00a0» n’est pas une valeur du schéma data·inclusion v1."
