"""Invented investors: what one of them looks for, and what people ask about land, through the services that pages call.

Contacts are of ranges nobody has: 1380000xxxx, example.cn. Loading the demo again leaves what is there.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from democity.randomness import stream
from industrymap.industries import INDUSTRIES
from investors import consents, threads
from investors.models import Enquiry, Investor, Message, SavedSearch, SearchProgress
from investors.models.enquiries import State
from investors.offices import desk
from investors.watching import look, remember
from landparcels.models import Parcel

ASKERS = ("王工", "李经理", "张女士", "赵总", "Ms Chen", "孙先生", "周工", "吴经理", "郑女士", "Mr Liu")
QUESTIONS = (
    ("拟建年产 20 万套电机项目，用电约 18 MVA，这宗地何时可达？", "110 kV 变电站现有余量可满足，今年四季度可送电。"),
    ("能否分割出让 40 亩？我们一期只需要这么多。", "该宗地可分割，需报方案预审后办理。"),
    ("弹性年期 20 年的起始价怎么算？", "按工业用地 50 年价折算，具体以公告为准。"),
    ("污水能接入园区处理厂吗，日排约 600 吨。", "可以接入，请提供水质清单供园区核对。"),
    (
        "Could the building height limit be raised to 40 m for a vertical warehouse?",
        "Up to 36 m after a review; please send the plan.",
    ),
    ("亩均税收按哪一年考核？", "达产后第一个完整年度起考核。"),
    ("标准地的区域能评可以直接用吗？", "可以，有效期内无需再做。"),
)
FOLLOW_UP = "谢谢，资料已备好，何时可以到现场看地？"
SEARCHES = (
    ("电力充足的中等地块", {"hard": [{"indicator": "power_capacity", "op": "gte", "value": 20}], "area_mu": [30, 120]}),
    ("港口 40 公里内", {"hard": [{"indicator": "port_km", "op": "lte", "value": 40}], "area_mu": [20, None]}),
)
VISITORS = 6
UNTOLD = 2
"""Parcels that the first search has yet to be told of, so that there is news."""


@transaction.atomic
def look_for_land(seed: int) -> None:
    """Nothing where somebody asked before, or nothing is on offer."""
    investor = User.objects.get(username="demo-investor")
    parcels = list(Parcel.objects.filter(status="published").order_by("code").only("id", "code", "region"))
    if Enquiry.objects.exists() or len(parcels) < 2 * VISITORS:
        return
    pick = stream(seed, "investors")
    investor.set_contacts(email="demo-investor@example.cn", phone="13800000001")
    investor.save()
    Investor.objects.update_or_create(
        user=investor, defaults={"industry": INDUSTRIES[0].prefixes[0], "scale": "medium"}
    )
    if not consents.has_agreed(investor):
        consents.agree(consents.current_text(), user=investor)
    chosen = [parcels[int(at)] for at in pick.choice(len(parcels), VISITORS + 3, replace=False)]
    for number, parcel in enumerate(chosen):
        by = investor if number < 3 else None
        ask(number, parcel, by, asker=ASKERS[number % len(ASKERS)])
    save_searches(investor)


def ask(number: int, parcel: Parcel, by: User | None, *, asker: str) -> None:
    """A thread that stands where threads stand: new, answered, waiting or closed."""
    question, answer = QUESTIONS[number % len(QUESTIONS)]
    phone, email = f"1380000{1000 + number}", f"demo{number}@example.cn"
    (enquiry,) = threads.enquire(
        parcels=[parcel], text=question, person=asker, phone=phone, email=email, by=by, agreed=by is None
    )
    office = desk(enquiry.region)
    if office and number % 4 != 3:
        threads.write(enquiry, answer, by=office[number % len(office)])
        if number % 4 == 1 and by is not None:
            threads.write(enquiry, FOLLOW_UP, by=by)
        if number % 4 == 2:
            threads.move(threads.locked(enquiry), State.CLOSED)
    backdate(enquiry, timezone.now() - timedelta(days=3 * number + 2, hours=5 * number % 9))


def backdate(enquiry: Enquiry, asked: datetime) -> None:
    """As if it had been asked then, and each message been written a good half day after the one before."""
    at = asked
    for message in enquiry.messages.order_by("pk"):
        Message.objects.filter(pk=message.pk).update(at=at)
        last, at = at, at + timedelta(hours=15)
    closed = {"closed_at": at} if threads.locked(enquiry).closed_at else {}
    Enquiry.objects.filter(pk=enquiry.pk).update(created_at=asked, moved_at=closed.get("closed_at", last), **closed)


def save_searches(investor: User) -> None:
    for name, requirement in SEARCHES:
        search = SavedSearch(user=investor, name=name, requirement=requirement)
        remember(search)
        search.meets = search.meets[: max(0, len(search.meets) - UNTOLD)]
        search.save()
    SearchProgress.objects.filter(pk=1).update(stamp=0)
    look()
