"""Answers that compare criteria stand with the draft of a framework."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0029_counts_of_pilots"),
    ]

    operations = [
        migrations.AddField(
            model_name="teamframework",
            name="swings",
            field=models.JSONField(default=list),
        ),
    ]
