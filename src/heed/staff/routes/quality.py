from django.urls import path

from heed.staff.views import coding, quality, recheck

urlpatterns = [
    path("insight/quality/", quality.data_quality, name="data_quality"),
    path("insight/quality/draw/", recheck.draw, name="draw_recheck"),
    path("insight/quality/checks/<int:recheck_id>/", recheck.sample, name="recheck"),
    path("insight/quality/checks/<int:recheck_id>/<int:number>/", recheck.check, name="recheck_case"),
    path("insight/quality/rounds/start/", coding.start, name="start_coding"),
    path("insight/quality/rounds/<int:round_id>/", coding.coding_round, name="coding_round"),
    path("insight/quality/rounds/<int:round_id>/end/", coding.end, name="end_coding"),
    path("insight/quality/rounds/<int:round_id>/texts/<int:number>/", coding.code, name="code_text"),
]
