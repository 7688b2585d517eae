"""What the schema alone cannot see: names that lead nowhere, secrets in reach, duplicates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TypeVar

from forms.blocks import (
    Facts,
    Grounds,
    Items,
    Table,
    TickBoxes,
)
from forms.origins import DOCUMENT_ORIGIN, SENDER, is_origin
from forms.problems import FormProblem
from forms.schema import (
    Address,
    Field,
    FieldType,
    FormDef,
    Layout,
)
from forms.text import parse_condition, placeholders
from forms.usage import WORDS, condition_names, printed_names

Finding = tuple[str, str]
_MANY = (FieldType.LIST, FieldType.ROWS)
_WITHOUT_SIGNER = (Layout.BALLOT, Layout.SLIP)


def check_form(file: str, form: FormDef, *, abbreviations: Collection[str]) -> list[FormProblem]:
    """Every problem of one form by itself."""
    checks: tuple[Callable[[FormDef], Iterator[Finding]], ...] = (
        _duplicates,
        _names,
        _origins,
        _masked,
        _never_printed,
        _options,
        _conditions,
        _blocks,
        _signers,
        _address,
        _title,
    )
    findings = [finding for check in checks for finding in check(form)]
    findings += list(_number(form, abbreviations))
    return [FormProblem(file, key, message) for key, message in findings]


def check_catalogue(forms: Sequence[tuple[str, FormDef]]) -> list[FormProblem]:
    """Problems between forms: duplicate codes, values taken from papers or fields that do not exist."""
    codes = Counter(form.code for _, form in forms)
    known = {form.code: {field.name for field in form.fields} for _, form in forms}
    open_forms = {form.code for _, form in forms if not form.masked}
    found = []
    for file, form in forms:
        if codes[form.code] > 1:
            found.append(FormProblem(file, "code", f"mã {form.code} đã được dùng ở mẫu khác"))
        for field in form.fields:
            source = DOCUMENT_ORIGIN.match(field.origin or "")
            if source and source[2] not in known.get(source[1], ()):
                message = f"mẫu {source[1]} không có trường {source[2]}"
                found.append(FormProblem(file, f"fields.{field.name}.origin", message))
            elif source and form.masked and source[1] in open_forms:
                message = f"mẫu che danh tính không được lấy nội dung của mẫu {source[1]} không che danh tính"
                found.append(FormProblem(file, f"fields.{field.name}.origin", message))
    return found


def _duplicates(form: FormDef) -> Iterator[Finding]:
    for name in _repeated([field.name for field in form.fields]):
        yield f"fields.{name}", "trường khai hai lần"
    for field in form.fields:
        for option in _repeated([o.id for o in field.options]):
            yield f"fields.{field.name}.options.{option}", "lựa chọn khai hai lần"
        for column in _repeated([c.name for c in field.columns]):
            yield f"fields.{field.name}.columns.{column}", "cột khai hai lần"
    for family in _repeated(form.families):
        yield "families", f"loại việc {family} ghi hai lần"


def _names(form: FormDef) -> Iterator[Finding]:
    known = {field.name for field in form.fields} | WORDS
    for name in printed_names(form) + condition_names(form):
        if name not in known:
            yield f"blocks.{{{name}}}", "tên này không có trong mẫu và cũng không phải trường dùng chung"
    for field in form.fields:
        if field.name in WORDS:
            yield f"fields.{field.name}", "tên này dành cho từ ngữ dựng sẵn"


def _origins(form: FormDef) -> Iterator[Finding]:
    for field in form.fields:
        if field.origin is not None and not is_origin(field.origin):
            yield f"fields.{field.name}.origin", f"không có nguồn dữ liệu “{field.origin}”"


def _masked(form: FormDef) -> Iterator[Finding]:
    if not form.masked:
        return
    for field in form.fields:
        if field.origin and (field.origin.startswith(SENDER) or field.origin == "letter.enclosures"):
            yield f"fields.{field.name}.origin", "mẫu che danh tính không được lấy thông tin người gửi đơn"
    for signer in form.signers:
        if signer.id == "sender":
            yield "signers", "mẫu che danh tính không được có chữ ký người gửi đơn"


def _never_printed(form: FormDef) -> Iterator[Finding]:
    used = set(printed_names(form)) | set(condition_names(form))
    for field in form.fields:
        if field.printed and field.name not in used:
            yield f"fields.{field.name}", "trường không được in ở đâu; thêm vào khối hoặc ghi printed = false"


def _options(form: FormDef) -> Iterator[Finding]:
    for field in form.fields:
        if (field.type is FieldType.ENUM) != bool(field.options):
            yield f"fields.{field.name}.options", "lựa chọn bắt buộc với kiểu enum và chỉ dùng với kiểu enum"
        if (field.type is FieldType.ROWS) != bool(field.columns):
            yield f"fields.{field.name}.columns", "cột bắt buộc với kiểu rows và chỉ dùng với kiểu rows"
        if field.default and field.type is FieldType.ENUM and field.option_text(field.default) is None:
            yield f"fields.{field.name}.default", f"không có lựa chọn “{field.default}”"


def _conditions(form: FormDef) -> Iterator[Finding]:
    conditions = [(f"blocks.{i}.when", block.when) for i, block in enumerate(form.blocks)]
    conditions += [(f"fields.{field.name}.required_when", field.required_when) for field in form.fields]
    for key, text in conditions:
        when = parse_condition(text) if text else None
        field = form.field(when.field) if when else None
        for option in when.options if when and field else ():
            if field and field.option_text(option) is None:
                yield key, f"trường {field.name} không có lựa chọn “{option}”"


def _blocks(form: FormDef) -> Iterator[Finding]:
    for index, block in enumerate(form.blocks):
        key = f"blocks.{index}"
        match block:
            case Table(field=name, columns=columns):
                yield from _columns(key, form.field(name), columns)
            case Items(field=name, item=item):
                yield from _items(key, form.field(name), item)
            case Grounds(field=name):
                yield from _kind(key, form.field(name), (FieldType.LIST,))
            case TickBoxes(field=name):
                yield from _kind(key, form.field(name), (FieldType.ENUM,))
            case Facts(fields=names):
                for name in names:
                    yield from _not_rows(key, form.field(name))
            case _:
                continue


def _columns(key: str, field: Field | None, columns: Sequence[str]) -> Iterator[Finding]:
    yield from _kind(key, field, (FieldType.ROWS,))
    known = {column.name for column in field.columns} if field else set(columns)
    for name in columns:
        if name not in known:
            yield f"{key}.columns", f"không có cột “{name}”"


def _items(key: str, field: Field | None, item: str | None) -> Iterator[Finding]:
    yield from _kind(key, field, _MANY)
    if field is None or field.type is not FieldType.ROWS:
        return
    known = {column.name for column in field.columns}
    if item is None:
        yield f"{key}.item", "trường kiểu rows cần câu mẫu item"
    for name in placeholders(item or ""):
        if name.lower() not in known:
            yield f"{key}.item", f"không có cột “{name}”"


def _kind(key: str, field: Field | None, allowed: tuple[FieldType, ...]) -> Iterator[Finding]:
    if field is not None and field.type not in allowed:
        yield f"{key}.field", f"trường {field.name} phải thuộc kiểu {' hoặc '.join(allowed)}"


def _not_rows(key: str, field: Field | None) -> Iterator[Finding]:
    if field is not None and field.type is FieldType.ROWS:
        yield f"{key}.fields", f"trường {field.name} kiểu rows phải in bằng bảng hoặc danh sách"


def _signers(form: FormDef) -> Iterator[Finding]:
    if not form.signers and form.layout not in _WITHOUT_SIGNER:
        yield "signers", "mẫu chưa có người ký"
    if form.signers and form.layout is Layout.BALLOT:
        yield "signers", "phiếu biểu quyết không có người ký"
    if len(form.signers) > 3:
        yield "signers", "nhiều nhất ba người ký"
    if form.signer_alternatives and len(form.signers) != 1:
        yield "signer_alternatives", "chỉ dùng khi mẫu có một người ký"


def _address(form: FormDef) -> Iterator[Finding]:
    if form.abbreviation == "TTr" and form.address is not Address.SUBMIT:
        yield "address", "tờ trình ghi “Kính trình”"
    if form.address_lines and form.address is None:
        yield "address", "có nơi gửi đến nhưng chưa ghi Kính gửi hay Kính trình"


def _title(form: FormDef) -> Iterator[Finding]:
    letter = form.layout is Layout.OFFICIAL_LETTER
    if letter == bool(form.title):
        yield "title", "công văn không in tên loại; văn bản khác phải có tên loại"
    if form.title != form.title.upper():
        yield "title", "tên loại viết in hoa"
    if form.abstract and not (form.abstract[0].islower() or form.abstract[0] == "{"):
        yield "abstract", "trích yếu bắt đầu bằng chữ thường"
    if form.abstract.endswith("."):
        yield "abstract", "trích yếu không có dấu chấm cuối"


def _number(form: FormDef, abbreviations: Collection[str]) -> Iterator[Finding]:
    if form.abbreviation is not None and form.abbreviation not in abbreviations:
        yield "abbreviation", f"chữ viết tắt “{form.abbreviation}” không có trong danh mục"
    if form.numbered and form.abbreviation is None:
        yield "abbreviation", "văn bản có số phải có chữ viết tắt tên loại"
    if form.creates_tasks is not None:
        field = form.field(form.creates_tasks)
        if field is None or field.type not in _MANY:
            yield "creates_tasks", "phải là một trường kiểu list hoặc rows của mẫu"


_T = TypeVar("_T", bound=str)


def _repeated(names: Sequence[_T]) -> list[_T]:
    return [name for name, times in Counter(names).items() if times > 1]
