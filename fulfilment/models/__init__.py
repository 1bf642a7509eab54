"""What is on record on the way from land to a working factory."""

from fulfilment.models.commitments import Commitment, Milestone, Promise, Verification
from fulfilment.models.readiness import AreaAssessment, ReadinessItem

__all__ = ["AreaAssessment", "Commitment", "Milestone", "Promise", "ReadinessItem", "Verification"]
