"""What the worker does for investors: looks at saved searches, calls webhooks, sends confirmations, erases what is due."""

from django.db import connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from accounts.models import User
from investors import erasure, knocking, registration, visitors, watching, webhooks
from investors.models import Delivery, Enquiry

MINUTELY_JOBS_KEPT = "2 days"


@app.periodic(cron="* * * * *")
@app.task(name=watching.TASK, queue="searches", lock="investors.searches")
def look_at_searches(timestamp: int) -> None:
    """Every minute, and at once when a parcel moved; where nothing changed it costs two short queries."""
    watching.look()


@app.task(
    name="investors.deliver",
    queue="webhooks",
    retry=RetryStrategy(
        max_attempts=webhooks.MOST_ATTEMPTS, exponential_wait=5, retry_exceptions=[webhooks.NotDelivered]
    ),
)
def deliver(delivery_id: str) -> None:
    delivery = Delivery.objects.select_related("search").filter(pk=delivery_id).first()
    if delivery is not None:  # its search may be gone
        webhooks.attempt(delivery)


@app.task(name="investors.send_confirmation", queue="mails", retry=RetryStrategy(max_attempts=6, exponential_wait=4))
def send_confirmation(user_id: int) -> None:
    user = User.objects.filter(pk=user_id, is_active=True, email_confirmed_at=None).first()
    if user is not None and user.email:
        registration.confirmation(user).send()


@app.task(name="investors.tell_visitor", queue="mails", retry=RetryStrategy(max_attempts=6, exponential_wait=4))
def tell_visitor(enquiry_id: int) -> None:
    enquiry = Enquiry.objects.filter(pk=enquiry_id, erased_at=None).first()
    message = visitors.answer_mail(enquiry) if enquiry is not None else None
    if message is not None:
        message.send()


@app.periodic(cron="17 3 * * *")
@app.task(name="investors.erase_what_is_due", queue="calendar", queueing_lock="investors.erasure")
def erase_what_is_due(timestamp: int) -> None:
    """Personal data that were kept for long enough, and what is left of jobs that run every minute."""
    erasure.erase_what_is_due()
    knocking.forget_old()
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs AS job WHERE queue_name IN ('searches', 'upkeep') AND status = 'succeeded' "
            "AND NOT EXISTS (SELECT FROM procrastinate_events AS event WHERE event.job_id = job.id "
            "AND event.at > now() - %s::interval)",
            [MINUTELY_JOBS_KEPT],
        )
