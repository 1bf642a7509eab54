"""The printed card of a parcel: what it says is kept under its SM3 hash, so that the paper can be checked (docs/cards.md)."""
