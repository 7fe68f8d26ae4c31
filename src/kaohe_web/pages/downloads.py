"""A file as an answer: saved under its name, with a fixed type, and nothing in it can run."""

from django.db import models
from django.http import FileResponse

from kaohe_web.files.headers import download_headers
from kaohe_web.files.kinds import TYPES
from kaohe_web.filing import downloads
from kaohe_web.filing.models import StoredFile
from kaohe_web.pages.asked import Asked


def send_file(request: Asked, holder: models.Model, file: StoredFile, name: str) -> FileResponse:
    """The file that hangs on something the person may see; recorded in the trail."""
    stream = downloads.download(holder, by=request.by, at=request.at, file=file, name=name)
    kind = TYPES[file.type]
    response = FileResponse(stream, content_type=kind.content_type)
    for header, value in download_headers(name, kind).items():
        response.headers[header] = value  # over what it guesses from the file itself
    return response
