"""Core's addresses."""

from django.urls import path

from moothall.core.views import audit, files, outbox, privacy

app_name = "core"
urlpatterns = [
    path("files/<uuid:file_id>/", files.download, name="file"),
    path("files/<uuid:file_id>/picture", files.picture, name="picture"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<uuid:outgoing_id>/", outbox.message, name="message"),
    path("staff/letters/", outbox.letters, name="letters"),
    path("staff/letters/by-hand/", outbox.by_hand, name="by_hand"),
    path("staff/letters/<uuid:outgoing_id>.txt", outbox.letter_words, name="letter_words"),
    path("staff/letters/<uuid:outgoing_id>.pdf", outbox.letter, name="letter"),
    path("staff/letters/<uuid:outgoing_id>/posted", outbox.posted, name="posted"),
    path("staff/audit/", audit.trail, name="audit"),
    path("staff/audit/<int:entry_id>/proof.json", audit.proof, name="proof"),
    path("staff/privacy/", privacy.privacy_office, name="privacy"),
    path("staff/privacy/person/", privacy.person, name="privacy-person"),
    path("staff/privacy/pack", privacy.make, name="privacy-pack"),
    path("staff/privacy/erase", privacy.erase, name="privacy-erase"),
    path("privacy/", privacy.register, name="register"),
]
