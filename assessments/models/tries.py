"""How often something was tried from one network, counted across processes."""

from django.db import models


class Tries(models.Model):
    """A count of one limit: of what was tried, from where, and since when it holds."""

    limit = models.CharField(max_length=20)
    about = models.CharField(max_length=64, blank=True)
    """The key of what was tried, where each has a count of its own."""
    network = models.CharField(max_length=64)
    since = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["limit", "about", "network"], name="one_count_of_a_network")]

    def __str__(self) -> str:
        return f"{self.limit} {self.about} from {self.network}: {self.count}"
