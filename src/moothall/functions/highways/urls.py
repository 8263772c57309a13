"""Addresses of highways."""

from django.urls import path

from moothall.functions.highways.views import crew, roads

app_name = "highways"
urlpatterns = [
    # /highways/
    path("highways/", roads.waiting, name="defects"),
    path("highways/defects/<uuid:defect_id>/", roads.defect, name="defect"),
    path("highways/defects/<uuid:defect_id>/inspect/", roads.inspect, name="inspect"),
    path("highways/defects/<uuid:defect_id>/check/", roads.check, name="check"),
    path("highways/streets/", roads.streets, name="streets"),
    path("highways/streets/<str:usrn>/", roads.street, name="street"),
    path("highways/segments/<int:segment_id>/", roads.segment, name="segment"),
    # /crew/
    path("crew/", crew.jobs, name="jobs"),
    path("crew/<uuid:order_id>/", crew.job, name="job"),
    path("crew/<uuid:order_id>/mended/", crew.mended, name="mended"),
    path("crew/<uuid:order_id>/not-possible/", crew.not_possible, name="not_possible"),
    path("crew/<uuid:order_id>/next/", crew.following, name="next"),
]
