"""CSV and TSV: encoding and delimiter detected, ragged rows kept apart, quoted line breaks understood."""

import codecs
import csv
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

from geo.importing.readers.base import BATCH, Cell, RawBatch, Reader, UnreadableFile, checked_header, nameless
from geo.words import Words, say

csv.field_size_limit(2**27)  # an outline in WKT is one cell

_DELIMITERS = ",\t;|"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1024 * 1024


class DelimitedReader(Reader):
    def __init__(self, path: Path, *, encoding: str | None = None) -> None:
        super().__init__()
        self.path = path
        self.encoding = _checked(path, encoding) if encoding else _detected(path)
        if self.encoding == "gb18030" and not encoding:
            self.notes.append(say(zh="按 GB18030 编码读取", en="Read as GB18030"))
        sample = self._sample()
        self.delimiter = _delimiter(sample)
        self._names, self._skip = self._read_header()
        self.header = [name for name in self._names if name]

    def _sample(self) -> str:
        with self.path.open(encoding=self.encoding, newline="") as text:
            return text.read(65_536)

    def _rows(self) -> Iterator[list[str]]:
        with self.path.open(encoding=self.encoding, newline="") as text:
            rows = csv.reader(text, delimiter=self.delimiter, strict=True)
            begun = 0
            try:
                for row in rows:
                    begun += 1
                    yield row
            except csv.Error as error:
                raise _broken(begun + 1, str(error)) from None

    def _read_header(self) -> tuple[list[str], int]:
        """Column names, and the row they stand in: blank rows before them are passed over."""
        for number, row in enumerate(self._rows(), 1):
            if any(cell.strip() for cell in row):
                names = checked_header(row)
                empty = [str(index + 1) for index, name in enumerate(names) if not name]
                while names and not names[-1]:  # a delimiter at the end of the line
                    names.pop()
                if left_out := [letter for letter in empty if int(letter) <= len(names)]:
                    self.notes.append(nameless(names, left_out))
                return names, number
        raise UnreadableFile(zh="文件里没有内容", en="The file holds nothing")

    def batches(self, size: int = BATCH) -> Iterator[RawBatch]:
        width = len(self._names)
        rows = itertools.islice(self._rows(), self._skip, None)
        begun = self._skip + 1
        while cells := list(itertools.islice(rows, size)):
            numbers: Sequence[int] = range(begun, begun + len(cells))
            begun += len(cells)
            faults: dict[int, Words] = {}
            if width == 1 or any(len(row) != width for row in cells):
                filled = [at for at, row in enumerate(cells) if row and (len(row) > 1 or row[0].strip())]
                if not filled:
                    continue
                numbers = [numbers[at] for at in filled]
                cells = [_fitted(cells[at], width, index, faults) for index, at in enumerate(filled)]
            columns: dict[str, list[Cell]] = {}
            for name, column in zip(self._names, zip(*cells, strict=True), strict=True):
                if name:
                    columns[name] = [cell or None for cell in column]
            yield RawBatch(columns, numbers, faults=faults)


def _fitted(row: list[str], width: int, index: int, faults: dict[int, Words]) -> list[str]:
    """Empty cells too many are only delimiters; anything else means that the row cannot be trusted."""
    if len(row) == width:
        return row
    if len(row) > width and not any(cell.strip() for cell in row[width:]):
        return row[:width]
    faults[index] = say(
        zh=f"这一行有 {len(row)} 格，而表头有 {width} 列；请检查多余或缺少的分隔符、引号",
        en=f"The row has {len(row)} cells, the header {width}; look for a delimiter or quote too many or too few",
    )
    return (row + [""] * width)[:width]


def _delimiter(sample: str) -> str:
    """The one that splits the first lines most often and most evenly; a single column has none, and a comma serves."""
    best, most = ",", 0
    for candidate in _DELIMITERS:
        rows = [row for row in csv.reader(sample.splitlines()[:30], delimiter=candidate) if row]
        splits = len(rows[0]) - 1 if rows else 0
        even = sum(len(row) - 1 == splits for row in rows)
        if splits and splits * even > most:
            best, most = candidate, splits * even
    return best


def _detected(path: Path) -> str:
    """`utf-8-sig`, `utf-16` or `gb18030`: the one in which every byte makes sense; else words."""
    with path.open("rb") as file:
        head = file.read(4)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return _checked(path, name)
    wide, fault = _decodes(path, "utf-8")
    if fault is None:
        return "utf-8-sig"
    if wide >= 3:  # Chinese text before the fault was good UTF-8: a damaged file, not another encoding
        raise _wrong_bytes(fault, "UTF-8")
    _, other = _decodes(path, "gb18030")
    if other is None:
        return "gb18030"
    raise _wrong_bytes(other, "UTF-8 / GB18030")


def _checked(path: Path, encoding: str) -> str:
    try:
        codecs.lookup(encoding)
    except LookupError:
        raise UnreadableFile(
            zh=f"不认识编码“{encoding}”；请写 utf-8 或 gb18030，或不写，由程序识别",
            en=f"Unknown encoding “{encoding}”; write utf-8 or gb18030, or leave it out to have it detected",
        ) from None
    name = "utf-8-sig" if codecs.lookup(encoding).name == "utf-8" else encoding
    name = "gb18030" if codecs.lookup(encoding).name in ("gbk", "gb2312") else name
    _, fault = _decodes(path, name)
    if fault is not None:
        raise _wrong_bytes(fault, encoding)
    return name


def _decodes(path: Path, encoding: str) -> tuple[int, int | None]:
    """(characters beyond ASCII before the fault, line of the fault or None). A NUL is refused at once."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="strict")
    wide, line = 0, 1
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                # the decoder counts from what it kept of the chunk before: at most three bytes
                good = error.object[: error.start]
                wide += sum(byte >= 0xC0 for byte in good)
                return wide, line + good.count(b"\n")
            except UnicodeError:  # UTF-16 or UTF-32 without its mark at the beginning
                return wide, line
            if "\x00" in text:
                at = line + text[: text.index("\x00")].count("\n")
                raise UnreadableFile(
                    zh=f"第 {at} 行含有空字节（NUL），不是文本文件；请另存为 UTF-8 编码的 CSV",
                    en=f"Line {at} holds a NUL byte, so this is not text; save it as CSV in UTF-8",
                )
            if not chunk:
                return wide, None
            wide += len(text) - len(text.encode("ascii", "ignore"))
            line += text.count("\n")


def _wrong_bytes(line: int, encoding: str) -> UnreadableFile:
    return UnreadableFile(
        zh=f"第 {line} 行含有不属于 {encoding} 的字节；请另存为 UTF-8，或用 --encoding 指明编码",
        en=f"Line {line} holds bytes that are not {encoding}; save the file as UTF-8 or name its encoding (--encoding)",
    )


def _broken(row: int, error: str) -> UnreadableFile:
    if "unexpected end" in error:
        return UnreadableFile(
            zh=f"第 {row} 行起的引号没有结束；请检查成对的引号",
            en=f"A quote opened in row {row} is never closed; check that quotes come in pairs",
        )
    return UnreadableFile(
        zh=f"第 {row} 行读不出来：引号之后还有文字，或单元格过长（{error}）",
        en=f"Row {row} cannot be read: text after a closing quote, or a cell too long ({error})",
    )
