"""The audit trail: entries that commit to erasable payloads, sealed in Merkle trees, one tree per body."""

from django.db import models


class AuditEntry(models.Model):
    """One thing that was done or read. Ids and codes only; written by the database function `audit_record` alone."""

    body_id = models.SmallIntegerField()
    at = models.DateTimeField(help_text="When it happened, as the action was told")
    recorded_at = models.DateTimeField(help_text="When the database wrote it down")
    actor = models.TextField()
    purpose = models.TextField()
    action = models.TextField()
    object = models.TextField()
    commitment = models.BinaryField(help_text="sha256(salt || payload)")

    class Meta:
        indexes = [
            models.Index(fields=["body_id", "-id"], name="core_audit_newest"),
            models.Index(fields=["body_id", "object", "-id"], name="core_audit_object"),
            models.Index(fields=["body_id", "actor", "-id"], name="core_audit_actor"),
            models.Index(fields=["object", "-id"], name="core_audit_reads", condition=models.Q(action="read")),
        ]

    def __str__(self):
        return f"{self.action} {self.object}"


class AuditPayload(models.Model):
    """What an entry committed to; the words can be erased, and then `erasure_id` is the entry that recorded it."""

    entry_id = models.BigIntegerField(primary_key=True)
    body_id = models.SmallIntegerField()
    salt = models.BinaryField(null=True)
    data = models.TextField(null=True, help_text="JSON, byte for byte as committed to")
    erasure_id = models.BigIntegerField(null=True)

    def __str__(self):
        return f"payload of {self.entry_id}"


class AuditUnsealed(models.Model):
    """An entry that waits for the sealer."""

    entry_id = models.BigIntegerField(primary_key=True)
    body_id = models.SmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["body_id"], name="core_unsealed_body")]

    def __str__(self):
        return f"unsealed {self.entry_id}"


class AuditLeaf(models.Model):
    """An entry's place in its body's tree: leaves are numbered from 0 in the order they were sealed."""

    entry_id = models.BigIntegerField(primary_key=True)
    body_id = models.SmallIntegerField()
    number = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body_id", "number"], name="core_leaf_number")]

    def __str__(self):
        return f"leaf {self.number} of body {self.body_id}"


class AuditSeal(models.Model):
    """A signed head of a body's tree; `peaks` are the hashes needed to grow the tree from here."""

    body_id = models.SmallIntegerField()
    number = models.IntegerField()
    size = models.BigIntegerField()
    root = models.BinaryField()
    previous = models.BinaryField()
    hash = models.BinaryField()
    peaks = models.BinaryField()
    at = models.DateTimeField()
    key = models.TextField()
    signature = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body_id", "number"], name="core_seal_number"),
            models.UniqueConstraint(fields=["body_id", "size"], name="core_seal_size"),
        ]

    def __str__(self):
        return f"seal {self.number} of body {self.body_id}"
