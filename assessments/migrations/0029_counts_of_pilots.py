"""How pilots ended is counted in the index of what lists count."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0028_own_frameworks"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="listentry",
            name="list_entries_counted",
        ),
        migrations.AddIndex(
            model_name="listentry",
            index=models.Index(
                fields=["workspace", "action", "approach", "answered", "questions", "pilot"],
                name="list_entries_counted",
            ),
        ),
    ]
