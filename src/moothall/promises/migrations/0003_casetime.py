"""What a body measured of its own staff's time: published, written by itself, never changed."""

import moothall.core.ids
from django.db import migrations, models

from moothall.core.rows import BODY, AppendOnly, PolicyRows


class Migration(migrations.Migration):

    dependencies = [
        ('promises', '0002_rows'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseTime',
            fields=[
                ('id', models.UUIDField(default=moothall.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('body_id', models.SmallIntegerField()),
                ('service_id', models.CharField(max_length=60)),
                ('minutes', models.PositiveIntegerField()),
                ('day', models.DateField()),
                ('source', models.CharField(max_length=300)),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['body_id', 'service_id', '-day'], name='promises_casetime_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gt', 0)), name='promises_casetime_some')],
            },
        ),
        PolicyRows("promises_casetime", using=BODY, check=BODY, read="true"),
        AppendOnly("promises_casetime"),
    ]
