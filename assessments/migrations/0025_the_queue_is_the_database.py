"""Work waits in its row until a machine takes it, and files lie where every machine can read them."""

from pathlib import Path
from typing import Any

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

_PIECE = 1_000_000


def bring_files(apps: Any, schema_editor: Any) -> None:
    """Out of the data folder into the database; what is not there counts as gone."""
    files = apps.get_model("assessments", "EvidenceFile")
    pieces = apps.get_model("assessments", "EvidencePiece")
    folder = Path(settings.DATA_DIR) / "evidence"
    for file in files.objects.exclude(stored="").iterator():
        path = folder / file.stored
        if not path.is_file():
            files.objects.filter(pk=file.pk).update(stored="")
            continue
        with open(path, "rb") as content:
            for place, piece in enumerate(iter(lambda: content.read(_PIECE), b"")):
                pieces.objects.create(stored=file.stored, place=place, content=piece)


def forget_drawings(apps: Any, schema_editor: Any) -> None:
    """They are drawn anew when somebody asks."""
    apps.get_model("assessments", "DrawnPdf").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0024_tokens"),
    ]

    operations = [
        migrations.CreateModel(
            name="EvidencePiece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stored", models.CharField(max_length=64)),
                ("place", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AddField(
            model_name="drawnpdf",
            name="order",
            field=models.BinaryField(null=True),
        ),
        migrations.AlterField(
            model_name="drawnpdf",
            name="attempt",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="drawnpdf",
            name="heartbeat",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="evidenceimport",
            name="attempt",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="evidenceimport",
            name="heartbeat",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="evidencefile",
            index=models.Index(
                condition=models.Q(("stored", ""), _negated=True), fields=["stored"], name="files_that_are_here"
            ),
        ),
        migrations.AddIndex(
            model_name="evidenceimport",
            index=models.Index(condition=models.Q(("state", "reading")), fields=["created_at"], name="imports_to_read"),
        ),
        migrations.AddIndex(
            model_name="evidencepiece",
            index=models.Index(condition=models.Q(("place", 0)), fields=["made_at"], name="first_pieces_by_time"),
        ),
        migrations.AddConstraint(
            model_name="evidencepiece",
            constraint=models.UniqueConstraint(fields=("stored", "place"), name="pieces_in_order"),
        ),
        migrations.RunPython(bring_files, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(forget_drawings, migrations.RunPython.noop, elidable=True),
    ]
