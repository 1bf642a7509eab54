"""Commitment and follow-up 承诺 · 履约: what a firm promised for its land, by when, and what was measured."""
