from django.urls import path

from board import introduction_views, views

urlpatterns = [
    path("api/v1/board/posts/", views.PostListView.as_view()),
    path("api/v1/board/posts/export/", views.PostExportView.as_view()),
    path("api/v1/board/posts/<int:number>/", views.PostView.as_view()),
    path("api/v1/board/posts/<int:number>/publish/", views.PublishView.as_view()),
    path("api/v1/board/posts/<int:number>/close/", views.CloseView.as_view()),
    path("api/v1/board/posts/<int:number>/matches/", views.MatchView.as_view()),
    path("api/v1/board/posts/<int:number>/contact/", introduction_views.ContactView.as_view()),
    path("api/v1/board/posts/<int:number>/enquiries/", introduction_views.IntroductionView.as_view()),
    path("api/v1/board/nodes/", views.SuggestedNodeView.as_view()),
    path("api/v1/board/synonyms/", views.SynonymListView.as_view()),
    path("api/v1/board/synonyms/<int:number>/", views.SynonymView.as_view()),
]
