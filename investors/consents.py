"""What people agree to. The newest text in force counts; a deployment that wrote none of its own has this one."""

from datetime import date

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from investors.models import Consent, ConsentText, Enquiry

FIRST_VERSION = "2026-11"
FIRST_DAY = date(2026, 11, 1)


def current_text() -> ConsentText:
    """Written down when it is first asked for."""
    found = ConsentText.objects.in_force(timezone.localdate())
    if found is None:
        found, _ = ConsentText.objects.get_or_create(
            version=FIRST_VERSION, defaults={"zh": first_zh(), "en": first_en(), "valid_from": FIRST_DAY}
        )
    return found


def agree(text: ConsentText, *, user: User | None = None, enquiry: Enquiry | None = None) -> None:
    Consent.objects.create(user=user, enquiry=enquiry, text=text, given=True)


def take_back(user: User) -> None:
    """Of the text agreed to last, where that still stands."""
    last = Consent.objects.filter(user=user).order_by("-pk").select_related("text").first()
    if last is not None and last.given:
        Consent.objects.create(user=user, text=last.text, given=False)


def has_agreed(user: User) -> bool:
    """To the text in force."""
    last = Consent.objects.filter(user=user).order_by("-pk").first()
    return last is not None and last.given and last.text_id == current_text().pk


def first_zh() -> str:
    days = settings.CONTACT_DAYS
    return (
        "我们收集您的称呼、所属行业、企业规模、手机号或邮箱，只用于：向您告知符合您条件的宗地，答复您的咨询，以及与您联系。\n"
        "联系方式加密保存；除承办您咨询的部门外，其他人看到的都是掩码。每次查看和导出都有记录。\n"
        f"咨询办结或账户停用 {days} 天后，我们清除您的个人信息；您也可以随时在“账户”页自行清除，或向承办部门提出。\n"
        "我们不向本市以外的单位提供这些信息，法律另有规定的除外。"
    )


def first_en() -> str:
    days = settings.CONTACT_DAYS
    return (
        "We keep your name, industry, size of firm, and phone number or e-mail address for one purpose: to tell you of "
        "parcels that meet your requirements, to answer your enquiries, and to reach you.\n"
        "Contacts are encrypted; all but the office that handles your enquiry see them masked. Each time they are shown "
        "or exported is recorded.\n"
        f"{days} days after an enquiry was closed or an account last used, your personal data are erased; you can erase "
        "them yourself at any time on your account page, or ask the office to.\n"
        "We do not pass them to anyone outside this city's administration unless the law requires it."
    )
