"""Files that were handed in as evidence, and what was read in them."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0016_wording_of_verdicts"),
    ]

    operations = [
        migrations.CreateModel(
            name="EvidenceImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "Being read"),
                            ("read", "Read, nothing saved yet"),
                            ("failed", "Could not be read"),
                            ("saved", "Saved"),
                        ],
                        default="reading",
                        max_length=8,
                    ),
                ),
                ("progress", models.FloatField(default=0)),
                ("lines", models.PositiveBigIntegerField(default=0)),
                ("heartbeat", models.DateTimeField(default=django.utils.timezone.now)),
                ("attempt", models.PositiveIntegerField(default=1)),
                ("begun_again", models.BooleanField(default=False)),
                ("told", models.CharField(blank=True, max_length=16)),
                ("choices", models.JSONField(default=dict)),
                ("as_last_time", models.BooleanField(default=False)),
                ("description", models.CharField(blank=True, max_length=128)),
                ("subject", models.CharField(blank=True, max_length=64)),
                ("read", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("saved_at", models.DateTimeField(null=True)),
                ("keeps_files", models.BooleanField(default=False)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="imports", to="assessments.assessment"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="EvidenceFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("stored", models.CharField(blank=True, max_length=64)),
                (
                    "evidence_import",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="assessments.evidenceimport",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddIndex(
            model_name="evidenceimport",
            index=models.Index(fields=["assessment", "-created_at"], name="imports_by_time"),
        ),
    ]
