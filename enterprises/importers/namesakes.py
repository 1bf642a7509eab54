"""Firms that bear one name under two identifiers: they stay two firms, and whoever loads them is told."""

from __future__ import annotations

from unicodedata import is_normalized, normalize

from enterprises.models import Enterprise
from geo.importing.batch import Batch
from geo.importing.load import Load
from geo.words import say


def point_out(batch: Batch, load: Load) -> None:
    """A remark at every row whose name a firm of another identifier bears, in the database or further up in the file."""
    known: dict[str, str] = load.remember("names of firms", _names)
    for index in batch.alive():
        uscc, name = batch.columns["uscc"][index], batch.columns["name"][index]
        other = known.setdefault(spelling(name), uscc)
        if other != uscc:
            batch.remark(
                index,
                "name",
                say(
                    zh=f"“{name}”与标识为 {other} 的企业同名；标识不同，按两家企业载入，如为同一家请统一标识",
                    en=f"{name} bears the name of firm {other}; with two identifiers they stay two firms, so give both rows one if it is the same",
                ),
            )


def _names() -> dict[str, str]:
    rows = Enterprise.objects.order_by("-pk").values_list("name", "uscc")  # the firm loaded first is the one named
    return {spelling(name): uscc for name, uscc in rows.iterator()}


def spelling(name: str) -> str:
    """A name without what spellings of it differ in: width, case, spaces and brackets."""
    plain = name if is_normalized("NFKC", name) else normalize("NFKC", name)
    folded = plain.casefold()
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))  # most names have nothing to drop
