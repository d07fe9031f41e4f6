"""A workspace may open only for members who sign in in two steps."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0005_standings_by_workspace")]

    operations = [
        migrations.AddField(model_name="workspace", name="needs_two_step", field=models.BooleanField(default=False)),
    ]
