"""From HTML to PDF. Nothing is fetched: what a sheet shows stands in it."""

from functools import cache
from threading import Lock, Timer
from typing import Any

_one_at_a_time = Lock()
"""Pango keeps tables of fonts that threads may not fill at once; the interpreter runs one of them at a time anyway."""


def pdf(html: str) -> bytes:
    """The document as PDF, with the letters that it uses and no others. An address outside of it is an error."""
    import weasyprint  # Pango and its fonts: half a second that only those who print spend

    with _one_at_a_time:
        written: bytes = weasyprint.HTML(string=html, url_fetcher=_fetcher()).write_pdf()
    return written


def warm(after: float = 5.0) -> None:
    """Have a letter printed soon by a thread of its own, so that nobody waits for Pango and its fonts: a second of one processor, once."""
    thread = Timer(after, pdf, ["<p>落地 Luodi 0123</p>"])
    thread.daemon = True
    thread.start()


@cache
def _fetcher() -> Any:  # Any: a class of WeasyPrint's, made when first needed
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class OursAlone(URLFetcher):  # type: ignore[misc]  # WeasyPrint says nothing of its types
        """Takes what is written into the document itself (`data:`); a printed page never asks another machine."""

        def fetch(self, url: str, headers: Any = None) -> Any:  # Any: WeasyPrint's
            if not url.startswith("data:"):
                raise FatalURLFetchingError(f"a printed page may not fetch {url}")
            return super().fetch(url, headers)

    return OursAlone()
