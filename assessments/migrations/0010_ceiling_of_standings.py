"""Whether the prompt ceiling is reached stands with where an assessment stands. What was kept is worked out again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0009_one_row_a_path")]

    operations = [
        migrations.RunSQL("DELETE FROM assessments_standing", migrations.RunSQL.noop),
        migrations.RunSQL("UPDATE assessments_assessment SET standing_is_old = TRUE", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="standing",
            name="ceiling",
            field=models.CharField(max_length=4, default=""),
            preserve_default=False,
        ),
    ]
