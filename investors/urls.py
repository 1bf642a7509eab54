from django.urls import path

from investors.views import enquiries, people, searches, texts, visitors

urlpatterns = [
    path("api/v1/registration/", people.RegistrationView.as_view()),
    path("api/v1/consent-texts/", texts.ConsentTextListView.as_view()),
    path("api/v1/account/", people.AccountView.as_view()),
    path("api/v1/account/consent/", people.AccountConsentView.as_view()),
    path("api/v1/account/confirm/", people.AccountConfirmView.as_view()),
    path("api/v1/account/confirmation/", people.AccountConfirmationView.as_view()),
    path("api/v1/account/erase/", people.AccountErasureView.as_view()),
    path("api/v1/saved-searches/", searches.SavedSearchListView.as_view()),
    path("api/v1/saved-searches/<int:number>/", searches.SavedSearchView.as_view()),
    path("api/v1/saved-searches/<int:number>/deliveries/", searches.DeliveryListView.as_view()),
    path("api/v1/saved-searches/<int:number>/trial/", searches.TrialView.as_view()),
    path("api/v1/enquiries/", enquiries.EnquiryListView.as_view()),
    path("api/v1/enquiries/export/", enquiries.EnquiryExportView.as_view()),
    path("api/v1/enquiries/thread/", visitors.VisitorThreadView.as_view()),
    path("api/v1/enquiries/thread/messages/", visitors.VisitorMessageView.as_view()),
    path("api/v1/enquiries/<int:number>/", enquiries.EnquiryView.as_view()),
    path("api/v1/enquiries/<int:number>/messages/", enquiries.MessageView.as_view()),
    path("api/v1/enquiries/<int:number>/read/", enquiries.ReadView.as_view()),
    path("api/v1/enquiries/<int:number>/contact/", enquiries.ContactView.as_view()),
]
