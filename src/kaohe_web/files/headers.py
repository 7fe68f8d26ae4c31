"""With which headers a file goes out: it is saved, and nothing in it can run."""

from kaohe_web.files.kinds import FileType
from kaohe_web.files.names import attachment

SANDBOX = "sandbox; default-src 'none'"


def download_headers(name: str, kind: FileType) -> dict[str, str]:
    """The headers of a download; the type is ours, never the browser's guess."""
    return {
        "Content-Type": kind.content_type,
        "Content-Disposition": attachment(name),
        **CLOSED,
    }


CLOSED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": SANDBOX,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}

PREVIEW_HEADERS = {"Content-Type": "image/png", **CLOSED}
"""The headers of a picture that we drew of a file."""
