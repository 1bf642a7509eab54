"""The one import path: read → map → clean → load → report, for every kind of FORMATS.md."""
