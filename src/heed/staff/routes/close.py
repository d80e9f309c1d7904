from django.urls import path

from heed.staff.views import close

urlpatterns = [
    path("cases/<str:reference>/close/", close.close, name="close_case"),
    path("cases/<str:reference>/outcome/", close.record_view, name="record_view"),
    path("cases/<str:reference>/withdraw/", close.withdraw, name="withdraw_case"),
    path("cases/<str:reference>/settle/", close.settle, name="settle_case"),
    path("cases/<str:reference>/reopen/", close.reopen, name="reopen_case"),
    path("cases/<str:reference>/next-stage/", close.escalate, name="escalate_case"),
]
