from django.urls import path

from chains import target_views, threshold_views, views

urlpatterns = [
    path("api/v1/chains/", views.ChainListView.as_view()),
    path("api/v1/chains/thresholds/", threshold_views.ThresholdView.as_view()),
    path("api/v1/chains/<str:code>/", views.ChainView.as_view()),
    path("api/v1/chains/<str:code>/health/", views.ChainHealthView.as_view()),
    path("api/v1/chains/<str:code>/disruption/", views.ChainDisruptionView.as_view()),
    path("api/v1/chains/<str:code>/targets/", target_views.ChainTargetsView.as_view()),
    path("api/v1/chains/<str:code>/nodes/<path:node>/", views.ChainNodeView.as_view()),
]
