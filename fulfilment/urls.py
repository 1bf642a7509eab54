from django.urls import path

from fulfilment.readiness import views as readiness

urlpatterns = [
    path("api/v1/parcels/<str:code>/readiness/", readiness.ReadinessView.as_view()),
    path("api/v1/assessments/", readiness.AssessmentListView.as_view()),
    path("api/v1/assessments/<str:adcode>/", readiness.RegionAssessmentsView.as_view()),
]
