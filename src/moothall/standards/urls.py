"""Addresses of standards."""

from django.urls import path

from moothall.core import format_ends  # noqa: F401  knows how an address ends in a format
from moothall.standards.api import open311, referral
from moothall.standards.views import docs, keys

app_name = "standards"
urlpatterns = [
    # /open311/: for other systems
    path("open311/", docs.open311, name="open311"),
    path("open311/v2/", docs.to_docs, name="open311_root"),
    path("open311/v2/discovery.<form:form>", open311.discovery, name="discovery"),
    path("open311/v2/services.<form:form>", open311.service_list, name="services"),
    path("open311/v2/services/<slug:code>.<form:form>", open311.service_definition, name="service"),
    path("open311/v2/requests.<form:form>", open311.service_requests, name="requests"),
    path("open311/v2/requests/<str:number>.<form:form>", open311.service_request, name="request"),
    path("open311/v2/tokens/<str:token>.<form:form>", open311.token, name="token"),
    path("open311/v2/servicerequestupdates.<form:form>", open311.request_updates, name="updates"),
    # /open-referral/v3/: the directory
    path("open-referral/v3/", referral.root, name="referral"),
    path("open-referral/v3/services", referral.services, name="referral_services"),
    path("open-referral/v3/services/<uuid:entry_id>", referral.service, name="referral_service"),
    path("open-referral/v3/taxonomies", referral.taxonomies, name="referral_taxonomies"),
    path("open-referral/v3/taxonomies/<uuid:entry_id>", referral.taxonomy, name="referral_taxonomy"),
    path("open-referral/v3/taxonomy_terms", referral.taxonomy_terms, name="referral_terms"),
    path("open-referral/v3/taxonomy_terms/<uuid:entry_id>", referral.taxonomy_term, name="referral_term"),
    path("open-referral/v3/service_at_locations", referral.at_locations, name="referral_at_locations"),
    path("open-referral/v3/service_at_locations/<uuid:entry_id>", referral.at_location, name="referral_at_location"),
    # /staff/keys/: who may send
    path("staff/keys/", keys.keys, name="keys"),
    path("staff/keys/<int:key_id>/limit/", keys.limit, name="limit"),
    path("staff/keys/<int:key_id>/revoke/", keys.revoke, name="revoke"),
]
