from typing import Any

from django.core.management import call_command
from django.db import migrations


def create(apps: Any, schema_editor: Any) -> None:
    """The table of the cache that all processes share."""
    call_command("createcachetable", database=schema_editor.connection.alias)


def drop(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP TABLE IF EXISTS cache")


class Migration(migrations.Migration):
    dependencies = [("assessments", "0002_teams")]

    operations = [migrations.RunPython(create, drop)]
