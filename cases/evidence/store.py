"""What may come into a case file: told by what the bytes say, never by the name they came under."""

from dataclasses import dataclass
from pathlib import Path

import filetype

from cases import files
from cases.errors import Invalid

# What a case file may hold, by what the bytes say: extension as filetype names it → words.
ACCEPTED = {
    "pdf": "PDF", "docx": "Word", "doc": "Word 97–2003", "xlsx": "Excel", "xls": "Excel 97–2003",
    "pptx": "PowerPoint", "odt": "OpenDocument", "ods": "OpenDocument", "rtf": "RTF", "jpg": "ảnh JPEG",
    "png": "ảnh PNG", "tif": "ảnh TIFF", "heic": "ảnh HEIC", "webp": "ảnh WebP", "mp3": "âm thanh MP3",
    "m4a": "âm thanh M4A", "wav": "âm thanh WAV", "mp4": "phim MP4", "mov": "phim MOV", "zip": "tệp nén ZIP",
}  # fmt: skip
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class StoredFile:
    """Bytes in the store, and what they are."""

    sha256: str
    size: int
    media_type: str


def store(folder: Path, data: bytes, *, most_mib: int) -> StoredFile:
    """Keep the bytes of an upload. Raises Invalid when empty, too large or of a kind not accepted."""
    if not data:
        raise Invalid("Tệp rỗng. Chọn lại tệp cần lưu.", field="file")
    if len(data) > most_mib * MEBIBYTE:
        raise Invalid(f"Tệp lớn hơn {most_mib} MB. Giảm dung lượng hoặc chia nhỏ tệp.", field="file")
    kind = filetype.guess(data)
    if kind is None or kind.extension not in ACCEPTED:
        raise Invalid(
            "Nội dung tệp không thuộc loại được nhận (PDF, Word, Excel, ảnh, âm thanh, phim, ZIP). "
            "Chuyển sang PDF rồi chọn lại.",
            field="file",
        )
    return StoredFile(files.store(folder, data), len(data), str(kind.mime))
