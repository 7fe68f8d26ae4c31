"""QR codes as pictures of the page itself."""

import segno


def qr_picture(text: str) -> str:
    """A QR code as the address of an inline picture (``data:image/svg+xml``)."""
    return str(segno.make(text, error="m").svg_data_uri(scale=5, border=3))
