"""Invented names and identifiers of firms. Identifiers are well formed, with an organisation code no register gives."""

from numpy.random import Generator

from geo.importing.cleaning.identifiers import credit_check_digit

_FIRST = "澜瀚岚霁琅胤珩沐栎翊璟昱祺铎钧鋆骁骋骏翎翀翰晟晖煜焱烁熠炜澄沣泓浚沛渤溯湛涵澍屹巍崧嵘岑"
_SECOND = "川启拓衡维诚泽恒岳麓峰屿湾舟帆桥途驿原野森禾稷穗谷石岩晶辰宇穹曜焰立成兴达聚联创元"
_KINDS = ("有限公司", "科技有限公司", "实业有限公司", "有限责任公司", "股份有限公司")
_KIND_WEIGHTS = (0.52, 0.24, 0.10, 0.08, 0.06)
_SERVICE_KINDS = ("有限公司", "科技有限公司", "信息技术有限公司", "服务有限公司", "股份有限公司")

_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


class Names:
    """Gives every firm a name of its own."""

    def __init__(self, rng: Generator) -> None:
        self._rng = rng
        self._given: set[str] = set()

    def firm(self, city: str, business: str, services: bool = False) -> str:
        """`city` + an invented brand + business + legal form."""
        kinds = _SERVICE_KINDS if services else _KINDS
        while True:
            first, second = self._rng.integers(len(_FIRST)), self._rng.integers(len(_SECOND))
            kind = kinds[int(self._rng.choice(len(kinds), p=_KIND_WEIGHTS))]
            name = f"{city}{_FIRST[first]}{_SECOND[second]}{business}{kind}"
            if name not in self._given:
                self._given.add(name)
                return name


def credit_code(region: str, number: int) -> str:
    """Unified social credit code (GB 32100) of an invented firm: organisation codes beginning XD are issued to nobody."""
    organisation = f"XD{number:06d}"
    code = f"91{region}{organisation}{_organisation_check(organisation)}"
    return code + credit_check_digit(code)


def _organisation_check(body: str) -> str:
    """GB 11714."""
    total = sum(int(character, 36) * weight for character, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    remainder = 11 - total % 11
    return {10: "X", 11: "0"}.get(remainder, str(remainder))
