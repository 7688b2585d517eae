"""Error pages: what happened, why, what to do next, and a way back."""

import secrets
from dataclasses import dataclass
from typing import Final

from flask import Flask, current_app, render_template
from flask_babel import LazyString, lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from peewee import DataError
from werkzeug.exceptions import HTTPException, InternalServerError, TooManyRequests

from cases.deadlines.calendar import CalendarNotConfirmed
from cases.errors import UserFacingError

Answer = tuple[str, int]


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """The three things an error page says; `todo` is a list of steps."""

    title: LazyString
    why: LazyString
    todo: tuple[LazyString, ...]


_GO_HOME: Final = _l("Trở về trang việc hôm nay và mở lại từ danh sách chức năng.")
_ASK_ADMIN: Final = _l("Nếu vẫn cần thực hiện, liên hệ quản trị hệ thống của Ủy ban.")
WORDS: Final = {
    400: ErrorWords(
        _l("Yêu cầu không đọc được"),
        _l("Địa chỉ hoặc dữ liệu gửi lên thiếu hoặc sai, nên hệ thống không thực hiện."),
        (_l("Quay lại trang trước, kiểm tra nội dung đã nhập rồi gửi lại."), _ASK_ADMIN),
    ),
    403: ErrorWords(
        _l("Đồng chí không có quyền mở trang này"),
        _l("Trang này chỉ dành cho người được phân công hoặc có vai trò phù hợp."),
        (_GO_HOME, _ASK_ADMIN),
    ),
    404: ErrorWords(
        _l("Không tìm thấy trang"),
        _l("Địa chỉ bị gõ sai, hồ sơ không còn, hoặc đồng chí không được xem hồ sơ này."),
        (_l("Kiểm tra lại địa chỉ."), _GO_HOME),
    ),
    405: ErrorWords(
        _l("Không thực hiện được theo cách này"),
        _l("Địa chỉ này chỉ nhận thao tác từ nút bấm trên màn hình."),
        (_l("Quay lại trang trước và bấm nút ở đó."), _GO_HOME),
    ),
    413: ErrorWords(
        _l("Tệp quá lớn"),
        _l("Tệp gửi lên vượt dung lượng hệ thống cho phép, nên chưa có gì được lưu."),
        (_l("Giảm dung lượng hoặc chia nhỏ tệp rồi gửi lại."), _ASK_ADMIN),
    ),
    429: ErrorWords(
        _l("Thao tác quá nhiều lần"),
        _l("Hệ thống tạm dừng nhận thao tác này để bảo vệ tài khoản."),
        (_l("Chờ ít phút rồi thử lại."), _ASK_ADMIN),
    ),
}
CSRF_WORDS: Final = ErrorWords(
    _l("Phiên làm việc trên trang này đã hết hạn"),
    _l("Trang mở quá lâu hoặc đã đăng nhập lại ở cửa sổ khác, nên hệ thống không nhận nội dung vừa gửi."),
    (_l("Quay lại trang trước, tải lại trang rồi gửi lại."), _l("Nếu được hỏi, đăng nhập lại.")),
)
REFUSED_TITLE: Final = _l("Chưa thực hiện được")
REFUSED_WHY: Final = _l("Hệ thống chưa ghi thay đổi nào.")
REFUSED_TODO: Final = (_l("Quay lại trang trước để xem tình trạng hiện tại."), _GO_HOME)


def init_error_pages(app: Flask) -> None:
    """Answer every error of the application with a page in Vietnamese."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(UserFacingError, _refusal)
    # What no column can hold: an id of thirty digits, a year beyond the calendar, a NUL in a text.
    app.register_error_handler(OverflowError, _impossible_value)
    app.register_error_handler(DataError, _impossible_value)
    app.register_error_handler(InternalServerError, _unexpected)


def _page(words: ErrorWords, status: int) -> Answer:
    return render_template("errors/error.html", words=words, status=status), status


def _http_error(error: HTTPException) -> tuple[str, int, list[tuple[str, str]]] | HTTPException:
    # A redirect (3xx) or an answer made by hand is an exception in form only.
    status = error.code or 500
    if error.response is not None or status < 400:
        return error
    if status >= 500:
        return *_unexpected(error), []
    text, status = _page(WORDS.get(status, WORDS[400]), status)
    return text, status, _kept_headers(error)


def _kept_headers(error: HTTPException) -> list[tuple[str, str]]:
    kept = {"allow", "retry-after"}
    headers = [(name, value) for name, value in error.get_headers() if name.lower() in kept]
    if isinstance(error, TooManyRequests) and not headers:
        headers.append(("Retry-After", "60"))
    return headers


def _csrf_error(_error: CSRFError) -> Answer:
    return _page(CSRF_WORDS, 400)


def _impossible_value(error: Exception) -> Answer:
    current_app.logger.warning("A value that cannot be stored was sent: %s", type(error).__name__)
    return _page(WORDS[400], 400)


def _refusal(error: UserFacingError) -> Answer:
    page = render_template(
        "errors/refused.html",
        message=error.message,
        year=error.year if isinstance(error, CalendarNotConfirmed) else None,
        words=ErrorWords(REFUSED_TITLE, REFUSED_WHY, REFUSED_TODO),
        status=error.status,
    )
    return page, error.status


def _unexpected(_error: HTTPException) -> Answer:
    """Failsafe: no context processor, session, query or translation takes part, all of which can fail."""
    reference = secrets.token_hex(4).upper()
    current_app.logger.error("Unexpected failure, reference %s shown to the user", reference)
    template = current_app.jinja_env.get_template("errors/500.html")
    return template.render(reference=reference), 500
