"""Draws a report as a tagged PDF. It can fetch nothing but its own fonts, shapes and logo."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from .seal import seal

HOW_TO_INSTALL = (
    "Install Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core, "
    "or brew install pango."
)
_OURS = {
    "report-font:regular": ("static/fonts/Inter-Regular.ttf", "font/ttf"),
    "report-font:semibold": ("static/fonts/Inter-SemiBold.ttf", "font/ttf"),
    **{
        f"report-icon:{name}": (f"templates/assessments/report/icons/{name}.svg", "image/svg+xml")
        for name in ("done", "half", "no", "now", "todo", "warn")
    },
}
"""What a report may name: its fonts and its shapes."""
_LOGO = "report-logo:workspace"


@cache
def pdf_is_available() -> bool:
    """Whether WeasyPrint's system libraries are there. Without them people print the page."""
    try:
        import weasyprint  # noqa: F401
    except OSError:
        return False
    return True


def draw_pdf(
    html: str, *, attachment: str, attachment_name: str, at: datetime, content_hash: str, logo: bytes = b""
) -> bytes:
    """The PDF of this HTML, tagged for assistive technology, with the document attached if there is one, and sealed.

    `at` dates the attachment. The same input gives the same bytes.
    """
    import weasyprint

    attached = weasyprint.Attachment(
        string=attachment,
        name=attachment_name,
        description="The assessment, ready to be imported",
        created=at,
        modified=at,
        relationship="Data",
    )
    attachments = [attached] if attachment else []
    pdf = _write(html, "report.css", logo=logo, attachments=attachments, custom_metadata=True)
    return seal(pdf, content_hash) if content_hash else pdf


def draw_page(html: str) -> bytes:
    """The PDF of this HTML, tagged, with nothing attached."""
    return _write(html, "portfolio_page.css")


def _write(html: str, style: str, *, logo: bytes = b"", **options: Any) -> bytes:
    """The PDF of this HTML in this style, which is ours alone: what the HTML itself asks for is refused."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fetcher, fonts = _fetcher(logo), FontConfiguration()
    css = weasyprint.CSS(string=_style(style), url_fetcher=fetcher, font_config=fonts)
    document = weasyprint.HTML(string=html, base_url=None, url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(
        stylesheets=[css], font_config=fonts, pdf_variant="pdf/ua-1", presentational_hints=False, **options
    )
    return pdf


def _fetcher(logo: bytes = b"") -> Any:
    """Serves what the report itself names from memory, and refuses every other address."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnThingsOnly(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url == _LOGO and logo:
                return URLFetcherResponse(url, logo, {"Content-Type": "image/png"})
            if url not in _OURS:
                raise ValueError("a report fetches nothing")
            path, kind = _OURS[url]
            return URLFetcherResponse(url, _ours(path), {"Content-Type": kind})

    return OwnThingsOnly()


@cache
def _style(name: str) -> str:
    return (Path(settings.BASE_DIR) / "templates" / "assessments" / name).read_text()


@cache
def _ours(path: str) -> bytes:
    return (Path(settings.BASE_DIR) / path).read_bytes()
