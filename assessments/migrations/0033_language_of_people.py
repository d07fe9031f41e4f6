"""A person's language is kept with the account, so that mail is written in it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0032_sign_offs_in_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="language",
            field=models.CharField(blank=True, default="", max_length=2),
        ),
    ]
