from django.urls import path

from chains import (
    exploring_views,
    history_views,
    local_supplier_views,
    map_views,
    target_views,
    threshold_views,
    views,
    workbook_views,
)

urlpatterns = [
    path("api/v1/chains/", views.ChainListView.as_view()),
    path("api/v1/chains/thresholds/", threshold_views.ThresholdView.as_view()),
    path("api/v1/chains/compare/", history_views.ChainComparisonView.as_view()),
    path("api/v1/chains/<str:code>/", views.ChainView.as_view()),
    path("api/v1/chains/<str:code>/health/", views.ChainHealthView.as_view()),
    path("api/v1/chains/<str:code>/health/history/", history_views.HealthHistoryView.as_view()),
    path("api/v1/chains/<str:code>/disruption/", views.ChainDisruptionView.as_view()),
    path("api/v1/chains/<str:code>/neighbourhood/", exploring_views.NeighbourhoodView.as_view()),
    path("api/v1/chains/<str:code>/presence/", exploring_views.PresenceView.as_view()),
    path("api/v1/chains/<str:code>/targets/", target_views.ChainTargetsView.as_view()),
    path("api/v1/chains/<str:code>/flows/", map_views.ChainFlowsView.as_view()),
    path("api/v1/chains/<str:code>/parks/", map_views.ChainParksView.as_view()),
    path("api/v1/chains/<str:code>/workbook/", workbook_views.ChainWorkbookView.as_view()),
    path("api/v1/chains/<str:code>/nodes/", exploring_views.NodeSearchView.as_view()),
    path("api/v1/chains/<str:code>/nodes/<path:node>/", views.ChainNodeView.as_view()),
    path("api/v1/enterprises/<str:uscc>/chains/", map_views.EnterpriseChainsView.as_view()),
    path("api/v1/enterprises/<str:uscc>/local-suppliers/", local_supplier_views.LocalSuppliersView.as_view()),
]
