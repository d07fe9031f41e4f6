from typing import Any

from django.db import migrations, models

from assessments import append_only


def refuse(apps: Any, schema_editor: Any) -> None:
    """From here on the database refuses to change or remove an event."""
    for statement in append_only.switch_on(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def permit(apps: Any, schema_editor: Any) -> None:
    for statement in append_only.switch_off(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0003_cache_table")]

    operations = [
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["chain", "about", "-sequence"], name="events_by_subject"),
        ),
        migrations.RunPython(refuse, permit),
    ]
