"""What one of two bodies proposes to pay or be paid: between the two, never removed."""

import django.db.models.deletion
import moothall.core.ids
from django.db import migrations, models

from moothall.core.rows import NoDelete, PolicyRows

THE_TWO = "body_id = any((select app_bodies())::smallint[]) or provider_id = any((select app_bodies())::smallint[])"


class Migration(migrations.Migration):

    dependencies = [
        ('bodies', '0002_row_security'),
        ('sharing', '0007_drawing'),
    ]

    operations = [
        migrations.CreateModel(
            name='RechargeProposal',
            fields=[
                ('id', models.UUIDField(default=moothall.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('service_id', models.CharField(max_length=60)),
                ('rule', models.JSONField()),
                ('vat', models.CharField(max_length=20)),
                ('starts', models.DateField()),
                ('ends', models.DateField(null=True)),
                ('basis', models.CharField(max_length=300)),
                ('post', models.CharField(max_length=120)),
                ('proposed_at', models.DateTimeField()),
                ('proposed_by', models.CharField(max_length=80)),
                ('answer', models.CharField(blank=True, default='', max_length=10)),
                ('answer_post', models.CharField(blank=True, default='', max_length=120)),
                ('answer_reason', models.CharField(blank=True, default='', max_length=500)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.CharField(blank=True, default='', max_length=80)),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('ending', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.rechargeterms')),
                ('proposer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('provider', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('terms', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.rechargeterms')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('answer', '')), fields=('body', 'provider', 'service_id'), name='sharing_proposal_one_at_a_time'), models.CheckConstraint(condition=models.Q(('body', models.F('provider')), _negated=True), name='sharing_proposal_between_two'), models.CheckConstraint(condition=models.Q(('proposer', models.F('body')), ('proposer', models.F('provider')), _connector='OR'), name='sharing_proposal_by_one_of_them'), models.CheckConstraint(condition=models.Q(('answer__in', ('', 'agreed', 'declined', 'withdrawn'))), name='sharing_proposal_answer'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='sharing_proposal_answered_when')],
            },
        ),
        PolicyRows("sharing_rechargeproposal", THE_TWO),
        NoDelete("sharing_rechargeproposal"),
    ]
