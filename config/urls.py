"""Addresses of this deployment; each room keeps its own."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

urlpatterns = [
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerView.as_view(url_name="schema"), name="docs"),
    path("", include("geo.urls")),
    path("", include("enterprises.urls")),
    path("", include("landparcels.urls")),
    path("", include("chains.urls")),
    path("", include("siting.urls")),
    path("", include("industrymap.urls")),
    path("", include("fulfilment.urls")),
    path("", include("investors.urls")),
    path("", include("promotion.urls")),
    path("", include("board.urls")),
    path("", include("portal.urls")),
]

handler400 = "config.spoken.malformed"
handler404 = "config.spoken.nowhere"
handler500 = "config.spoken.failed"
