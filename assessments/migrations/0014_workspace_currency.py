"""A workspace has a currency, and a rate with its day, that new assessments start with."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0013_other_verdicts")]

    operations = [
        migrations.AddField("workspace", "currency", models.CharField(default="USD", max_length=3)),
        migrations.AddField("workspace", "exchange_rate", models.FloatField(null=True)),
        migrations.AddField("workspace", "exchange_rate_day", models.DateField(null=True)),
    ]
