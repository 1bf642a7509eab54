from django.urls import path

from landparcels.documents import views

urlpatterns = [
    path("parcels/<str:code>/documents/", views.DocumentListView.as_view()),
    path("documents/<int:number>/", views.DocumentView.as_view()),
    path("documents/<int:number>/file/", views.DocumentFileView.as_view()),
]
