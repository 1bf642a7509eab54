from django.urls import path

from landparcels.deals import views

urlpatterns = [
    path("land-deals/", views.LandDealListView.as_view()),
    path("land-deals/summary/", views.LandDealSummaryView.as_view()),
]
