"""Firms that stand close together (METHODS 3): DBSCAN over great-circle distance, each cluster with a concave hull. Pure."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from geo import hexes
from geo.hexes import Floats

REACH_KM = 1.5
FEWEST = 5
HULL_RATIO = 0.4
"""0 is as hollow as can be, 1 is convex."""
MARGIN_KM = 0.3
"""Around the hull as it is drawn, so that a row of firms has an outline too."""
KM_PER_DEGREE = 2 * np.pi * hexes.EARTH_RADIUS_KM / 360
NOISE = -1

Labels = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Cluster:
    """Positions of its firms, and the outline drawn around them in degrees."""

    members: NDArray[np.int64]
    outline: shapely.Polygon


def find_clusters(places: Floats, *, reach_km: float = REACH_KM, fewest: int = FEWEST) -> list[Cluster]:
    """The clusters of places (longitude, latitude, shape (n, 2)), in the order of their first member."""
    labels = dbscan(places, reach_km=reach_km, fewest=fewest)
    found = []
    for label in range(int(labels.max(initial=NOISE)) + 1):
        members = np.flatnonzero(labels == label)
        found.append(Cluster(members, outline_of(places[members])))
    return found


def dbscan(places: Floats, *, reach_km: float, fewest: int) -> Labels:
    """A number per place; NOISE belongs to no cluster. A place with at least `fewest` within reach, itself among them, is a
    core; cores within reach of each other are one cluster; any other place joins the cluster of its nearest core in reach.
    """
    labels = np.full(len(places), NOISE, dtype=np.int64)
    if len(places) < fewest:
        return labels
    points = hexes.unit_vectors(places)
    reach = hexes.chord_of(reach_km)
    pairs = cKDTree(points).query_pairs(reach, output_type="ndarray")
    core = 1 + np.bincount(pairs.ravel(), minlength=len(places)) >= fewest
    if not core.any():
        return labels
    between = pairs[core[pairs].all(axis=1)]
    links = coo_array((np.ones(len(between)), between.T), shape=(len(places), len(places)))
    _, component = connected_components(links, directed=False)
    cores = np.flatnonzero(core)
    distance, nearest = cKDTree(points[cores]).query(points, distance_upper_bound=np.nextafter(reach, 1))
    joined = np.isfinite(distance)
    _, first, number = np.unique(component[cores[nearest[joined]]], return_index=True, return_inverse=True)
    labels[joined] = np.argsort(np.argsort(first))[number]
    return labels


def outline_of(places: Floats) -> shapely.Polygon:
    """The concave hull of the places with a margin, in degrees; the outer ring alone."""
    stretch = np.array([np.cos(np.radians(places[:, 1].mean())), 1.0]) * KM_PER_DEGREE
    hull = shapely.concave_hull(shapely.multipoints(places * stretch), ratio=HULL_RATIO)
    wide = shapely.Polygon(hull.buffer(MARGIN_KM, quad_segs=4).exterior)
    outline: shapely.Polygon = shapely.transform(wide, lambda corners: corners / stretch)
    return outline
