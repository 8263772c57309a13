"""The books of each body. The app reads these tables; only the database's own posting functions write them."""

from django.db import models

KINDS = [("A", "Asset"), ("L", "Liability"), ("R", "Reserve"), ("I", "Income"), ("X", "Expense")]


class Account(models.Model):
    """One account in a body's books."""

    body_id = models.SmallIntegerField()
    code = models.CharField(max_length=10)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=1, choices=KINDS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body_id", "code"], name="ledger_account_code"),
            models.UniqueConstraint(fields=["body_id", "id"], name="ledger_account_body"),
            models.CheckConstraint(condition=models.Q(kind__in=[k for k, _ in KINDS]), name="ledger_account_kind"),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"


class Period(models.Model):
    """A month of a body's books, named by its first day; closed once and for all."""

    pk = models.CompositePrimaryKey("body_id", "month")
    body_id = models.SmallIntegerField()
    month = models.DateField()
    state = models.CharField(max_length=6, choices=[("open", "Open"), ("closed", "Closed")], default="open")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(month__day=1), name="ledger_period_first_of_month"),
            models.CheckConstraint(condition=models.Q(state__in=["open", "closed"]), name="ledger_period_state"),
        ]

    def __str__(self):
        return f"{self.month:%B %Y} ({self.state})"


class Journal(models.Model):
    """One posting: why, when, by whom. `key` makes a retry harmless; `digest` proves it is the same posting."""

    body_id = models.SmallIntegerField()
    month = models.DateField()
    posted_on = models.DateField()
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=200)
    digest = models.BinaryField(max_length=32)
    narrative = models.CharField(max_length=300, blank=True)
    reverses = models.ForeignKey("self", models.DO_NOTHING, null=True, db_constraint=False, related_name="reversed_by")
    at = models.DateTimeField()
    by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body_id", "key"], name="ledger_journal_key"),
            models.UniqueConstraint(fields=["body_id", "id"], name="ledger_journal_body"),
            models.UniqueConstraint(fields=["body_id", "reverses"], name="ledger_journal_reversed_once"),
        ]
        indexes = [models.Index(fields=["body_id", "-posted_on", "-id"], name="ledger_journal_newest")]

    def __str__(self):
        return f"{self.kind} {self.posted_on}"


class Leg(models.Model):
    """One line of a journal: pence on an account, debit positive, credit negative."""

    pk = models.CompositePrimaryKey("journal_id", "line")
    journal = models.ForeignKey(Journal, models.DO_NOTHING, db_constraint=False, related_name="legs")
    line = models.SmallIntegerField()
    body_id = models.SmallIntegerField()
    month = models.DateField()
    account = models.ForeignKey(Account, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="legs")
    cost_centre = models.CharField(max_length=60, blank=True)
    pence = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(pence=0), name="ledger_leg_not_empty")]
        indexes = [models.Index(fields=["body_id", "account", "month"], name="ledger_leg_account")]

    def __str__(self):
        return f"{self.pence} on {self.account_id}"


class Balance(models.Model):
    """What an account adds up to in a month, for a cost centre; kept by the posting functions."""

    pk = models.CompositePrimaryKey("account_id", "cost_centre", "month")
    account = models.ForeignKey(Account, models.DO_NOTHING, db_constraint=False, db_index=False)
    cost_centre = models.CharField(max_length=60, blank=True)
    month = models.DateField()
    body_id = models.SmallIntegerField()
    debit = models.BigIntegerField(default=0)
    credit = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["body_id", "month"], name="ledger_balance_month")]

    def __str__(self):
        return f"{self.account_id} {self.month}: {self.debit - self.credit}"
