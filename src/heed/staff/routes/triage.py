from django.urls import path

from heed.staff.views import triage as views

urlpatterns = [
    path("cases/<str:reference>/register/", views.register, name="register_case"),
    path("cases/<str:reference>/acknowledge/", views.acknowledge, name="acknowledge_case"),
    path("cases/<str:reference>/issues/", views.issues, name="case_issues"),
    path("cases/<str:reference>/issues/add/", views.add_issue, name="add_issue"),
    path("cases/<str:reference>/issues/<int:number>/", views.change_issue, name="change_issue"),
    path("cases/<str:reference>/issues/<int:number>/remove/", views.remove_issue, name="remove_issue"),
    path("cases/<str:reference>/risk/", views.rate, name="rate_risk"),
    path("cases/<str:reference>/approach/", views.approach, name="choose_approach"),
    path("cases/<str:reference>/complained-about/", views.against, name="record_against"),
    path("cases/<str:reference>/handler/", views.handler, name="assign_handler"),
    path("cases/<str:reference>/received/", views.received, name="correct_received"),
]
