"""PDFs are kept where every machine can serve them, and drawn once for all who ask."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0021_measured_verdicts")]

    operations = [
        migrations.CreateModel(
            name="DrawnPdf",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("drawing", "Being drawn"), ("drawn", "Drawn"), ("failed", "Could not be drawn")],
                        default="drawing",
                        max_length=8,
                    ),
                ),
                ("pdf", models.BinaryField(null=True)),
                ("pages", models.PositiveIntegerField(default=0)),
                ("heartbeat", models.DateTimeField(default=django.utils.timezone.now)),
                ("attempt", models.PositiveIntegerField(default=1)),
                ("begun_again", models.BooleanField(default=False)),
                ("told", models.CharField(blank=True, max_length=16)),
                ("asked_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
        ),
    ]
