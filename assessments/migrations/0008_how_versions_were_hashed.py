"""Versions remember by which rule they were hashed: those that are there already by the first one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0006_two_step_may_be_needed")]

    operations = [
        migrations.AddField(
            model_name="version",
            name="hash_rule",
            field=models.PositiveSmallIntegerField(default=1),
            preserve_default=False,
        ),
    ]
