"""Where assessments stand is kept with their workspace. What was kept is worked out again at the next look."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0004_audit_is_append_only")]

    operations = [
        migrations.RunSQL("DELETE FROM assessments_standing", migrations.RunSQL.noop),
        migrations.AddField(model_name="assessment", name="standing_is_old", field=models.BooleanField(default=True)),
        migrations.AddField(
            model_name="standing",
            name="workspace",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="assessments.workspace",
            ),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="assessment",
            index=models.Index(
                condition=models.Q(("standing_is_old", True)), fields=["workspace"], name="old_standings"
            ),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                fields=["workspace", "action", "approach", "answered", "questions"], name="standings_counted"
            ),
        ),
    ]
