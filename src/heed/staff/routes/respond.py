from django.urls import path

from heed.staff.views import respond

urlpatterns = [
    path("cases/<str:reference>/response/", respond.response, name="case_response"),
    path("cases/<str:reference>/response/write/", respond.draft, name="draft_response"),
    path("cases/<str:reference>/response/ready/", respond.ask, name="ask_sign_off"),
    path("cases/<str:reference>/response/return/", respond.give_back, name="return_response"),
    path("cases/<str:reference>/response/sign/", respond.sign, name="sign_response"),
    path("cases/<str:reference>/response/send/", respond.send, name="send_response"),
    path("cases/<str:reference>/response/letter/", respond.letter, name="response_letter"),
]
