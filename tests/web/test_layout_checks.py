"""The page checks notice what they are for: each fault alone is found in an otherwise good page."""

import unicodedata

import pytest

from tests.support.strict_html import problems

GOOD = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Đơn thư – Kỷ Cương</title></head>
<body><nav><a href="/">Việc hôm nay</a></nav><main><h1>Đơn thư</h1>
<form method="post" action="/moi"><input type="hidden" name="csrf_token" value="t">
<label for="ten">Họ tên</label><input id="ten" name="ten" value=""><button type="submit">Lưu</button></form>
<div class="kc-table-wrap kc-cards"><table><caption>Danh sách</caption>
<thead><tr><th scope="col">Số</th></tr></thead>
<tbody><tr><td data-label="Số">1</td></tr></tbody></table></div>
<img src="/a.svg" alt=""></main></body></html>"""


def test_a_good_page_has_no_problems() -> None:
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("<!doctype html>", "", "doctype"),
        ('lang="vi"', 'lang="en"', "not 'vi'"),
        ("</main>", "</section></main>", "end-tag-too-early"),
        ("<h1>Đơn thư</h1>", "", "exactly one h1"),
        ("</h1>", "</h1><h1>Khác</h1>", "exactly one h1"),
        ("<title>Đơn thư", "<title>Khác", "does not start with the h1"),
        ('<label for="ten">Họ tên</label>', "", "has no label"),
        ('for="ten"', 'for="khac"', "does not exist"),
        ("<h1>", '<h1 id="ten">', "used 2 times"),
        ("<h1>", '<h1 aria-describedby="mat">', "aria-describedby"),
        ("<caption>Danh sách</caption>", "", "no caption"),
        ("<table>", '<table role="presentation">', "only places things has header cells"),
        (' data-label="Số"', "", "no data-label"),
        (">Lưu<", "><", "has no text"),
        ('<a href="/">Việc hôm nay</a>', '<a href="/"></a>', "has no text"),
        ('href="/"', 'href="#mat"', "which does not exist"),
        ('method="post" ', "", "names no method"),
        (' action="/moi"', "", "names no action"),
        ('name="csrf_token"', 'name="khac"', "CSRF tokens"),
        ('method="post"', 'method="get"', "in the address"),
        ("<h1>", '<h1 onclick="x()">', "inline onclick"),
        ("<h1>", '<h1 style="color:red">', "inline style"),
        ("</head>", "<script>x()</script></head>", "inline <script>"),
        ("</head>", "<style>h1{}</style></head>", "inline <style>"),
        ("</head>", '<script src="https://cdn.example/x.js"></script></head>', "from elsewhere"),
        ("</head>", '<link rel="stylesheet" href="//cdn.example/x.css"></head>', "from elsewhere"),
        ('href="/"', 'href="javascript:x()"', "runs a script"),
        ("</h1>", "</h1><p>Người gửi: None</p>", "unfinished"),
        ("</h1>", "</h1><p>{{ name }}</p>", "unfinished"),
        ('href="/"', 'href="/ho-so/None"', "unfinished"),
        ('value=""', 'value="None"', "unfinished"),
        (">Lưu<", ">Save<", "untranslated"),
        ('alt=""', 'alt="Close"', "untranslated"),
        (' alt=""', "", "no alt"),
        ('<nav><a href="/">Việc hôm nay</a></nav>', "", "no way back"),
        ("Họ tên", unicodedata.normalize("NFD", "Họ tên"), "not NFC"),
    ],
)
def test_each_fault_is_found(was: str, becomes: str, said: str) -> None:
    assert was in GOOD
    found = problems(GOOD.replace(was, becomes, 1))
    assert any(said in problem for problem in found), found


@pytest.mark.parametrize("text", ["<textarea>None</textarea>", '<p translate="no">Save</p>'])
def test_what_people_wrote_is_not_taken_for_a_fault(text: str) -> None:
    labelled = text.replace("<textarea", '<textarea aria-label="Nội dung"')
    assert problems(GOOD.replace("<img", labelled + "<img")) == []
