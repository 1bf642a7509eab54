"""Those who look for land: who they are, what they agreed to, what they look for, whom they ask."""

from investors.models.consent import Consent, ConsentText
from investors.models.enquiries import Enquiry, Message, ReadUpTo
from investors.models.people import Attempt, Investor
from investors.models.searches import Delivery, Hit, SavedSearch, SearchProgress

__all__ = [
    "Attempt",
    "Consent",
    "ConsentText",
    "Delivery",
    "Enquiry",
    "Hit",
    "Investor",
    "Message",
    "ReadUpTo",
    "SavedSearch",
    "SearchProgress",
]
