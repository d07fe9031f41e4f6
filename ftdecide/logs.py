"""Keeps what opens something out of the logs: tokens of links, invitations and resets stand in addresses."""

import logging
import re

_SECRETS = re.compile(
    r"""(?<=/r/)[^/\s?#"']+"""  # links
    r"""|(?<=/)[\w-]{40,}(?=[/\s?#"']|$)"""  # invitations
    r"""|(?<=/confirm-email/)[^/\s?#"']+|(?<=/password/reset/key/)[^/\s?#"']+"""
    r"""|(?<=[?&]code=)[^&\s#"']+|(?<=[?&]state=)[^&\s#"']+"""  # single sign-on
)


def masked(text: str) -> str:
    """The text with the secret parts of addresses replaced.

    >>> masked('GET /r/abc/report.pdf HTTP/1.1')
    'GET /r/***/report.pdf HTTP/1.1'
    >>> masked("/join/" + "x" * 43 + "/"), masked("/static/css/base.0123456789ab.css")
    ('/join/***/', '/static/css/base.0123456789ab.css')
    """
    return _SECRETS.sub("***", text)


class MaskSecrets(logging.Filter):
    """For handlers and loggers: masks the whole line, arguments and tracebacks included."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = masked(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = masked(record.exc_text or logging.Formatter().formatException(record.exc_info))
        return True
