from django.urls import path

from heed.staff.views import groups

urlpatterns = [
    path("insight/groups/", groups.group_figures, name="insight_groups"),
    path("insight/groups/figures.csv", groups.group_figures_csv, name="insight_groups_csv"),
]
