from django.urls import path

from enterprises import views

urlpatterns = [
    path("api/v1/enterprises/", views.EnterpriseListView.as_view()),
    path("api/v1/enterprises/<str:uscc>/", views.EnterpriseDetailView.as_view()),
]
