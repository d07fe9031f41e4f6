from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0020_failure_labels")]

    operations = [
        migrations.AddField("listentry", "measured", models.BooleanField(default=False)),
    ]
