from django.urls import include, path

from landparcels import dictionary_views, exports, match_views, views

urlpatterns = [
    path("api/v1/indicators/", views.IndicatorListView.as_view()),
    path("api/v1/city-indicators/", dictionary_views.CityIndicatorListView.as_view()),
    path("api/v1/city-indicators/<str:code>/", dictionary_views.CityIndicatorView.as_view()),
    path("api/v1/parcels/", views.ParcelListView.as_view()),
    path("api/v1/parcels/match/", match_views.MatchView.as_view()),
    path("api/v1/parcels/admitting/", match_views.AdmittingView.as_view()),
    path("api/v1/parcels/histograms/", match_views.HistogramView.as_view()),
    path("api/v1/parcels/statistics/", views.StatisticsView.as_view()),
    path("api/v1/parcels/export/", exports.ParcelExportView.as_view()),
    path("api/v1/parcels/template.xlsx", exports.ParcelTemplateView.as_view()),
    path("api/v1/parcels/compare/", exports.ParcelCompareView.as_view()),
    path("api/v1/", include("landparcels.publication.urls")),
    path("api/v1/", include("landparcels.deals.urls")),
    path("api/v1/", include("landparcels.referrals.urls")),
    path("api/v1/", include("landparcels.card.urls")),
    path("api/v1/", include("landparcels.documents.urls")),
    path("api/v1/parcels/<str:code>/", views.ParcelView.as_view()),
    path("api/v1/parcels/<str:code>/precheck/", match_views.PrecheckView.as_view()),
    path("api/v1/parcels/<str:code>/similar/", match_views.SimilarView.as_view()),
    path("api/v1/requirement-profiles/", views.RequirementProfileListView.as_view()),
]
