"""Who pays whom for what: published, written by the two bodies alone, never removed."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import moothall.core.ids
import moothall.sharing.models.adoptions
from django.db import migrations, models

from moothall.core.rows import NoDelete, PolicyRows

THE_TWO = "body_id = any((select app_bodies())::smallint[]) or provider_id = any((select app_bodies())::smallint[])"


class Migration(migrations.Migration):

    dependencies = [
        ('bodies', '0002_row_security'),
        ('sharing', '0002_rows'),
    ]

    operations = [
        migrations.CreateModel(
            name='RechargeTerms',
            fields=[
                ('id', models.UUIDField(default=moothall.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('service_id', models.CharField(max_length=60)),
                ('rule', models.JSONField()),
                ('vat', models.CharField(max_length=20)),
                ('starts', models.DateField()),
                ('ends', models.DateField(null=True)),
                ('partnership_id', models.UUIDField(null=True)),
                ('basis', models.CharField(max_length=300)),
                ('payer_post', models.CharField(max_length=120)),
                ('provider_post', models.CharField(max_length=120)),
                ('agreed_at', models.DateTimeField()),
                ('agreed_by', models.CharField(max_length=80)),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('provider', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('body'), '='), (models.F('provider'), '='), (models.F('service_id'), '='), (moothall.sharing.models.adoptions.DateRange(models.F('starts'), models.F('ends')), '&&')], name='sharing_terms_one_at_a_time'), models.CheckConstraint(condition=models.Q(('body', models.F('provider')), _negated=True), name='sharing_terms_between_two'), models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('starts')), _connector='OR'), name='sharing_terms_end_after_they_start')],
            },
        ),
        PolicyRows("sharing_rechargeterms", THE_TWO, read="true"),
        NoDelete("sharing_rechargeterms"),
    ]
