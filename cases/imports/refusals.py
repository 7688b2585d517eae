"""Why a whole file cannot be used: one reason, its data, one sentence that says what to do.

A refusal is about the file. What is wrong with single cells is a `Problem` of a row instead.
"""

from enum import StrEnum
from typing import Final

from cases.errors import Invalid


class RefusalReason(StrEnum):
    NOT_A_SPREADSHEET = "not_a_spreadsheet"
    PASSWORD_PROTECTED = "password_protected"  # noqa: S105 - a reason, no password
    OLD_EXCEL = "old_excel"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    EMPTY = "empty"
    UNKNOWN_ENCODING = "unknown_encoding"
    BROKEN_QUOTES = "broken_quotes"
    HEADER_NOT_FOUND = "header_not_found"
    COLUMNS_MISSING = "columns_missing"
    COLUMN_TWICE = "column_twice"
    SEVERAL_KINDS = "several_kinds"
    SEVERAL_SHEETS = "several_sheets"


_SENTENCES: Final = {
    RefusalReason.NOT_A_SPREADSHEET: (
        "Tệp “{name}” không phải là bảng tính; hãy lưu sổ theo dạng .xlsx hoặc .csv rồi nhập lại."
    ),
    RefusalReason.PASSWORD_PROTECTED: (
        "Tệp “{name}” được bảo vệ bằng mật khẩu; hãy mở tệp bằng Excel, bỏ mật khẩu, lưu rồi nhập lại."
    ),
    RefusalReason.OLD_EXCEL: (
        "Tệp “{name}” là dạng Excel cũ (.xls); hãy mở bằng Excel, lưu thành dạng .xlsx rồi nhập lại."
    ),
    RefusalReason.DAMAGED: (
        "Tệp “{name}” bị hỏng nên không đọc hết được; hãy mở bằng Excel, lưu thành tệp mới rồi nhập lại."
    ),
    RefusalReason.TOO_LARGE: (
        "Tệp “{name}” quá lớn (tối đa {limit} MB, kể cả khi giải nén);"
        " hãy tách thành nhiều tệp rồi nhập từng tệp."
    ),
    RefusalReason.TOO_MANY_ROWS: (
        "Tệp “{name}” có hơn {limit} dòng; hãy tách thành nhiều tệp rồi nhập từng tệp."
    ),
    RefusalReason.TOO_MANY_COLUMNS: (
        "Tệp “{name}” có hơn {limit} cột (dòng {row}); hãy xóa các cột không thuộc sổ rồi nhập lại."
    ),
    RefusalReason.EMPTY: "Tệp “{name}” không có dòng dữ liệu nào; hãy kiểm tra lại xem có đúng tệp cần nhập.",
    RefusalReason.UNKNOWN_ENCODING: (
        "Tệp “{name}” dùng bảng mã chữ không đọc được chắc chắn;"
        " hãy lưu lại bằng Excel theo dạng “CSV UTF-8” hoặc .xlsx rồi nhập lại."
    ),
    RefusalReason.BROKEN_QUOTES: (
        "Tệp “{name}” có dấu ngoặc kép không khép kín hoặc ô quá dài ở khoảng dòng {row} nên không tách được"
        " các ô; hãy sửa chỗ đó rồi nhập lại."
    ),
    RefusalReason.HEADER_NOT_FOUND: (
        "Không tìm thấy dòng tên cột trong tệp “{name}”; tệp phải có các cột của một trong các sổ: {wanted}."
    ),
    RefusalReason.COLUMNS_MISSING: (
        "Tệp “{name}” giống “{register}” nhưng thiếu cột: {missing};"
        " hãy bổ sung hoặc đổi tên cột rồi nhập lại."
    ),
    RefusalReason.COLUMN_TWICE: (
        "Tệp “{name}” có hai cột cùng mang nội dung “{column}” ({headers});"
        " hãy đổi tên hoặc xóa một cột rồi nhập lại."
    ),
    RefusalReason.SEVERAL_KINDS: (
        "Tệp “{name}” khớp với nhiều loại sổ ({registers}); hãy chọn rõ loại sổ khi nhập."
    ),
    RefusalReason.SEVERAL_SHEETS: (
        "Tệp “{name}” có nhiều trang tính là sổ cần nhập ({sheets});"
        " hãy chọn một trang tính, hoặc tách mỗi trang thành một tệp."
    ),
}


class ImportRefused(Invalid):
    """A file that cannot be used: `reason` says why, `data` holds what the sentence names."""

    def __init__(self, reason: RefusalReason, *, name: str, **data: object) -> None:
        super().__init__(_SENTENCES[reason].format(name=name, **data), field="file", name=name, **data)
        self.reason = reason
