"""Addresses of the editor."""

from django.urls import path

from moothall.editor.views import beginning, drafts, looking, parts, reviewing, writing

app_name = "editor"
urlpatterns = [
    path("staff/editor/", drafts.ours, name="ours"),
    path("staff/editor/new/", beginning.new, name="new"),
    path("staff/editor/change/<slug:service_id>/", beginning.change, name="change"),
    path("staff/editor/retire/<slug:service_id>/", beginning.retire, name="retire"),
    path("staff/editor/drafts/<uuid:draft_id>/", drafts.page, name="draft"),
    path("staff/editor/drafts/<uuid:draft_id>/text/<path:file>/", writing.text, name="text"),
    path("staff/editor/drafts/<uuid:draft_id>/letters/", writing.letters, name="letters"),
    path("staff/editor/drafts/<uuid:draft_id>/parts/<slug:section>/", parts.part, name="part"),
    path("staff/editor/drafts/<uuid:draft_id>/parts/<slug:section>/<slug:name>/", parts.entry, name="entry"),
    path("staff/editor/drafts/<uuid:draft_id>/look/<path:file>/", looking.look, name="look"),
    path("staff/editor/drafts/<uuid:draft_id>/preview/", looking.preview, name="preview"),
    path("staff/editor/drafts/<uuid:draft_id>/try/", looking.try_out, name="try"),
    path("staff/editor/drafts/<uuid:draft_id>/changes/", drafts.changes, name="changes"),
    path("staff/editor/drafts/<uuid:draft_id>/newest/", drafts.newest, name="newest"),
    path("staff/editor/drafts/<uuid:draft_id>/history/", drafts.history, name="history"),
    path("staff/editor/drafts/<uuid:draft_id>/history/<int:number>/", drafts.saving, name="saving"),
    path("staff/editor/drafts/<uuid:draft_id>/ask/", reviewing.ask, name="ask"),
    path("staff/editor/drafts/<uuid:draft_id>/answer/", reviewing.answer, name="answer"),
    path("staff/editor/drafts/<uuid:draft_id>/publish/", reviewing.publish, name="publish"),
    path("staff/editor/drafts/<uuid:draft_id>/drop/", reviewing.drop, name="drop"),
]
