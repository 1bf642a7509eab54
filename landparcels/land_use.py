"""用地用海 codes of the land that industry stands on (2023 edition), in both languages."""

from geo.words import Words

LAND_USES = {
    "0802": Words("科研用地", "Research"),
    "0901": Words("商业用地", "Commerce"),
    "0902": Words("商务金融用地", "Offices and finance"),
    "1001": Words("工业用地", "Industry"),
    "100101": Words("一类工业用地", "Industry, class 1"),
    "100102": Words("二类工业用地", "Industry, class 2"),
    "100103": Words("三类工业用地", "Industry, class 3"),
    "1002": Words("采矿用地", "Mining"),
    "1003": Words("盐田", "Salt pans"),
    "1101": Words("物流仓储用地", "Logistics and storage"),
    "110101": Words("一类物流仓储用地", "Logistics and storage, class 1"),
    "110102": Words("二类物流仓储用地", "Logistics and storage, class 2"),
    "110103": Words("三类物流仓储用地", "Logistics and storage, class 3"),
    "1102": Words("储备库用地", "Reserve depots"),
    "1204": Words("港口码头用地", "Ports and quays"),
    "1303": Words("供电用地", "Power supply"),
}
_CODES = {words.zh: code for code, words in LAND_USES.items()}


def land_use_code(text: str) -> str:
    """The code of a name; a code, or a name that is none of these, stays as it is."""
    return _CODES.get(text.strip(), text.strip())


def land_use_words(code: str) -> Words:
    """The name of a code; of anything else the text itself."""
    return LAND_USES.get(code, Words(code, code))
