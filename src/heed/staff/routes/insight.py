from django.urls import path

from heed.staff.views import behind, insight

urlpatterns = [
    path("insight/", insight.insight, name="insight"),
    path("insight/measures/<slug:key>/", insight.measure, name="insight_measure"),
    path("insight/measures/<slug:key>/behind/<str:month>/", behind.measure_behind, name="insight_measure_behind"),
    path("insight/measures/<slug:key>/<str:file>", insight.measure_file, name="insight_measure_file"),
]
