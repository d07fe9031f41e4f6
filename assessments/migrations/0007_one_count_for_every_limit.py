"""Tries of every limit stand in one table. The counts begin anew: none holds for longer than a quarter of an hour."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0006_two_step_may_be_needed")]

    operations = [
        migrations.DeleteModel("Tries"),
        migrations.CreateModel(
            name="Tries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("limit", models.CharField(max_length=20)),
                ("about", models.CharField(blank=True, max_length=64)),
                ("network", models.CharField(max_length=64)),
                ("since", models.DateTimeField()),
                ("count", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("limit", "about", "network"), name="one_count_of_a_network")
                ],
            },
        ),
    ]
