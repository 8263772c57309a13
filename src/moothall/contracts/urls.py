"""Addresses of contracts."""

from django.urls import path

from moothall.contracts import views

app_name = "contracts"
urlpatterns = [
    path("contracts/", views.contracts, name="contracts"),
    path("contracts/new/", views.let, name="let"),
    path("contracts/<int:contract_id>/", views.contract, name="contract"),
    # /deductions/
    path("deductions/", views.deductions, name="deductions"),
    path("deductions/<uuid:deduction_id>/", views.deduction, name="deduction"),
    path("deductions.csv", views.deductions_csv, name="deductions_csv"),
]
