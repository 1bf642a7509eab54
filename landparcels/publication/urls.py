from django.urls import path

from landparcels.publication import views
from landparcels.publication.states import ACTIONS

urlpatterns = [
    path("parcels/<str:code>/publication/", views.PublicationView.as_view()),
    path("parcels/<str:code>/completeness/", views.CompletenessView.as_view()),
    *(
        path(f"parcels/<str:code>/{action.replace('_', '-')}/", views.StepView.as_view(action=action))
        for action in ACTIONS
    ),
]
