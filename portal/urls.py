from django.urls import path, re_path

from portal.notifications import NotificationListView, NotificationReadView
from portal.page import healthz, page, readyz
from portal.search import SearchView
from portal.session import SessionView
from portal.views import PortalView

# the first part of each page's address, as in frontend/src/router.ts
PAGES = (
    "land", "notices", "verify", "chains", "enterprises", "maps", "siting", "targets", "board", "calls", "fulfilment",
    "data", "signin", "register", "consent", "account", "enquiry", "inbox",
)  # fmt: skip

urlpatterns = [
    path("api/v1/session/", SessionView.as_view()),
    path("api/v1/notifications/", NotificationListView.as_view()),
    path("api/v1/notifications/read/", NotificationReadView.as_view()),
    path("api/v1/search/", SearchView.as_view()),
    path("api/v1/portal/", PortalView.as_view()),
    path("healthz", healthz),
    path("readyz", readyz),
    re_path(rf"^(?:|(?:{'|'.join(PAGES)})(?:/.*)?)$", page),
]
