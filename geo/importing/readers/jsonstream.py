"""JSON too large to hold: values are taken one by one from a file, with memory for one value and one chunk."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from geo.importing.readers.base import UnreadableFile

_CHUNK = 4 * 1024 * 1024
_BLANKS = " \t\r\n\x1e"
_BLANK = re.compile(f"[{_BLANKS}]*")
_DECODER = json.JSONDecoder()
MOST_CHARACTERS = 512 * 1024 * 1024
"""Of one value."""


class JsonStream:
    """A cursor over the text. `Any` is what JSON is before it is looked at."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._buffer = ""
        self._at = 0
        self._passed = 0
        self._ended = False

    def _fill(self) -> bool:
        """More of the file behind what is not used yet; False: there is no more."""
        more = self._text.read(max(_CHUNK, len(self._buffer) - self._at))
        if not more:
            self._ended = True
            return False
        self._passed += self._at
        self._buffer = self._buffer[self._at :] + more
        self._at = 0
        if len(self._buffer) > MOST_CHARACTERS:
            raise self.broken()
        return True

    def peek(self) -> str:
        """The next character that is not blank; "" at the end."""
        while True:
            if self._at < len(self._buffer):
                character = self._buffer[self._at]
                if character not in _BLANKS:
                    return character
                found = _BLANK.match(self._buffer, self._at)
                self._at = found.end() if found else self._at
            elif not self._fill():
                return ""

    def take(self, character: str) -> None:
        if self.peek() != character:
            raise self.broken()
        self._at += 1

    def value(self) -> Any:
        return self.value_and_length()[0]

    def value_and_length(self) -> tuple[Any, int]:
        """The next whole value, and the characters it takes."""
        if not self.peek():
            raise self.broken()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._at)
            except (ValueError, RecursionError) as error:  # of digits by the thousand, a ValueError of its own
                if self._ended or not self._fill():
                    raise self.broken(self._is_cut(error)) from None
                continue
            if end == len(self._buffer) and not self._ended and self._fill():
                continue  # a number could go on in the next chunk
            length = end - self._at
            self._at = end
            return value, length

    def items(self) -> Iterator[tuple[Any, int]]:
        """The members of an array, the cursor being before its bracket."""
        self.take("[")
        if self.peek() == "]":
            self._at += 1
            return
        while True:
            yield self.value_and_length()
            if self.peek() == "]":
                self._at += 1
                return
            self.take(",")

    def members(self) -> Iterator[str]:
        """The keys of an object, the cursor being before its brace; the caller takes each value before the next key."""
        self.take("{")
        if self.peek() == "}":
            self._at += 1
            return
        while True:
            key = self.value()
            if not isinstance(key, str):
                raise self.broken()
            self.take(":")
            yield key
            if self.peek() == "}":
                self._at += 1
                return
            self.take(",")

    def _is_cut(self, error: Exception) -> bool:
        """The decoder came to the end of the text in the middle of a value."""
        if not isinstance(error, json.JSONDecodeError):
            return False
        return error.pos >= len(self._buffer.rstrip()) or error.msg.startswith("Unterminated")

    def broken(self, is_cut: bool = False) -> UnreadableFile:
        at = self._passed + self._at
        around = " ".join(self._buffer[self._at : self._at + 40].split())
        if is_cut or not around:
            return UnreadableFile(
                zh="JSON 不完整：文件在中途结束，可能没有下载完", en="The JSON is cut short: the file ends half-way"
            )
        return UnreadableFile(
            zh=f"JSON 在第 {at + 1} 个字符处有错：{around}", en=f"The JSON is broken at character {at + 1}: {around}"
        )


def json_text(path: Path) -> TextIO:
    """UTF-8, with or without a mark, or GB18030."""
    encoding = "utf-8-sig"
    with path.open("rb") as file:
        if file.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            return path.open(encoding="utf-16")
    try:
        with path.open(encoding=encoding) as text:
            while text.read(_CHUNK):
                pass
    except UnicodeDecodeError:
        encoding = "gb18030"
        try:
            with path.open(encoding=encoding) as text:
                while text.read(_CHUNK):
                    pass
        except UnicodeDecodeError:
            raise UnreadableFile(
                zh="文件既不是 UTF-8 也不是 GB18030 编码；请另存为 UTF-8",
                en="The file is neither UTF-8 nor GB18030; save it as UTF-8",
            ) from None
    return path.open(encoding=encoding)
