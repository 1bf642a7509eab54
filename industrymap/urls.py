from django.urls import path

from industrymap import views

urlpatterns = [
    path("api/v1/industries/", views.IndustryListView.as_view()),
    path("api/v1/industries/<str:code>/sheet/", views.SheetView.as_view()),
]
