"""Ready to start 拿地即开工: what a parcel needs before the first pile, and how far each of it is."""
