"""Files handed to the browser to save."""

from flask import Response

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def as_download(data: bytes, name: str) -> Response:
    """A file to save under `name`; its media type follows from the ending."""
    response = Response(data, mimetype=MEDIA_TYPES[name.rsplit(".", 1)[1]])
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
