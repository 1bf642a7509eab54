from django.urls import path

from landparcels.referrals import views

urlpatterns = [
    path("referrals/", views.ReferralListView.as_view()),
    *(path(f"referrals/<int:referral>/{step}/", views.ReferralStepView.as_view(step=step)) for step in views.STEPS),
]
