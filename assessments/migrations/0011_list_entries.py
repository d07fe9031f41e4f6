"""What lists show of an assessment is called a list entry. Nothing is worked out again."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0010_ceiling_of_standings")]

    operations = [
        migrations.RemoveIndex("assessment", "old_standings"),
        migrations.RenameField("assessment", "standing_is_old", "list_entry_is_old"),
        migrations.AddIndex(
            "assessment",
            models.Index(
                condition=models.Q(("list_entry_is_old", True)), fields=["workspace"], name="old_list_entries"
            ),
        ),
        migrations.RenameModel("Standing", "ListEntry"),
        migrations.RenameIndex("listentry", old_name="standings_counted", new_name="list_entries_counted"),
        migrations.AlterField(
            "listentry",
            "assessment",
            models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                primary_key=True,
                related_name="list_entry",
                serialize=False,
                to="assessments.assessment",
            ),
        ),
    ]
