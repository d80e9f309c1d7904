from django.urls import path

from heed.staff.views import behind, insight, kept, rebase, together

urlpatterns = [
    path("insight/", insight.insight, name="insight"),
    path("insight/measures/<slug:key>/", insight.measure, name="insight_measure"),
    path("insight/together/", together.together, name="insight_together"),
    path("insight/kept/", kept.kept_list, name="insight_kept"),
    path("insight/kept/keep/", kept.keep_figures, name="insight_keep_figures"),
    path("insight/kept/<int:kept_id>/", kept.kept_figures, name="insight_kept_figures"),
    path("insight/measures/<slug:key>/new-limits/", rebase.rebase, name="insight_rebase"),
    path(
        "insight/measures/<slug:key>/new-limits/<int:rebase_id>/",
        rebase.take_back_rebase,
        name="insight_take_back_rebase",
    ),
    path("insight/measures/<slug:key>/behind/<str:month>/", behind.measure_behind, name="insight_measure_behind"),
    path("insight/measures/<slug:key>/<str:file>", insight.measure_file, name="insight_measure_file"),
]
