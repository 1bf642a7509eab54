"""States of commitments and names of milestones in words."""

from fulfilment.commitments.milestones import Name, Standing
from geo.words import Words, say

STANDING_WORDS: dict[Standing, Words] = {
    "overdue": say(zh="逾期", en="overdue"),
    "due_soon": say(zh="30 天内到期", en="due in 30 days"),
    "on_time": say(zh="正常履行", en="on time"),
    "unscheduled": say(zh="未定期限", en="no dates yet"),
    "fulfilled": say(zh="节点已全部完成", en="all dates met"),
}
MILESTONE_WORDS: dict[Name, Words] = {
    "start": say(zh="开工", en="start of building"),
    "completion": say(zh="竣工", en="completion"),
    "full_production": say(zh="达产", en="full production"),
}
