"""THIRD_PARTY_NOTICES: licence and text of every package that a deployment runs, Python's and the pages'.

`python -m scripts.notices` writes it from what is installed; `--check` says whether it still fits the two lock files.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from config.env import ROOT
from scripts.messages import line

NOTICES = ROOT / "THIRD_PARTY_NOTICES"
MODULES = ROOT / "frontend" / "node_modules"
LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)
HEADING = re.compile(r"^(\S+) (\S+) \((?:PyPI|npm)\): ", re.MULTILINE)
RULE = "=" * 100
PREFACE = """\
Luodi is licensed under the Apache License 2.0 (see LICENSE). It runs on the following packages of others.
This file is written by `python -m scripts.notices`. The packages come first, then each licence text once.
"""


@dataclass(frozen=True)
class Package:
    """One package as it is installed."""

    name: str
    version: str
    registry: str
    licence: str
    address: str
    text: str

    @property
    def heading(self) -> str:
        return f"{self.name} {self.version} ({self.registry}): {self.licence}"


def locked_python() -> set[tuple[str, str]]:
    """Names and versions of the runtime lock; a name may have several, for different Pythons and systems."""
    lock = (ROOT / "requirements.lock").read_text()
    return set(re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)", lock, re.MULTILINE))


def locked_node() -> dict[str, tuple[str, str]]:
    """Folder below frontend/ → name and version of every package that is not for development alone."""
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text())
    return {
        folder: (folder.rpartition("node_modules/")[2], entry["version"])
        for folder, entry in lock["packages"].items()
        if folder and not entry.get("dev") and not entry.get("devOptional") and not entry.get("optional")
    }


def python_packages() -> Iterator[Package]:
    """Those of the lock that this platform has; others are for other systems."""
    for name in sorted({name for name, _ in locked_python()}):
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        about = found.metadata
        files = [file for file in found.files or [] if ".dist-info" in str(file) and LICENCE_FILE.search(file.name)]
        text = "\n\n".join(Path(str(file.locate())).read_text(errors="replace").strip() for file in sorted(files))
        addresses = about.get_all("Project-URL") or []
        homepage = next((entry.split(", ", 1)[1] for entry in addresses if ", " in entry), stated(about, "Home-page"))
        yield Package(name, found.version, "PyPI", licence_of(about), homepage, text)


def licence_of(about: metadata.PackageMetadata) -> str:
    """The licence as the package states it: by expression, by classifier, or in a short word."""
    classifiers = [entry.rpartition(" :: ")[2] for entry in about.get_all("Classifier") or [] if "License ::" in entry]
    word = stated(about, "License").split("\n")[0][:80]
    return stated(about, "License-Expression") or ", ".join(classifiers) or word or "see its text"


def stated(about: metadata.PackageMetadata, field: str) -> str:
    return str(about[field]).strip() if field in about else ""


def node_packages() -> Iterator[Package]:
    for folder, (name, version) in locked_node().items():
        place = ROOT / "frontend" / folder
        about = json.loads((place / "package.json").read_text())
        texts = [file.read_text(errors="replace").strip() for file in sorted(place.iterdir()) if is_licence(file)]
        yield Package(
            name,
            version,
            "npm",
            str(about.get("license", "see its text")),
            about.get("homepage", ""),
            "\n\n".join(texts),
        )


def is_licence(file: Path) -> bool:
    return file.is_file() and LICENCE_FILE.search(file.name) is not None and file.suffix not in {".js", ".ts", ".json"}


def notices() -> str:
    """The whole file."""
    packages = sorted({*python_packages(), *node_packages()}, key=lambda package: (package.registry, package.name))
    parts = [PREFACE, *(f"{package.heading}\n    {package.address}" for package in packages)]
    users: dict[str, list[str]] = defaultdict(list)
    for package in packages:
        if package.text:
            users[package.text].append(package.name)
    parts.extend(f"\n{RULE}\n{', '.join(names)}\n{RULE}\n{text}" for text, names in users.items())
    return "\n".join(row.rstrip() for row in "\n".join(parts).splitlines()) + "\n"


def differences() -> list[str]:
    """What the file says too little or too much against the locks. Packages of other platforms may be missing."""
    written = set(HEADING.findall(NOTICES.read_text())) if NOTICES.exists() else set()
    python, node = locked_python(), set(locked_node().values())
    missing = {(name, version) for name, version in python if is_installed(name, version)} | node
    return [f"+ {name} {version}" for name, version in sorted(missing - written)] + [
        f"- {name} {version}" for name, version in sorted(written - python - node)
    ]


def is_installed(name: str, version: str) -> bool:
    try:
        return metadata.version(name) == version
    except metadata.PackageNotFoundError:
        return False


def main() -> int:
    if "--check" not in sys.argv:
        NOTICES.write_text(notices())
        return 0
    found = differences()
    if found:
        line("THIRD_PARTY_NOTICES 已过时，请执行 .venv/bin/python -m scripts.notices")
        line("THIRD_PARTY_NOTICES is out of date; run .venv/bin/python -m scripts.notices\n" + "\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
