from django.urls import path

from geo import views
from geo.tiles import views as tiles

urlpatterns = [
    path("api/v1/regions/", views.RegionListView.as_view()),
    path("api/v1/regions/<str:adcode>/", views.RegionDetailView.as_view()),
    path("api/v1/facilities/", views.FacilityListView.as_view()),
    path("api/v1/zones/", views.ZoneListView.as_view()),
    path("api/v1/roads/", views.RoadListView.as_view()),
    path("tiles/<str:layer>/<int:z>/<int:x>/<int:y>.mvt", tiles.tile, name="tile"),
    path("tiles/<str:layer>.json", tiles.tilejson, name="tilejson"),
]
