from django.urls import path

from heed.staff.views import investigate, remedy

urlpatterns = [
    path("cases/<str:reference>/evidence/", investigate.evidence, name="case_evidence"),
    path("cases/<str:reference>/evidence/add/", investigate.add_evidence, name="add_evidence"),
    path("cases/<str:reference>/investigator/", investigate.assign, name="assign_investigator"),
    path("cases/<str:reference>/issues/<int:number>/finding/", investigate.find, name="record_finding"),
    path("cases/<str:reference>/remedies/add/", remedy.agree, name="agree_remedy"),
    path("cases/<str:reference>/remedies/<int:remedy_id>/", remedy.deliver, name="deliver_remedy"),
    path("cases/<str:reference>/remedies/<int:remedy_id>/change/", remedy.change, name="change_remedy"),
]
