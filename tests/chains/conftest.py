from hypothesis import settings

settings.register_profile("chains", deadline=None)  # scipy's first import takes seconds
settings.load_profile("chains")
