"""Firms that the demo's city and two of its districts follow, with their history, and two published calls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from chains.target_rows import Candidate, rank
from democity.randomness import stream
from enterprises.models import Enterprise
from promotion import call_services
from promotion.call_words import proposals
from promotion.models import Target
from promotion.nodes import Nodes
from promotion.services import add_note, ask_for, move, plan, take_up

FOLLOWED = 26
HOLDERS = ("demo-huangdao", "demo-chengyang", "demo-promotion")
NOTES = (
    "在行业展会上结识，对方市场总监有意了解本地配套（演示）",
    "电话沟通：关注用电保障和物流成本，已发送产业链图（演示）",
    "来访一次，看了两块标准地，对交地时间比较满意（演示）",
    "对方董事会已立项，正在三个城市之间比选（演示）",
    "补充了人才公寓和职业院校合作的资料（演示）",
)
DROPPED = "对方已决定在现址扩建，两年内不再考虑新址（演示）"
COURSE = (
    ((), 2), ((), 5), (("contacted",), 9), (("contacted",), 16), (("contacted", "visiting"), 4), ((), 41),
    (("contacted", "visiting"), 12), (("contacted",), 52), (("contacted", "visiting", "signed"), 20),
    (("contacted", "dropped"), 60), ((), 11), (("contacted",), 1), (("contacted", "visiting"), 25),
)  # fmt: skip
"""States passed through, and days since the last word; those past 30 days are overdue."""
CALLS = (
    ("产业链建链补链需求榜（演示）", "Links wanted: what our chains lack (demo)", ("build", "mend"),
     "市招商促进中心", "Municipal Investment Promotion Centre"),
    ("强链延链合作榜（演示）", "Room to grow beside strong links (demo)", ("extend", "strengthen"),
     "市工业和信息化局", "Municipal Bureau of Industry and Information Technology"),
)  # fmt: skip


@transaction.atomic
def follow_and_call(seed: int) -> None:
    """Through the same steps as people take; nothing where some were taken before."""
    if Target.objects.exists():
        return
    people = {user.username: user for user in User.objects.filter(username__in=HOLDERS)}
    nodes = Nodes(people["demo-promotion"])
    for number, candidate in enumerate(_candidates(nodes, people["demo-promotion"])):
        _follow(number, candidate, people[HOLDERS[number % len(HOLDERS)]], seed)
    waiting = Target.objects.filter(owner=people["demo-chengyang"], state="contacted").order_by("pk").first()
    if waiting is not None:
        ask_for(target=waiting, text="本区有三家用户企业，愿意一起洽谈（演示）", by=people["demo-huangdao"])
    for title_zh, title_en, kinds, office_zh, office_en in CALLS:
        titles, offices = (
            {"title_zh": title_zh, "title_en": title_en},
            {"contact_office": office_zh, "contact_office_en": office_en},
        )
        _call(nodes, people["demo-promotion"], kinds, {**titles, **offices})


def _candidates(nodes: Nodes, user: User) -> Iterator[Candidate]:
    """The best of each chain in turn, no firm twice; those whose figures are known first."""
    taken: set[int] = set()
    rankings = []
    for picture in nodes.pictures.values():
        leaves = [at for at, leaf in enumerate(picture.graph.is_leaf.tolist()) if leaf]
        rankings.append(sorted(rank(picture, leaves, user, limit=60).best, key=lambda one: one.capability is None))
    for place in range(6):
        for best in rankings:
            if len(taken) < FOLLOWED and place < len(best) and best[place].enterprise not in taken:
                taken.add(best[place].enterprise)
                yield best[place]


def _follow(number: int, candidate: Candidate, holder: User, seed: int) -> None:
    rng = stream(seed, f"target {number}")
    steps, quiet = COURSE[number % len(COURSE)]
    now = timezone.now()
    pace = timedelta(days=int(rng.integers(5, 15)))
    begun = now - timedelta(days=quiet) - pace * (len(steps) + 1)
    picture, at = candidate.wanted.picture, candidate.wanted.at
    target = take_up(
        enterprise=Enterprise.objects.get(pk=candidate.enterprise),
        node=f"{picture.chain.code}/{picture.nodes[at].code}",
        text=NOTES[0] if number % 2 else "",
        by=holder,
        now=begun,
    )
    day: datetime = begun
    for step, state in enumerate(steps, 1):
        day = begun + pace * step
        target = move(target=target, state=state, text=DROPPED if state == "dropped" else "", by=holder, now=day)
        if state != "dropped":
            add_note(target=target, text=NOTES[min(step, len(NOTES) - 1)], by=holder, now=day)
    if target.state == Target.State.DROPPED:
        return
    add_note(target=target, text=NOTES[1 + number % 4], by=holder, now=now - timedelta(days=quiet))
    if target.state != Target.State.SIGNED:
        due = timezone.localdate() + timedelta(days=int(rng.integers(-3, 21)))
        plan(target=target, next_action_on=due, by=holder)


def _call(nodes: Nodes, by: User, kinds: tuple[str, ...], words: dict[str, str]) -> None:
    wanted = [
        one.code
        for picture in nodes.pictures.values()
        for one in [found for found in proposals(picture) if found.need.value in kinds][:2]
    ]
    if not wanted:
        return
    call = call_services.draw_up(
        given={
            **words,
            "contact_phone": "0532-00000000",
            "closes_on": timezone.localdate() + timedelta(days=120),
            "nodes": wanted,
        },
        by=by,
    )
    call_services.publish(call=call, by=by)
