"""Addresses of what everyone may see."""

from django.urls import path

from moothall.scrutiny.views import contacts, performance, register

app_name = "scrutiny"
urlpatterns = [
    path("performance/", performance.performance, name="performance"),
    path("performance.csv", performance.performance_csv, name="performance_csv"),
    path("performance/<slug:slug>/<slug:service_id>/", performance.service, name="service"),
    path("performance/<slug:slug>/<slug:service_id>.csv", performance.service_csv, name="service_csv"),
    path("contacts/", contacts.everybody, name="contacts"),
    path("contacts/<slug:slug>/", contacts.body, name="contacts_of"),
    path("contacts/<slug:slug>.csv", contacts.body_csv, name="contacts_csv"),
    path("partnerships/", register.register, name="register"),
    path("partnerships/register.csv", register.register_csv, name="register_csv"),
    path("partnerships/register.json", register.register_json, name="register_json"),
    path("partnerships/schema.json", register.register_schema, name="register_schema"),
    path("staff/partnerships/register/", register.bring_in, name="bring_in"),
]
