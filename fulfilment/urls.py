from django.urls import path

from fulfilment.commitments import exports
from fulfilment.commitments import views as commitments
from fulfilment.readiness import views as readiness

urlpatterns = [
    path("api/v1/parcels/<str:code>/readiness/", readiness.ReadinessView.as_view()),
    path("api/v1/assessments/", readiness.AssessmentListView.as_view()),
    path("api/v1/assessments/<str:adcode>/", readiness.RegionAssessmentsView.as_view()),
    path("api/v1/commitments/", commitments.CommitmentListView.as_view()),
    path("api/v1/commitments/summary/", commitments.CommitmentSummaryView.as_view()),
    path("api/v1/commitments/export/", exports.CommitmentExportView.as_view()),
    path("api/v1/commitments/<int:pk>/", commitments.CommitmentView.as_view()),
    path("api/v1/commitments/<int:pk>/milestones/", commitments.MilestoneView.as_view()),
    path("api/v1/commitments/<int:pk>/verifications/", commitments.MeasurementView.as_view()),
    path("api/v1/commitments/<int:pk>/verifications/<int:verification>/", commitments.JudgementView.as_view()),
]
