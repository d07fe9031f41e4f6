"""All rows of an import that were not read are kept until it is decided on, apart from what its page shows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0022_drawn_pdfs")]

    operations = [migrations.AddField("evidenceimport", "unread", models.TextField(blank=True, default=""))]
