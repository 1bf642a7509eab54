from django.urls import path

from promotion import call_views, invitation_views, views

urlpatterns = [
    path("api/v1/targets/", views.TargetListView.as_view()),
    path("api/v1/targets/followed/", views.FollowedView.as_view()),
    path("api/v1/targets/directory/", views.DirectoryView.as_view()),
    path("api/v1/targets/export/", views.TargetExportView.as_view()),
    path("api/v1/targets/<int:number>/", views.TargetView.as_view()),
    path("api/v1/targets/<int:number>/invitation.pdf", invitation_views.InvitationView.as_view()),
    path("api/v1/targets/<int:number>/notes/", views.NoteView.as_view()),
    path("api/v1/targets/<int:number>/takeover/", views.TakeOverView.as_view()),
    path("api/v1/targets/<int:number>/handovers/", views.HandoverListView.as_view()),
    path("api/v1/targets/<int:number>/handovers/<int:asked>/", views.HandoverView.as_view()),
    path("api/v1/calls/", call_views.CallListView.as_view()),
    path("api/v1/calls/proposals/", call_views.ProposalView.as_view()),
    path("api/v1/calls/<int:number>/", call_views.CallView.as_view()),
    path("api/v1/calls/<int:number>/publish/", call_views.PublishView.as_view()),
    path("api/v1/calls/<int:number>/close/", call_views.CloseView.as_view()),
]
