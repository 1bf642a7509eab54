"""A parcel that lacks nothing which the publication asks for."""

from typing import Any

from landparcels.models import Parcel
from tests.factories.landparcels import ParcelFactory

ASKED_FOR = {
    "name": "东区 1 号",
    "land_use": "100101",
    "supply_mode": "grant",
    "contact_office": "土地交易中心",
    "contact_phone": "0532-00000001",
    "start_price": 30.0,
    "tenure_years": 50.0,
    "far_min": 1.0,
    "building_coefficient_min": 40.0,
    "investment_intensity_min": 300.0,
    "output_per_mu_min": 450.0,
    "tax_per_mu_min": 20.0,
    "energy_per_value_added_max": 0.4,
    "services_level": 7.0,
    "construction_months_max": 24.0,
}


def complete_parcel(status: str = "draft", **columns: Any) -> Parcel:  # Any: column values
    """It lies in a region of its own, `370211` unless another is given."""
    return ParcelFactory(**{**ASKED_FOR, "status": status, **columns})
