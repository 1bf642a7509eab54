"""What lies in the folder of public data belongs to its publishers: nothing of it is part of this repository."""

import gzip
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.env import ROOT
from tests.test_repository import tracked

LINE = 20
"""Bytes; a shorter line says too little to be anybody's."""

COORDINATE = re.compile(rb"\d{2,3}\.\d{6,}")
FEW = 3
"""Coordinates to a decimetre that a file may share by quoting a place; a copied outline shares hundreds."""


@pytest.fixture(scope="module")
def published(shared_data: Path) -> dict[str, list[bytes]]:
    """Name → contents of the folder's files: as they lie there, and unpacked."""
    found = {
        str(file.relative_to(shared_data)): [file.read_bytes()] for file in shared_data.rglob("*") if file.is_file()
    }
    for name, contents in found.items():
        if name.endswith(".gz"):
            contents.append(gzip.decompress(contents[0]))
    return found


def lines(content: bytes) -> Iterator[bytes]:
    """The sizeable lines, whatever their indentation and the comma at their end."""
    for line in content.splitlines():
        bare = b"".join(line.split()).strip(b",")
        if len(bare) >= LINE:
            yield bare


def test_no_tracked_file_is_one_of_the_folder(published: dict[str, list[bytes]]) -> None:
    theirs = {hashlib.sha256(content).digest(): name for name, contents in published.items() for content in contents}
    theirs.pop(hashlib.sha256(b"").digest(), None)

    copied = {str(file.relative_to(ROOT)): theirs.get(hashlib.sha256(file.read_bytes()).digest()) for file in tracked()}
    assert {ours: name for ours, name in copied.items() if name} == {}


def test_no_tracked_file_has_a_line_of_the_folder(published: dict[str, list[bytes]]) -> None:
    ours = {line: file.relative_to(ROOT) for file in tracked() for line in lines(file.read_bytes())}

    copied = [
        f"{ours[line]}: {line[:60]!r} of {name}"
        for name, contents in published.items()
        for line in lines(contents[-1])
        if line in ours
    ]
    assert copied == []


def test_no_tracked_file_has_an_outline_of_the_folder(published: dict[str, list[bytes]]) -> None:
    """Also when it was written anew, with other names and spaces: its coordinates stay."""
    ours: defaultdict[bytes, set[Path]] = defaultdict(set)
    for file in tracked():
        for number in COORDINATE.findall(file.read_bytes()):
            ours[number].add(file.relative_to(ROOT))

    shared = Counter(
        (str(file), name)
        for name, contents in published.items()
        for number in set(COORDINATE.findall(contents[-1]))
        for file in ours.get(number, ())
    )
    assert {pair: times for pair, times in shared.items() if times > FEW} == {}
