"""Those who asked without an account follow their thread by a link that they alone were given."""

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage

from geo.errors import NotThere
from investors.models import Enquiry

SIGNER = signing.Signer(salt="investors.thread")
PAGE = "/enquiry"


def token_of(enquiry: Enquiry) -> str:
    """It goes behind the # of an address, so that no server's log has it; whoever has it may read and write the thread."""
    return SIGNER.sign_object(enquiry.pk)


def thread_of(token: str) -> Enquiry:
    """The visitor's enquiry that a link leads to, for as long as its texts are kept."""
    try:
        number = SIGNER.unsign_object(token)
    except (signing.BadSignature, ValueError):
        raise no_thread() from None
    found = Enquiry.objects.filter(pk=number, user=None, erased_at=None).first()
    if found is None:
        raise no_thread()
    return found


def answer_mail(enquiry: Enquiry) -> EmailMessage | None:
    """Tells a visitor who left an address that there is an answer; what it says stands behind the link alone."""
    if enquiry.user_id is not None or not (enquiry.email and settings.MAILS and settings.SITE_ADDRESS):
        return None
    return EmailMessage(
        "[落地 Luodi] 您的用地咨询有了答复 · Your enquiry was answered",
        "承办部门答复了您的用地咨询，请打开此链接查看和续问；链接只给您本人，请勿转发。\n\n"
        "The office answered your enquiry about land. Read it and go on asking behind this link, which is for you alone.\n\n"
        f"{settings.SITE_ADDRESS}{PAGE}#{token_of(enquiry)}",
        to=[enquiry.email],
    )


def no_thread() -> NotThere:
    return NotThere(
        zh="链接无效，或这次咨询的个人信息已按期清除。",
        en="This link is wrong, or the personal data of the enquiry were erased in due time.",
    )
