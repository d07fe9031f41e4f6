"""Every value has a row of its own under its path; what was kept in lumps is taken apart, and put together again.

Going back loses what had no place before: evidence under numbers of the detailed costs and under weights.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from . import _paths as paths


class Migration(migrations.Migration):
    dependencies = [("assessments", "0008_how_versions_were_hashed")]

    operations = [
        migrations.RemoveConstraint("storedanswer", "one_answer_per_question"),
        migrations.RemoveConstraint("storedanswer", "answer_texts_are_bounded"),
        migrations.RenameModel("StoredAnswer", "StoredValue"),
        migrations.RenameModel("AnswerChange", "ValueChange"),
        migrations.RenameField("storedvalue", "key", "path"),
        migrations.RenameField("valuechange", "key", "path"),
        migrations.AlterField("storedvalue", "path", models.CharField(max_length=128)),
        migrations.AlterField("valuechange", "path", models.CharField(max_length=128)),
        migrations.AlterField(
            "storedvalue",
            "assessment",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="values", to="assessments.assessment"
            ),
        ),
        migrations.AddField("storedvalue", "origin", models.JSONField(default=str)),
        migrations.AddField(
            "storedvalue",
            "changed_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            "storedvalue",
            models.UniqueConstraint(fields=("assessment", "path"), name="one_value_of_a_path"),
        ),
        migrations.AddConstraint(
            "storedvalue",
            models.CheckConstraint(
                condition=models.Q(("evidence__length__lte", 10000), ("link__length__lte", 10000)),
                name="value_texts_are_bounded",
            ),
        ),
        migrations.RunPython(paths.take_apart, paths.put_together),
    ]
