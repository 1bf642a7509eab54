"""The firms on the map."""
