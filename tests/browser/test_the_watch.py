"""The watch that guards every page of the journeys must itself notice what is wrong."""

from urllib.parse import quote

from playwright.sync_api import Browser

from tests.browser.watch import Watch

BROKEN = """<!doctype html><html lang="vi"><head><title>Trang hỏng</title></head><body><main>
<h1>Một</h1><h1>Hai</h1><input type="text"><img src="https://cdn.example/x.png">
<script>console.error("hỏng"); setTimeout(() => { throw new Error("gãy"); });</script></main></body></html>"""


def test_a_broken_page_is_noticed_in_every_way(chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    watch = Watch(page, scripts=True)
    page.goto(f"data:text/html;charset=utf-8,{quote(BROKEN)}")
    watch.look()
    found = "\n".join(watch.problems)
    context.close()
    assert "2 headings of level 1" in found
    assert "axe label at input" in found
    assert "axe image-alt at img" in found
    assert "console error: hỏng" in found
    assert "script: gãy" in found
    assert "request failed: GET https://cdn.example/x.png" in found
