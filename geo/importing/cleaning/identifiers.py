"""Identifiers with rules of their own: credit codes (GB 32100), industries (GB/T 4754), adcodes, H3 cells; made-up keys."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from h3.api import basic_int as h3

from geo.importing.cleaning.base import Cells, Cleaned, Reject, Unfit
from geo.importing.cleaning.texts import LOST_DIGITS, as_text, clean_code
from geo.words import say

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_CREDIT = re.compile(rf"[{_CREDIT_ALPHABET}]{{2}}\d{{6}}[{_CREDIT_ALPHABET}]{{10}}")
_REGISTRATION = re.compile(r"\d{13}[\dA-Z]{2}|\d{15}")
_ORGANISATION = re.compile(r"[\dA-Z]{8}-?[\dX]?")
_OTHER = re.compile(r"[a-z][a-z0-9_\-]{0,19}:[^\s:]\S{0,39}")
_INDUSTRY = re.compile(r"([A-T]?)(\d{2,4})")
_ADCODE = re.compile(r"\d{6}|\d{9}|\d{12}")

UPPER = say(zh="统一社会信用代码的小写字母改为大写、去掉空格", en="Credit codes put in capitals, blanks taken out")
SECTION = say(zh="行业代码去掉门类字母", en="Industry codes freed of the section letter")
OLD_REGISTRATION = say(
    zh="15 位旧注册号，不是统一社会信用代码", en="an old 15-digit registration number, not a credit code"
)
ORGANISATION = say(zh="组织机构代码，不是统一社会信用代码", en="an organisation code, not a credit code")


def credit_check_digit(first_17: str) -> str:
    """GB 32100-2015: weights 3^i mod 31, complement to 31."""
    total = sum(_CREDIT_ALPHABET.index(sign) * weight for sign, weight in zip(first_17, _CREDIT_WEIGHTS, strict=True))
    return _CREDIT_ALPHABET[(31 - total % 31) % 31]


def clean_uscc(cells: Cells) -> Cleaned:
    """18 characters with the right check digit; an older number or `authority:number` is taken and flagged."""
    return _over(cells, clean_code(cells), _credit_code)


def _credit_code(text: str, done: Cleaned, index: int) -> str:
    if ":" in text and _OTHER.fullmatch(text):
        return text
    code = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()
    if code != text:
        done.repairs[UPPER] += 1
    if len(code) == 18:
        return _checked_credit_code(code)
    if _REGISTRATION.fullmatch(code):
        done.remarks.append((index, OLD_REGISTRATION))
        return code
    if _ORGANISATION.fullmatch(code):
        done.remarks.append((index, ORGANISATION))
        return code
    if re.fullmatch(r"\d\.\d+E\+?\d+", code):
        raise Unfit(LOST_DIGITS)
    raise Unfit(
        say(
            zh=f"统一社会信用代码应为 18 位，这里有 {len(code)} 位；其他编号请写成“机构:编号”，如 stock:600373",
            en=f"a credit code has 18 characters, this has {len(code)}; write other identifiers as authority:number, "
            "such as stock:600373",
        )
    )


def _checked_credit_code(code: str) -> str:
    if not _CREDIT.fullmatch(code):
        strange = [sign for sign in code if sign not in _CREDIT_ALPHABET]
        what = f"“{strange[0]}”" if strange else code[2:8]
        raise Unfit(
            say(
                zh=f"统一社会信用代码里不会有 {what}（不用 I、O、S、V、Z，第 3–8 位是数字）",
                en=f"a credit code never holds {what} there (no I, O, S, V, Z; places 3 to 8 are digits)",
            )
        )
    wanted = credit_check_digit(code[:17])
    if code[17] != wanted:
        raise Unfit(
            say(
                zh=f"统一社会信用代码校验位应为 {wanted}，不是 {code[17]}：可能有一位写错",
                en=f"the check digit of the credit code should be {wanted}, not {code[17]}: some character is wrong",
            )
        )
    return code


def clean_industry(cells: Cells) -> Cleaned:
    """GB/T 4754: two to four digits; the section letter before them is taken off."""
    return _over(cells, clean_code(cells), _industry)


def _industry(text: str, done: Cleaned, index: int) -> str:
    found = _INDUSTRY.fullmatch(text.upper().replace(" ", ""))
    if found is None:
        raise Unfit(
            say(
                zh=f"“{text[:40]}”不是 GB/T 4754 行业代码（2 至 4 位数字）",
                en=f"“{text[:40]}” is no GB/T 4754 code (two to four digits)",
            )
        )
    if found[1]:
        done.repairs[SECTION] += 1
    return found[2]


def clean_adcode(cells: Cells) -> Cleaned:
    """Six digits, or nine to twelve for townships and villages."""
    return _over(cells, clean_code(cells), _adcode)


def _adcode(text: str, done: Cleaned, index: int) -> str:
    if not _ADCODE.fullmatch(text):
        raise Unfit(
            say(
                zh=f"“{text[:40]}”不是行政区划代码（6、9 或 12 位数字）",
                en=f"“{text[:40]}” is no administrative code (6, 9 or 12 digits)",
            )
        )
    return text


def clean_cells(cells: Cells) -> Cleaned:
    """H3 cells in hexadecimal, as signed 64-bit integers."""
    return _over(cells, clean_code(cells), _cell)


def _cell(text: str, done: Cleaned, index: int) -> int:
    try:
        number = int(text.removeprefix("0x"), 16)
        valid = h3.is_valid_cell(number)
    except (ValueError, OverflowError):
        valid = False
    if not valid:
        raise Unfit(say(zh=f"“{text[:40]}”不是 H3 单元", en=f"“{text[:40]}” is no H3 cell"))
    return number - 2**64 if number >= 2**63 else number


def _over(cells: Cells, done: Cleaned, clean: Callable[[str, Cleaned, int], object]) -> Cleaned:
    """`clean` on every text of a column that has been cleaned as codes."""
    spoken = {reject.index for reject in done.rejects}
    for index, text in enumerate(done.values):
        if text is None or index in spoken:
            continue
        try:
            done.values[index] = clean(text, done, index)
        except Unfit as unfit:
            done.rejects.append(Reject(index, cells[index], unfit.words))
            done.values[index] = None
    return done


def stable_code(rows: Iterable[Sequence[object]]) -> list[str | None]:
    """`--key`: sixteen hexadecimal digits from the cells of each row, the same in every import; None: all are empty."""
    codes: list[str | None] = []
    for row in rows:
        texts = ["" if cell is None else " ".join(unicodedata.normalize("NFKC", as_text(cell)).split()) for cell in row]
        joined = "\x1f".join(texts)
        codes.append(hashlib.sha256(joined.encode("utf-8", "replace")).hexdigest()[:16] if any(texts) else None)
    return codes
