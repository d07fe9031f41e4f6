"""The entry point for a WSGI server."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ftdecide.settings")
application = get_wsgi_application()

from django.db import connections  # noqa: E402 # once Django is set up

from assessments.services.schema import OtherSchema, refuse_other  # noqa: E402

try:
    refuse_other()
except OtherSchema as fault:
    sys.exit(f"ftdecide does not start. {fault}")
connections.close_all()  # workers are forked from here, and each has its own
