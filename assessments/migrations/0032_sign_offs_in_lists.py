"""Lists keep where a sign-off stands and since when its decision wants another look; indexes for orders and heads."""

from typing import Any

from django.db import migrations, models
from django.db.models.functions import Lower


def look_again(apps: Any, schema_editor: Any) -> None:
    """At those that somebody was asked about: all others stand where the columns have them."""
    asked = apps.get_model("assessments", "SignOff").objects.values("version__assessment")
    apps.get_model("assessments", "Assessment").objects.filter(pk__in=asked).update(list_entry_is_old=True)


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0031_raters"),
    ]

    operations = [
        migrations.AddField(
            model_name="listentry",
            name="sign_off",
            field=models.PositiveSmallIntegerField(default=5),
        ),
        migrations.AddField(
            model_name="listentry",
            name="due_from",
            field=models.DateField(null=True),
        ),
        migrations.AddIndex(
            model_name="listentry",
            index=models.Index(
                models.F("workspace"),
                models.F("sign_off"),
                Lower("name"),
                models.F("assessment"),
                name="list_entries_by_sign_off",
            ),
        ),
        migrations.AddIndex(
            model_name="listentry",
            index=models.Index(
                models.F("workspace"),
                models.OrderBy(models.F("has_costs"), descending=True),
                models.F("pays_back"),
                Lower("name"),
                models.F("assessment"),
                name="list_entries_by_payback",
            ),
        ),
        migrations.AddIndex(
            model_name="listentry",
            index=models.Index(
                condition=models.Q(("due_from__isnull", False)), fields=["due_from"], name="list_entries_due"
            ),
        ),
        migrations.AddIndex(
            model_name="approval",
            index=models.Index(fields=["approver", "decision"], name="approvals_by_decision"),
        ),
        migrations.RunPython(look_again, migrations.RunPython.noop),
    ]
