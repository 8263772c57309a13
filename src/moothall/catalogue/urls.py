"""Addresses of the catalogue."""

from django.urls import path

from moothall.catalogue.views import officers, public

app_name = "catalogue"
urlpatterns = [
    path("services/", public.index, name="services"),
    path("services/find", public.find, name="find"),
    path("services/schema.json", public.schema, name="schema"),
    path("services/topics/<slug:name>/", public.topic, name="topic"),
    path("services/<slug:service_id>/", public.page, name="service"),
    path("services/<slug:service_id>/service.jsonld", public.structured, name="structured"),
    path("services/<slug:service_id>/service.yaml", public.definition, name="definition"),
    path("staff/services/", officers.index, name="staff_services"),
    path("staff/services/<slug:service_id>/", officers.page, name="staff_service"),
]
