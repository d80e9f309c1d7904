from django.urls import path

from heed.staff.views import insight

urlpatterns = [
    path("insight/", insight.insight, name="insight"),
    path("insight/measures/<slug:key>/", insight.measure, name="insight_measure"),
    path("insight/measures/<slug:key>/figures.csv", insight.measure_csv, name="insight_measure_csv"),
]
