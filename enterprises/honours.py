"""Titles a firm may hold (资质): stored as codes, written in files and on pages by name."""

from django.db.models import TextChoices


class Honour(TextChoices):
    """The titles of FORMATS.md; a label holds both languages."""

    CHAIN_LEADER = "chain_leader", "链主 Chain leader"
    SINGLE_CHAMPION = "single_champion", "单项冠军 Single-product champion"
    LITTLE_GIANT = "little_giant", "小巨人 Little giant"
    SPECIALISED = "specialised", "专精特新 Specialised and innovative"
    HIGH_TECH = "high_tech", "高新技术 High-tech"
    GAZELLE = "gazelle", "瞪羚 Gazelle"
    UNICORN = "unicorn", "独角兽 Unicorn"
    LISTED = "listed", "上市 Listed"


OTHER_SPELLINGS = {
    "链主企业": Honour.CHAIN_LEADER,
    "制造业单项冠军": Honour.SINGLE_CHAMPION,
    "单项冠军企业": Honour.SINGLE_CHAMPION,
    "专精特新小巨人": Honour.LITTLE_GIANT,
    "专精特新“小巨人”": Honour.LITTLE_GIANT,
    "小巨人企业": Honour.LITTLE_GIANT,
    "专精特新企业": Honour.SPECIALISED,
    "专精特新中小企业": Honour.SPECIALISED,
    "高新技术企业": Honour.HIGH_TECH,
    "高企": Honour.HIGH_TECH,
    "瞪羚企业": Honour.GAZELLE,
    "独角兽企业": Honour.UNICORN,
    "上市企业": Honour.LISTED,
    "上市公司": Honour.LISTED,
}


def _spellings() -> dict[str, Honour]:
    known = dict(OTHER_SPELLINGS)
    for honour in Honour:
        zh, en = honour.label.split(" ", 1)
        known |= {zh: honour, en.casefold(): honour, honour.value: honour}
    return known


_KNOWN = _spellings()


def honour_named(text: str) -> Honour | None:
    """The title behind a spelling of it: its name in either language, its code, or a usual longer form."""
    return _KNOWN.get(text.strip().casefold())
