"""The floor: a bare Django app with a page of one template and one read, and a request that writes one row."""

import logging
import os
import sys
from itertools import count
from typing import ClassVar

from django.conf import settings

if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        SECRET_KEY="only here, and of nothing",
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": os.environ["FLOOR_DATABASE"],
                "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},  # for eight that write at once
            }
        },
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [
                        (
                            "django.template.loaders.locmem.Loader",
                            {"page.html": "<!doctype html><title>{{ row.name }}</title><h1>{{ row.name }}</h1>"},
                        )
                    ]
                },
            }
        ],
    )

import django
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

django.setup()
logging.getLogger("waitress.queue").setLevel(logging.ERROR)


class FloorRow(models.Model):
    objects: ClassVar[models.Manager["FloorRow"]]
    name = models.CharField(max_length=50)

    class Meta:
        app_label = "floor"

    def __str__(self) -> str:
        return self.name


def read(request: HttpRequest) -> HttpResponse:
    return render(request, "page.html", {"row": FloorRow.objects.get(pk=1)})


_written = count()


def write(request: HttpRequest) -> HttpResponse:
    FloorRow.objects.filter(pk=2).update(name=f"Row {next(_written)}")
    return HttpResponse()


urlpatterns = [path("read", read), path("write", write)]
application = get_wsgi_application()

if __name__ == "__main__" and sys.argv[1:] == ["create"]:
    with connection.schema_editor() as editor:
        editor.create_model(FloorRow)
    FloorRow.objects.bulk_create([FloorRow(name="Row 1"), FloorRow(name="Row 2")])
