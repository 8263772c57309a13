"""What groups of an organisation's own sign-in may do for a body, kept by the body alone."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from moothall.core.rows import BodyRows, Definer, NoDelete

GIVEN = """
create function bodies_groups_given(names text[])
returns table (id bigint, body_id smallint, roles varchar[], team_id bigint, kept_by varchar)
language sql stable security definer set search_path = public, pg_temp as $$
  select g.id, g.body_id, g.roles, g.team_id, g.kept_by from bodies_group g join bodies_body b on b.id = g.body_id
  where g.name = any(names) and g.ended_at is null and b.partner and (b.ends is null or b.ends > current_date)
$$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('bodies', '0003_heirs'),
    ]

    operations = [
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='As the sign-in tells it', max_length=200)),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), size=None)),
                ('kept_by', models.CharField(max_length=100)),
                ('ended_at', models.DateTimeField(null=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.team')),
            ],
        ),
        migrations.AddField(
            model_name='staff',
            name='group',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.group'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('body', 'name'), name='bodies_group_once'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('roles__contained_by', ['adviser', 'officer', 'crew', 'manager', 'finance', 'section-151-officer', 'monitoring-officer', 'information-governance', 'councillor', 'scrutiny-officer', 'union-representative', 'auditor', 'partnership-office', 'operator']), ('roles__len__gt', 0)), name='bodies_group_roles'),
        ),
        BodyRows("bodies_group"),
        NoDelete("bodies_group"),
        Definer(
            GIVEN,
            "bodies_groups_given(text[])",
            "tells at sign-in, before any body is in scope, what groups that are named to it may do and where",
        ),
    ]
