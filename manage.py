#!/usr/bin/env python
"""Django's command line for ftdecide."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ftdecide.settings")
    from django.core.management import execute_from_command_line

    from ftdecide.environment import in_words

    with in_words():
        execute_from_command_line(sys.argv)
