"""GB/T 4754 codes as people write them."""


def industry_prefix(text: str) -> str | None:
    """One to four digits without the section letter (C38 is 38); None: this is no code."""
    code = text.strip().upper()
    if len(code) > 1 and code[0].isascii() and code[0].isalpha():
        code = code[1:]
    return code if code.isascii() and code.isdigit() and 1 <= len(code) <= 4 else None
