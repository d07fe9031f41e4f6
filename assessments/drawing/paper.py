"""Draws HTML of ours as a tagged PDF. It can fetch nothing but its own fonts, shapes and logo."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[2]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperToDraw:
    """All that a PDF is drawn from: the same gives the same bytes."""

    html: str
    style: str
    """The file of our style sheet: what the HTML itself asks for is refused."""
    logo: bytes = b""
    attachment: str = ""
    """A document that the PDF carries along; none where it is empty."""
    attachment_name: str = ""
    at: datetime | None = None
    """Dates the attachment."""
    custom_metadata: bool = False
    content_hash: str = ""
    """What the PDF is sealed over once it is drawn; the drawing process does nothing with it."""


def draw_paper(paper: PaperToDraw, fonts: Any = None) -> bytes:
    """The PDF, tagged for assistive technology. `fonts`: WeasyPrint's FontConfiguration, where there is one already."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fetcher, fonts = _fetcher(paper.logo), fonts or FontConfiguration()
    css = weasyprint.CSS(string=_style(paper.style), url_fetcher=fetcher, font_config=fonts)
    document = weasyprint.HTML(string=paper.html, base_url=None, url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(
        stylesheets=[css],
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        presentational_hints=False,
        attachments=[_attached(paper)] if paper.attachment else [],
        custom_metadata=paper.custom_metadata,
    )
    return pdf


def _attached(paper: PaperToDraw) -> Any:
    import weasyprint

    return weasyprint.Attachment(
        string=paper.attachment,
        name=paper.attachment_name,
        description="The assessment, ready to be imported",
        created=paper.at,
        modified=paper.at,
        relationship="Data",
    )


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
    return (_ROOT / "templates" / "assessments" / name).read_text()


@cache
def _ours(path: str) -> bytes:
    return (_ROOT / path).read_bytes()
