"""Versions remember by which rule they were hashed: those that are there already by the first one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0007_one_count_for_every_limit")]

    operations = [
        migrations.AddField(
            model_name="version",
            name="hash_rule",
            field=models.PositiveSmallIntegerField(default=1),
            preserve_default=False,
        ),
    ]
