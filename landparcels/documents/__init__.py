"""Papers of a parcel: planning conditions, surveys, drawings. Kept as files, told apart by their bytes, handed out by right."""
