"""Text, codes, lists, choices and yes/no."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache

from geo.cells import restored
from geo.importing.cleaning.base import NOT_TEXT, Cells, Cleaned, Reject, Unfit, each
from geo.words import Words, say

WIDTH = say(zh="全角字母和数字改为半角", en="Full-width letters and digits made half-width")
MENDED_CODE = say(
    zh="编号去掉表格软件加的“.0”或撇号", en="Codes freed of the “.0” or apostrophe a spreadsheet had added"
)

LOST_DIGITS = say(
    zh="表格软件把代码变成了数字，末几位已丢失；请把该列设为“文本”后重新导出",
    en="the spreadsheet turned the code into a number and lost its last digits; make the column text and export again",
)

_NARROW = {0x3000: " "} | {
    wide: chr(wide - 0xFEE0) for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
"""Letters, digits and the blank; （） and ， stay, they belong to Chinese names."""

_WIDE = re.compile("[\u3000\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_BAD = re.compile("[\x00\ud800-\udfff]")
_LISTED = re.compile(r"[;；、\n]")
_YES = frozenset(("是", "有", "1", "true", "yes", "y", "t", "对"))
_NO = frozenset(("否", "无", "0", "false", "no", "n", "f", "错"))


def as_text(cell: object) -> str:
    """A cell as a person would read it: 3.0 of a spreadsheet is `3`."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def clean_text(cells: Cells, *, longest: int | None = None) -> Cleaned:
    """Trimmed; an empty text is unknown."""
    texts = [cell if type(cell) is str else None if cell is None else as_text(cell) for cell in cells]
    joined = "\n".join(filter(None, texts))
    done = Cleaned([])
    if _WIDE.search(joined):
        done.repairs[WIDTH] = sum(1 for text in texts if text and _WIDE.search(text))
        texts = [text.translate(_NARROW) if text else text for text in texts]
    done.values = [(text.strip() or None) if text else None for text in texts]
    if "'" in joined:
        done.values = [restored(text) if text else None for text in done.values]
    if _BAD.search(joined):
        _reject(done, cells, lambda text: bool(_BAD.search(text)), NOT_TEXT)
    if longest is not None and any(text is not None and len(text) > longest for text in done.values):
        reason = say(zh=f"超过 {longest} 个字", en=f"longer than {longest} characters")
        _reject(done, cells, lambda text: len(text) > longest, reason)
    return done


def _reject(done: Cleaned, cells: Cells, is_bad: Callable[[str], bool], reason: Words) -> None:
    for index, text in enumerate(done.values):
        if text is not None and is_bad(text):
            done.rejects.append(Reject(index, cells[index], reason))
            done.values[index] = None


def clean_code(cells: Cells, *, longest: int | None = None) -> Cleaned:
    """An identifier. Leading zeros stay; `370200.0` and `'0012` are what spreadsheets do to codes."""
    done = clean_text(cells, longest=longest)
    mended = 0
    joined = "\n".join(filter(None, done.values))
    for index, text in enumerate(done.values if "'" in joined or ".0" in joined else ()):
        if text is not None and (text[0] == "'" or text.endswith(".0")):
            bare = text.lstrip("'")
            bare = bare[:-2] if bare.endswith(".0") and bare[:-2].isdigit() else bare
            mended += bare != text
            done.values[index] = bare or None
    if mended:
        done.repairs[MENDED_CODE] = mended
    if float in set(map(type, cells)):
        for index, cell in enumerate(cells):
            if isinstance(cell, float) and abs(cell) >= 2**53:
                done.rejects.append(Reject(index, cell, LOST_DIGITS))
                done.values[index] = None
    return done


def clean_list(cells: Cells, *, choices: Mapping[str, str] | None = None, longest: int | None = None) -> Cleaned:
    """Lists of texts or of the choices' codes, in the order given, each once."""
    known = _spellings(tuple(choices.items())) if choices else None
    done = clean_text(cells)
    for index, text in enumerate(done.values):
        if text is None:
            continue
        parts = list(dict.fromkeys(part.strip() for part in _LISTED.split(text) if part.strip()))
        try:
            done.values[index] = [_chosen(part, known, choices or {}) for part in parts] if known else parts
        except Unfit as unfit:
            done.rejects.append(Reject(index, cells[index], unfit.words))
            done.values[index] = None
    return done


def clean_choice(cells: Cells, *, choices: Mapping[str, str]) -> Cleaned:
    """The code of each spelling, whatever its case and width."""
    known = _spellings(tuple(choices.items()))
    exact = dict(choices)
    try:  # clean files: every cell is a known spelling as it stands
        return Cleaned([None if cell is None else exact[cell] for cell in cells])  # type: ignore[index]  # KeyError below
    except (KeyError, TypeError):
        return each(cells, lambda cell: _chosen(as_text(cell), known, choices) if as_text(cell).strip() else None)


@lru_cache(maxsize=256)
def _spellings(choices: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {folded(spelling): code for spelling, code in choices}


def folded(text: str) -> str:
    """What two spellings share that differ only in case, width and blanks."""
    return re.sub(r"[\s_]+", "", unicodedata.normalize("NFKC", text).casefold())


def _chosen(text: str, known: Mapping[str, str], choices: Mapping[str, str]) -> str:
    code = known.get(folded(text))
    if code is None:
        listed = list(dict.fromkeys(choices.values()))
        shown = ", ".join(listed[:12]) + (" …" if len(listed) > 12 else "")
        raise Unfit(say(zh=f"“{text[:60]}”不在可选值中：{shown}", en=f"“{text[:60]}” is not one of: {shown}"))
    return code


def clean_flag(cells: Cells) -> Cleaned:
    return each(cells, _flag)


def _flag(cell: object) -> bool | None:
    if isinstance(cell, bool):
        return cell
    text = folded(as_text(cell))
    if not text:
        return None
    if text in _YES or text in _NO:
        return text in _YES
    raise Unfit(say(zh=f"“{as_text(cell)[:60]}”不是“是”或“否”", en=f"“{as_text(cell)[:60]}” is neither yes nor no"))
