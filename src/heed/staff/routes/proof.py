from django.urls import path

from heed.staff.views import proof

urlpatterns = [
    path("actions/what-worked/", proof.what_worked, name="what_worked"),
    path("actions/<int:action_id>/aim/", proof.aim, name="action_aim"),
    path("actions/<int:action_id>/did-it-work/", proof.did_it_work, name="did_it_work"),
    path("actions/<int:action_id>/did-it-work/ask/", proof.ask, name="ask_did_it_work"),
    path("actions/<int:action_id>/did-it-work/<str:file>", proof.proof_file, name="did_it_work_file"),
]
