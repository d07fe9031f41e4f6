"""Lists keep what a verdict says otherwise, where its lever was tried: what they show is to be worked out anew."""

from typing import Any

from django.db import migrations, models


def mark_as_old(apps: Any, schema_editor: Any) -> None:
    apps.get_model("assessments", "Assessment").objects.filter(list_entry_is_old=False).update(list_entry_is_old=True)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0015_market_files")]

    operations = [
        migrations.AddField(
            "listentry", "wording", models.CharField(blank=True, default="", max_length=32), preserve_default=False
        ),
        migrations.RunPython(mark_as_old, migrations.RunPython.noop),
    ]
