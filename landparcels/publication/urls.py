from django.urls import path

from landparcels.publication import notice_views, views
from landparcels.publication.states import ACTIONS

urlpatterns = [
    path("publication/desk/", notice_views.DeskView.as_view()),
    path("notices/", notice_views.NoticeListView.as_view()),
    path("notices/<int:notice>/", notice_views.NoticeView.as_view()),
    path("notices/<int:notice>/list/", notice_views.ListForBidsView.as_view()),
    path("notices/<int:notice>/close/", notice_views.CloseView.as_view()),
    path("parcels/<str:code>/notices/", notice_views.AnnounceView.as_view()),
    path("parcels/<str:code>/publication/", views.PublicationView.as_view()),
    path("parcels/<str:code>/completeness/", views.CompletenessView.as_view()),
    *(
        path(f"parcels/<str:code>/{action.replace('_', '-')}/", views.StepView.as_view(action=action))
        for action in ACTIONS
    ),
]
