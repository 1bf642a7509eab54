"""Bodies of requests: JSON that cannot be read is refused in words, and so is text that no database takes."""

import json
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from geo.words import Words


class SpokenJSONParser(JSONParser):
    """Standard JSON in UTF-8 (or the charset that is named); NaN and Infinity are none."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:  # whatever was sent
        charset = (parser_context or {}).get("encoding") or "utf-8"
        try:
            told = json.loads(stream.read().decode(charset), parse_constant=_no_number)
            json.dumps(told, ensure_ascii=False).encode()  # halves of characters ("\ud800") are no text
        except json.JSONDecodeError as error:
            where = error.lineno, error.colno
            words = Words(
                f"请求体不是有效的 JSON：第 {where[0]} 行第 {where[1]} 列附近有误。",
                f"The body is no valid JSON: look near line {where[0]}, column {where[1]}.",
            )
            raise ParseError(str(words)) from None
        except (UnicodeError, LookupError):
            words = Words("请求体不是有效的 UTF-8 文本。", "The body is no valid UTF-8 text.")
            raise ParseError(str(words)) from None
        except (ValueError, RecursionError):
            words = Words(
                "请求体中有 NaN、Infinity、过长的数字或过深的嵌套；请改为普通的 JSON。",
                "The body holds NaN, Infinity, a number too long or too many levels; send plain JSON.",
            )
            raise ParseError(str(words)) from None
        if told is None:
            words = Words("请求体是空的；应为 JSON 对象。", "The body is empty; send a JSON object.")
            raise ParseError(str(words))
        return told


def _no_number(name: str) -> None:
    raise ValueError(name)
