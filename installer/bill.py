"""What is shipped: a bill of materials (CycloneDX) and the checksum beside each installer, and the licences for « À propos »."""

import hashlib
import json
import re
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from email.parser import HeaderParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LICENCES = ROOT / "resources" / "licences.json"
_NAMED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)(.*)$")
_WORDS = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "Public Domain": "Public domain",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache-2.0 License": "Apache-2.0",
    "The MIT License (MIT)": "MIT",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL-3.0-only",
}
"""What wheels say in other words than SPDX's."""
_KNOWN = {
    "data-inclusion-schema": "etalab-2.0",
    "pycryptodomex": "BSD-2-Clause AND Unlicense",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "sqlcipher3": "Zlib",
}
"""Whose metadata names none, or not in words: as the licence file in the wheel says."""


@dataclass(frozen=True)
class Part:
    """Something of others that is shipped."""

    name: str
    version: str
    licence: str
    purl: str | None = None


def besides(python: str = "") -> tuple[Part, ...]:
    """What no wheel's metadata tells: the interpreter, and what wheels carry inside or we ship beside."""
    found = (
        Part("CPython", python or sys.version.split()[0], "PSF-2.0"),
        Part("SQLCipher", "4", "BSD-3-Clause"),
        Part("OpenSSL", "3", "Apache-2.0"),
        Part("Atkinson Hyperlegible Next (police)", "", "OFL-1.1"),
        Part("Noto Sans, Noto Sans Arabic (polices)", "", "OFL-1.1"),
        Part("Tabler Icons", "", "MIT"),
    )
    return found


def parts(lock: Path, site: Path) -> list[Part]:
    """The packages of a lock file that are unpacked in a folder, by name, with what their metadata says of the licence."""
    found = []
    for line in lock.read_text(encoding="utf-8").splitlines():
        if not (named := _NAMED.match(line)):
            continue
        name, version = named[1], named[2]
        if about := _metadata(site, name, version):
            found.append(Part(name, version, _KNOWN.get(name) or _licence(about), f"pkg:pypi/{name}@{version}"))
    return sorted(found, key=lambda one: one.name)


def _metadata(site: Path, name: str, version: str) -> str | None:
    wanted = re.sub(r"[-_.]+", "-", name).lower()
    for folder in site.glob("*.dist-info"):
        called, _, number = folder.name.removesuffix(".dist-info").rpartition("-")
        if number == version and re.sub(r"[-_.]+", "-", called).lower() == wanted:
            return (folder / "METADATA").read_text(encoding="utf-8")
    return None


def _licence(about: str) -> str:
    """The SPDX expression, else what the first line of `License` or the classifiers say."""
    said = HeaderParser().parsestr(about)
    if expression := said.get("License-Expression"):
        return str(expression)
    named = [one.rpartition(" :: ")[2] for one in said.get_all("Classifier", []) if one.startswith("License :: OSI")]
    first = str(said.get("License", "")).strip().partition("\n")[0]
    words = [first] if 0 < len(first) < 60 else named or ["?"]
    return " AND ".join(_WORDS.get(word, word) for word in words)


def write(artifact: Path, lock: Path, site: Path, version: str, epoch: int, python: str = "") -> None:
    """`ARTIFACT.cdx.json`, checked against its schema, and the artifact's line in `SHA256SUMS` beside it."""
    beside = artifact.with_name(artifact.name + ".cdx.json")
    beside.write_text(_bill(artifact, [*parts(lock, site), *besides(python)], version, epoch), encoding="utf-8")
    sums = artifact.with_name("SHA256SUMS")
    lines = dict(reversed(line.split("  ")) for line in sums.read_text("ascii").splitlines()) if sums.exists() else {}
    for file in (artifact, beside):
        lines[file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
    there = {name: digest for name, digest in sorted(lines.items()) if (artifact.parent / name).exists()}
    sums.write_text("".join(f"{digest}  {name}\n" for name, digest in there.items()), encoding="ascii")


def _bill(artifact: Path, found: list[Part], version: str, epoch: int) -> str:
    from cyclonedx.model import HashAlgorithm, HashType
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.model.license import DisjunctiveLicense, LicenseExpression
    from cyclonedx.output.json import JsonV1Dot6
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator
    from packageurl import PackageURL

    def licence(text: str) -> DisjunctiveLicense | LicenseExpression:
        spdx = re.fullmatch(r"[A-Za-z0-9.+-]+( (OR|AND|WITH) [A-Za-z0-9.+-]+)*", text)
        return LicenseExpression(text) if spdx else DisjunctiveLicense(name=text)

    bom = Bom(serial_number=None)
    bom.metadata.timestamp = datetime.fromtimestamp(epoch, UTC)
    digest = HashType(alg=HashAlgorithm.SHA_256, content=hashlib.sha256(artifact.read_bytes()).hexdigest())
    bom.metadata.component = Component(
        name="milomobile", version=version, type=ComponentType.APPLICATION, hashes=[digest], bom_ref=artifact.name
    )
    for one in found:
        purl = PackageURL.from_string(one.purl) if one.purl else None
        part = Component(
            name=one.name, version=one.version or None, purl=purl, licenses=[licence(one.licence)], bom_ref=one.name
        )
        bom.components.add(part)
        bom.register_dependency(bom.metadata.component, [part])
    made = json.loads(JsonV1Dot6(bom).output_as_string(indent=1))
    made.pop("serialNumber", None)
    text = json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if wrong := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise SystemExit(f"The bill of materials is not CycloneDX: {wrong}")
    return text


def licences() -> list[dict[str, str]]:
    """What « À propos » shows: every part of the laptop's program, as this environment's metadata tells."""
    site = Path(sys.prefix) / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    found = [*parts(ROOT / "requirements.lock", site), *besides("3")]
    return [{"name": one.name, "version": one.version, "licence": one.licence} for one in found]


if __name__ == "__main__":
    LICENCES.write_text(json.dumps(licences(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
