"""The site's own small drawings: strokes on a field of 16 by 16, in the colour of the text."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

STROKES = {
    "mark": "M3 2.5h10v11H3z M5.5 6h5 M5.5 8.5h2.5 M8 10.6l1.4 1.4 2.6-3.2",
    "home": "M2.5 7.5 8 3l5.5 4.5 M4 6.5v7h8v-7 M6.8 13.5v-4h2.4v4",
    "menu": "M2.5 4h11 M2.5 8h11 M2.5 12h11",
    "list": "M5.5 4h8 M5.5 8h8 M5.5 12h8 M2.5 4h.5 M2.5 8h.5 M2.5 12h.5",
    "table": "M2.5 3h11v10h-11z M2.5 6.3h11 M2.5 9.7h11 M6.5 3v10",
    "file": "M4 2h5.5L12.5 5v9H4z M9.3 2v3.3h3.2 M6 8.5h4.5 M6 11h4.5",
    "files": "M5.5 2h5l2.5 2.5V12H5.5z M3 4.5v9.5h7.5",
    "folder": "M2 4h4.5L8 5.5h6V13H2z",
    "picture": "M2.5 3h11v10h-11z M2.5 11l3.5-3.5 3 3 2-2 2.5 2.5 M10.5 5.8h.3",
    "upload": "M8 10.5V2.8 M5 5.6l3-3 3 3 M2.5 10.5v3h11v-3",
    "download": "M8 2.5v7.7 M5 7.4l3 3 3-3 M2.5 10.5v3h11v-3",
    "print": "M4.5 6V2.5h7V6 M4.5 11.5h-2V6h11v5.5h-2 M4.5 9.5h7v4h-7z",
    "check": "M3 8.5l3.3 3.3L13 4.8",
    "cross": "M4 4l8 8 M12 4l-8 8",
    "plus": "M8 3v10 M3 8h10",
    "minus": "M3.5 8h9",
    "warning": "M8 2.2 14.3 13.5H1.7z M8 6.3v3.6 M8 11.6v.3",
    "info": "M8 1.8a6.2 6.2 0 1 0 0 12.4a6.2 6.2 0 1 0 0-12.4z M8 7.3v3.9 M8 4.8v.3",
    "clock": "M8 1.8a6.2 6.2 0 1 0 0 12.4a6.2 6.2 0 1 0 0-12.4z M8 4.6V8l2.4 1.6",
    "calendar": "M2.5 3.5h11v10h-11z M2.5 6.5h11 M5.5 2v3 M10.5 2v3",
    "lock": "M3.5 7.2h9v6.3h-9z M5.3 7.2V5a2.7 2.7 0 0 1 5.4 0v2.2",
    "key": "M5 7.5a2.6 2.6 0 1 0 0 5.2a2.6 2.6 0 1 0 0-5.2z M6.9 8.3l5.6-5.6 M10 5.2l1.8 1.8",
    "eye": "M1.5 8C3.3 5 5.5 3.7 8 3.7S12.7 5 14.5 8C12.7 11 10.5 12.3 8 12.3S3.3 11 1.5 8z"
    " M8 6.2a1.8 1.8 0 1 0 0 3.6a1.8 1.8 0 1 0 0-3.6z",
    "message": "M2 3h12v8.5H7.5L4.5 14v-2.5H2z M5 6h6 M5 8.5h4",
    "bell": "M3.5 11.5h9l-1-1.6V7a3.5 3.5 0 0 0-7 0v2.9z M6.7 13.6h2.6",
    "person": "M8 2.3a2.7 2.7 0 1 0 0 5.4a2.7 2.7 0 1 0 0-5.4z M2.8 13.7c.5-3 2.5-4.4 5.2-4.4"
    "s4.7 1.4 5.2 4.4",
    "people": "M6 3a2.4 2.4 0 1 0 0 4.8A2.4 2.4 0 1 0 6 3z M1.5 13.3c.4-2.7 2-4 4.5-4s4.1 1.3 4.5 4"
    " M10.5 3.2a2.3 2.3 0 0 1 0 4.4 M12 9.6c1.4.5 2.3 1.7 2.6 3.7",
    "building": "M3 14V2.5h7V14 M10 6.5h3V14 M1.5 14h13 M5 5.3h3 M5 8h3 M5 10.7h3",
    "switch": "M2.5 5.5h9.5 M9.5 3l2.5 2.5L9.5 8 M13.5 10.5H4 M6.5 8 4 10.5 6.5 13",
    "leave": "M9 2.5H3v11h6 M6.5 8h7 M11 5.5 13.5 8 11 10.5",
    "settings": "M2.5 4.5h6 M11.5 4.5h2 M10 3v3 M2.5 11.5h2 M7.5 11.5h6 M6 10v3",
    "filter": "M2 3h12L9.5 8.5v5l-3-1.6V8.5z",
    "search": "M7 2.3a4.7 4.7 0 1 0 0 9.4a4.7 4.7 0 1 0 0-9.4z M10.5 10.5l3.5 3.5",
    "sort": "M5.5 6.5 8 4l2.5 2.5 M5.5 9.5 8 12l2.5-2.5",
    "up": "M3.5 10 8 5.5l4.5 4.5",
    "down": "M3.5 6 8 10.5 12.5 6",
    "left": "M10 3.5 5.5 8l4.5 4.5",
    "right": "M6 3.5 10.5 8 6 12.5",
    "back": "M6 3 2.5 6.5 6 10 M2.5 6.5H10a3.5 3.5 0 0 1 0 7H6",
    "send": "M14 2 1.8 6.8l4.7 2.4L9 14z M14 2 6.5 9.2",
    "edit": "M2.5 13.5l.8-3.2 7.4-7.4 2.4 2.4-7.4 7.4z M9.3 4.3l2.4 2.4",
    "copy": "M5.5 5.5h8v8h-8z M3 10.5H2.5v-8h8V3",
    "link": "M6.8 9.2l2.6-2.6 M7.3 4.6l1.8-1.8a2.9 2.9 0 0 1 4.1 4.1l-1.8 1.8"
    " M8.7 11.4l-1.8 1.8a2.9 2.9 0 0 1-4.1-4.1l1.8-1.8",
    "flag": "M3.5 14V2.5 M3.5 3h9l-2 3 2 3h-9",
    "pin": "M8 14.2C5 11 3.5 8.6 3.5 6.5a4.5 4.5 0 0 1 9 0C12.5 8.6 11 11 8 14.2z"
    " M8 5a1.5 1.5 0 1 0 0 3a1.5 1.5 0 1 0 0-3z",
    "stop": "M8 1.8a6.2 6.2 0 1 0 0 12.4a6.2 6.2 0 1 0 0-12.4z M3.6 12.4l8.8-8.8",
    "scales": "M8 2v12 M5 14h6 M2.5 4.2h11 M3.8 4.2 2 9h3.6z M12.2 4.2 10.4 9H14z",
    "chart": "M2.5 2.5v11h11 M5.2 11V8 M8 11V5 M10.8 11V6.8",
    "stamp": "M6.2 8.5V6.7a2.4 2.4 0 1 1 3.6 0v1.8 M3 8.5h10v3H3z M3 13.7h10",
    "trail": "M4 3.2a1 1 0 1 0 0 .1z M4 8a1 1 0 1 0 0 .1z M4 12.8a1 1 0 1 0 0 .1z"
    " M6.5 3.2h7 M6.5 8h7 M6.5 12.8h7",
    "repeat": "M3 7.5A5 5 0 0 1 12 5 M12.3 2.3V5H9.6 M13 8.5A5 5 0 0 1 4 11 M3.7 13.7V11h2.7",
    "more": "M3.5 8h.1 M8 8h.1 M12.5 8h.1",
}
"""Each drawing by its name, as the strokes of a pen."""


def drawing(name: str) -> SafeString:
    """The strokes of a drawing as SVG.

    :raises KeyError: for a name that nobody has drawn.
    """
    return format_html('<path d="{}"/>', STROKES[name])
