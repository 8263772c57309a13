"""Entries that officers open and correct, and what they did: for the body that they are owed to."""

import django.db.models.deletion
from django.db import migrations, models

from moothall.core.rows import BodyRows, NoDelete, UpdateOnly


class Migration(migrations.Migration):

    dependencies = [
        ('bodies', '0004_groups'),
        ('returns', '0002_rows'),
    ]

    operations = [
        migrations.AddField(
            model_name='due',
            name='asked',
            field=models.BooleanField(default=True),
        ),
        migrations.AlterField(
            model_name='entry',
            name='case_id',
            field=models.UUIDField(null=True),
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('kind', models.CharField(choices=[('opened', 'Opened by hand'), ('brought', 'Brought by a file'), ('moved', 'Due on another day'), ('readdressed', 'Address corrected'), ('ended', 'Ended')], max_length=12)),
                ('was', models.CharField(blank=True, default='', max_length=200)),
                ('became', models.CharField(blank=True, default='', max_length=200)),
                ('why', models.CharField(blank=True, default='', max_length=300)),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='returns.entry')),
            ],
        ),
        BodyRows("returns_change"),
        NoDelete("returns_change"),
        UpdateOnly("returns_change", ("body_id", "was", "became", "why")),
        migrations.RunSQL(
            "update returns_due set asked = false where number = 1 and filed_on = due_on", migrations.RunSQL.noop
        ),
    ]
