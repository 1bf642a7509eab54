"""Files written the way people's programs write them, for the readers' tests."""

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely

NAMES = ["胶州热电厂", "黄岛港", "城阳站"]
CODES = ["0012", "0013", "0014"]
POINTS = [(120.01, 36.26), (120.22, 35.99), (120.38, 36.31)]


def write_layer(path: Path, *, crs: str | None = "EPSG:4490", encoding: str | None = None, **more: Any) -> Path:
    """Three named points through GDAL; `more` goes to the driver."""
    pyogrio.raw.write(
        path,
        geometry=shapely.to_wkb(shapely.points(POINTS)),
        field_data=[np.array(NAMES, dtype=object), np.array(CODES, dtype=object), np.array([1.5, np.nan, 3.0])],
        fields=["名称", "code", "value"],
        geometry_type="Point",
        crs=crs,
        encoding=encoding,
        **more,
    )
    return path


def zip_up(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def feature(geometry: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def point(lon: float, lat: float) -> dict[str, object]:
    return {"type": "Point", "coordinates": [lon, lat]}


def write_json(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path
