"""Measurements: each module prints ratios against a stated limit or peer, measured in one run, and fails above it."""
