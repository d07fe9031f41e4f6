"""Verdicts are made by gates and the comparison, no longer by rules: what lists show is to be worked out anew."""

from typing import Any

from django.db import migrations


def mark_as_old(apps: Any, schema_editor: Any) -> None:
    apps.get_model("assessments", "Assessment").objects.filter(list_entry_is_old=False).update(list_entry_is_old=True)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0012_letterhead")]

    operations = [migrations.RunPython(mark_as_old, migrations.RunPython.noop)]
