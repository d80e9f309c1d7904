from django.urls import path

from heed.staff.views import cost as views

urlpatterns = [
    path("insight/cost/", views.handling_cost, name="handling_cost"),
    path("settings/costs/", views.settings_costs, name="settings_costs"),
    path("cases/<str:reference>/cost/", views.case_cost, name="case_cost"),
]
