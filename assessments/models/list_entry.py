"""What lists show of an assessment, in columns to sort and filter by. Worked out anew when it is old."""

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .assessment import Assessment
from .workspace import Workspace

UNNAMED = gettext_noop("Untitled use case")
"""What stands for the name of one that nobody named. It is stored so in every language."""
NO_VERDICT = Q(action="")
_RANK = Case(
    *(
        When(action=action, then=Value(rank))
        for action, rank in (("go", 4), ("pilot", 3), ("confirm_first", 2), ("fix_first", 1))
    ),
    default=Value(0),
)
_NEVER = 1e9  # months, to stand behind whatever pays back at all

_LOOKED_AT = (
    *("name", "at", "approach", "action", "settled", "ceiling_met", "reasons_for", "reasons_against", "labelled"),
    *("has_costs", "pilot", "task_kind", "answered", "questions"),
)


class ListEntry(models.Model):
    assessment = models.OneToOneField(Assessment, on_delete=models.CASCADE, primary_key=True, related_name="list_entry")
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+", db_index=False)
    """The assessment's, so that a list need not look it up. One that is deleted has no row here."""
    at = models.DateTimeField()
    """The assessment's `changed_at` that this was worked out for."""
    name = models.CharField(max_length=200)
    task_kind = models.CharField(max_length=64, blank=True)
    approach = models.CharField(max_length=64)
    action = models.CharField(max_length=32)
    wording = models.CharField(max_length=32, blank=True)
    """What the verdict says otherwise, as in the engine's `Standing`."""
    leaf = models.CharField(max_length=64)
    settled = models.BooleanField()
    measured = models.BooleanField(default=False)
    """Whether a measured comparison decides, and not the answers."""
    ceiling = models.CharField(max_length=4)
    """Whether the prompt ceiling is reached: `yes`, `no`, or `open` where nobody knows yet."""
    ceiling_met = models.PositiveIntegerField()
    reasons_for = models.PositiveIntegerField()
    reasons_against = models.PositiveIntegerField()
    labelled = models.PositiveBigIntegerField(null=True)
    payback_months = models.FloatField(null=True)
    """Of tuning, whatever the verdict. None where it never pays back, or where its costs were not entered:
    `has_costs` tells."""
    has_costs = models.BooleanField()
    pilot = models.CharField(max_length=8, blank=True, default="")
    """How its pilot ended, as the document has it; empty while nobody said."""
    sign_off = models.PositiveSmallIntegerField(default=5)
    """Where its sign-off stands, as its place among the states of a list (services/sign_off_list.py); by itself the
    last, that nobody was asked."""
    due_from = models.DateField(null=True)
    """The first day on which what was approved wants another look, as far as was known at `at`."""
    answered = models.PositiveIntegerField()
    questions = models.PositiveIntegerField()
    has_verdict = models.GeneratedField(
        expression=Case(When(NO_VERDICT, then=Value(False)), default=Value(True)),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    strength = models.GeneratedField(
        expression=_RANK * 1000 + F("reasons_for") - F("reasons_against"),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    """Of the case for tuning: what the verdict says first, then what speaks for it and against it."""
    pays_back = models.GeneratedField(
        expression=Coalesce(F("payback_months"), Value(_NEVER)), output_field=models.FloatField(), db_persist=True
    )
    """Months to put in order; what never pays back stands behind the rest."""

    class Meta:
        indexes = [
            models.Index(
                F("workspace"), F("sign_off"), Lower("name"), F("assessment"), name="list_entries_by_sign_off"
            ),
            models.Index(
                F("workspace"),
                F("has_costs").desc(),
                F("pays_back"),
                Lower("name"),
                F("assessment"),
                name="list_entries_by_payback",
            ),
            models.Index(fields=["due_from"], condition=Q(due_from__isnull=False), name="list_entries_due"),
            models.Index(  # has all that the tiles over a list count, and how pilots ended
                fields=["workspace", "action", "approach", "answered", "questions", "pilot"],
                name="list_entries_counted",
            ),
            models.Index(  # the order in which a list opens, and all that it is ordered, filtered and searched by else
                F("workspace"),
                F("has_verdict").desc(),
                F("strength").desc(),
                F("pays_back"),
                Lower("name"),
                F("assessment"),
                *map(F, _LOOKED_AT),
                name="list_entries_by_strength",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.approach}"

    @property
    def shown_name(self) -> str:
        """As pages show it: of one that nobody named, the name is put into the reader's words."""
        return _(self.name) if self.name == UNNAMED else self.name
