"""A workspace has a letterhead: a mark of how confidential its reports are, and a logo."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0011_list_entries"),
    ]

    operations = [
        migrations.CreateModel(
            name="Letterhead",
            fields=[
                (
                    "workspace",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="letterhead",
                        serialize=False,
                        to="assessments.workspace",
                    ),
                ),
                ("mark", models.CharField(blank=True, max_length=60)),
                ("logo", models.BinaryField(null=True)),
            ],
        ),
    ]
