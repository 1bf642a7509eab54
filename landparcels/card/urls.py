from django.urls import path

from landparcels.card import views

urlpatterns = [
    path("parcels/<str:code>/card.pdf", views.ParcelCardView.as_view()),
    path("cards/<str:card>/", views.CardView.as_view()),
]
