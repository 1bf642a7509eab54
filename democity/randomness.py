"""Chance that repeats: one stream per subject, so that a change in one leaves the others as they were."""

import zlib

import numpy as np
from numpy.random import PCG64, Generator


def stream(seed: int, subject: str) -> Generator:
    """The same seed and subject always give the same numbers, on every machine."""
    return Generator(PCG64([seed, zlib.crc32(subject.encode())]))


def spread(rng: Generator, total: int, weights: np.ndarray) -> np.ndarray:
    """`total` things over places by weight: whole numbers that sum to it, largest remainders first."""
    ideal = total * weights / weights.sum()
    counts = np.floor(ideal).astype(int)
    remainder = ideal - counts + rng.random(len(weights)) * 1e-9
    counts[np.argsort(-remainder)[: total - counts.sum()]] += 1
    return np.asarray(counts)
