"""Keep the whole folder that a version was published from, so that it can be taken out again to the last byte."""

from django.db import migrations, models

FILL = """
alter table catalogue_version disable trigger catalogue_version_append_only;
update catalogue_version v set files = jsonb_build_object('service.yaml', v.source) || coalesce((
  select jsonb_object_agg('letters/' || l.key || '.' || t.key || '.md', t.value)
  from jsonb_each(v.compiled::jsonb -> 'letters') l, jsonb_each_text(l.value) t), '{}');
alter table catalogue_version enable trigger catalogue_version_append_only;
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_row_security")]

    operations = [
        migrations.AddField("service", "withdrawn_by", models.CharField(blank=True, default="", max_length=100)),
        migrations.AddField("version", "files", models.JSONField(default=dict), preserve_default=False),
        migrations.RunSQL(FILL),
        migrations.RemoveField("version", "source"),
    ]
