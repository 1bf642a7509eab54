"""Requirements and bodies of requests as pages send them."""

from typing import Any

REGISTRATION = {
    "name": "青岛某某精密",
    "industry": "3841",
    "scale": "medium",
    "email": "Wang@example.cn",
    "phone": "138 1234 5678",
    "password": "correct horse battery",
    "consent": "2026-11",
}
ENQUIRY = {
    "parcels": ["P1"],
    "message": "是否可供 110 kV？请致电 13812345678。",
    "person": "王小明",
    "phone": "13812345678",
    "email": "wang@example.cn",
    "consent": "2026-11",
}


def at_least(indicator: str, value: float, **more: Any) -> dict[str, Any]:  # Any: JSON
    """A requirement with one hard criterion."""
    return {"hard": [{"indicator": indicator, "op": "gte", "value": value}], **more}
