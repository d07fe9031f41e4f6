"""Columns to put lists in order by, and an index that has the order in which they open."""

import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0025_the_queue_is_the_database"),
    ]

    operations = [
        migrations.AddField(
            model_name="listentry",
            name="has_verdict",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(models.Q(("action", "")), then=models.Value(False)), default=models.Value(True)
                ),
                output_field=models.BooleanField(),
            ),
        ),
        migrations.AddField(
            model_name="listentry",
            name="pays_back",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.comparison.Coalesce(
                    models.F("payback_months"), models.Value(1000000000.0)
                ),
                output_field=models.FloatField(),
            ),
        ),
        migrations.AddField(
            model_name="listentry",
            name="strength",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.expressions.CombinedExpression(
                    django.db.models.expressions.CombinedExpression(
                        django.db.models.expressions.CombinedExpression(
                            models.Case(
                                models.When(action="go", then=models.Value(4)),
                                models.When(action="pilot", then=models.Value(3)),
                                models.When(action="confirm_first", then=models.Value(2)),
                                models.When(action="fix_first", then=models.Value(1)),
                                default=models.Value(0),
                            ),
                            "*",
                            models.Value(1000),
                        ),
                        "+",
                        models.F("reasons_for"),
                    ),
                    "-",
                    models.F("reasons_against"),
                ),
                output_field=models.IntegerField(),
            ),
        ),
        migrations.AddIndex(
            model_name="listentry",
            index=models.Index(
                models.F("workspace"),
                models.OrderBy(models.F("has_verdict"), descending=True),
                models.OrderBy(models.F("strength"), descending=True),
                models.F("pays_back"),
                django.db.models.functions.text.Lower("name"),
                models.F("assessment"),
                models.F("name"),
                models.F("at"),
                models.F("approach"),
                models.F("action"),
                models.F("settled"),
                models.F("ceiling_met"),
                models.F("reasons_for"),
                models.F("reasons_against"),
                models.F("labelled"),
                models.F("has_costs"),
                models.F("pilot"),
                models.F("task_kind"),
                models.F("answered"),
                models.F("questions"),
                name="list_entries_by_strength",
            ),
        ),
    ]
