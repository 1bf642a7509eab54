"""Due dates follow from hand-over and limits; whoever changes these calls this."""

from collections.abc import Iterable

from fulfilment.commitments.milestones import Limits, due_dates
from fulfilment.models import Commitment, Milestone


def limits_agreed(commitment: Commitment) -> Limits:
    return Limits(commitment.start_months, commitment.construction_months, commitment.ramp_up_months)


def set_due_dates(commitments: Iterable[Commitment]) -> int:
    """Writes the dates that differ; answers how many."""
    due = {one.pk: due_dates(one.hand_over, limits_agreed(one)) for one in commitments}
    changed = []
    for milestone in Milestone.objects.filter(commitment__in=due):
        day = due[milestone.commitment_id][milestone.name]  # type: ignore[index]  # a constraint holds it to the names
        if milestone.due != day:
            milestone.due = day
            changed.append(milestone)
    Milestone.objects.bulk_update(changed, ["due"], batch_size=2000)
    return len(changed)
