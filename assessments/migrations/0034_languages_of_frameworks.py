"""A framework of a team says which languages its own words are in; those that exist are in one, as they were."""

from django.db import migrations, models

import assessments.models.team_framework


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0033_language_of_people"),
    ]

    operations = [
        migrations.AddField(
            model_name="frameworkversion",
            name="languages",
            field=models.JSONField(default=assessments.models.team_framework.english_alone),
        ),
        migrations.AddField(
            model_name="frameworkversion",
            name="words",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="teamframework",
            name="languages",
            field=models.JSONField(default=assessments.models.team_framework.english_alone),
        ),
        migrations.AddField(
            model_name="teamframework",
            name="words",
            field=models.JSONField(default=dict),
        ),
    ]
