"""Why a paper could not be printed."""

from cases.errors import UserFacingError


class PdfError(UserFacingError):
    """The PDF could not be made; the paper itself is unharmed."""

    status = 503


class PdfTimeout(PdfError):
    """The engine was stopped after `seconds`."""

    def __init__(self, *, engine: str, seconds: float) -> None:
        super().__init__(
            f"Chưa in được văn bản: chương trình tạo PDF chạy quá {seconds:g} giây nên đã bị dừng. "
            "Văn bản không thay đổi; hãy thử lại, hoặc tải bản .docx.",
            engine=engine,
            seconds=seconds,
        )


class PdfEngineFailed(PdfError):
    """The engine ended with an error; `detail` is its own last words, for the log."""

    def __init__(self, *, engine: str, detail: str) -> None:
        super().__init__(
            "Chưa in được văn bản: chương trình tạo PDF báo lỗi. "
            "Văn bản không thay đổi; hãy tải bản .docx và báo cho người quản trị.",
            engine=engine,
            detail=detail,
        )
