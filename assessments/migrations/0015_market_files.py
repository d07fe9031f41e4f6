"""Reviewed files of the market are stored."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0014_workspace_currency"),
    ]

    operations = [
        migrations.CreateModel(
            name="MarketFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("as_of", models.DateField()),
                ("text", models.TextField()),
                ("reviewed_by", models.CharField(max_length=200)),
                ("stored_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
    ]
