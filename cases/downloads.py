"""Files handed to the browser to save."""

from io import BytesIO

from flask import Response, send_file

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def as_download(data: bytes, name: str) -> Response:
    """A file to save under `name`, in any letters; its media type follows from the ending."""
    kind = MEDIA_TYPES[name.rsplit(".", 1)[1]]
    return send_file(BytesIO(data), mimetype=kind, as_attachment=True, download_name=name)
