from django.urls import path

from geo import grid_views as grid
from geo import import_views as imports
from geo import views
from geo.tiles import views as tiles

urlpatterns = [
    path("api/v1/regions/", views.RegionListView.as_view()),
    path("api/v1/regions/<str:adcode>/", views.RegionDetailView.as_view()),
    path("api/v1/facilities/", views.FacilityListView.as_view()),
    path("api/v1/zones/", views.ZoneListView.as_view()),
    path("api/v1/roads/", views.RoadListView.as_view()),
    path("api/v1/grid/layers/", grid.GridLayerListView.as_view()),
    path("api/v1/grid/layers/<str:code>/cells/", grid.GridCellsView.as_view()),
    path("api/v1/sources/", imports.SourceListView.as_view()),
    path("api/v1/imports/", imports.ImportListView.as_view()),
    path("api/v1/imports/preview/", imports.ImportPreviewView.as_view()),
    path("api/v1/imports/kinds/", imports.KindListView.as_view()),
    path("api/v1/imports/kinds/<str:kind>/template.csv", imports.TemplateView.as_view()),
    path("api/v1/imports/<int:number>/", imports.ImportDetailView.as_view()),
    path("api/v1/imports/<int:number>/rejects.csv", imports.RejectsView.as_view()),
    path("api/v1/imports/<int:number>/cancel/", imports.ImportCancelView.as_view()),
    path("tiles/<str:layer>/<int:z>/<int:x>/<int:y>.mvt", tiles.tile, name="tile"),
    path("tiles/<str:layer>.json", tiles.tilejson, name="tilejson"),
]
