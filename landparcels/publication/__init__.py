"""How a parcel comes before the public: its states, who moves it, what was shown on which day, and its notices."""
