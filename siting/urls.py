from django.urls import path

from siting import views

urlpatterns = [
    path("api/v1/projects/", views.ProjectListView.as_view()),
    path("api/v1/projects/<str:code>/", views.ProjectView.as_view()),
    path("api/v1/siting/resources/", views.ResourceListView.as_view()),
    path("api/v1/siting/fit/", views.FitView.as_view()),
]
