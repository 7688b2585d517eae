"""The drawing of a procedure: every step once, nothing outside, nothing over another."""

from datetime import date
from itertools import pairwise

import pytest

from cases.book.diagram import draw
from cases.book.limits import NOBODY
from cases.book.reading import EditionView, Reader
from cases.book.shapes import Box, Diagram
from cases.definitions import forms
from procedures.schema import ProcedureEdition
from tests.support.running_cases import loaded_rules

TODAY = date(2026, 11, 22)


def view_of(edition: ProcedureEdition) -> EditionView:
    return Reader(loaded_rules(), forms(), NOBODY, today=TODAY).view(edition)


def drawn(edition: ProcedureEdition) -> Diagram:
    return draw(view_of(edition), lambda code: code)


def words(box: Box) -> str:
    return " ".join(line.text for line in box.lines)


def all_boxes(diagram: Diagram) -> list[Box]:
    return [box for band in diagram.bands for box in band.boxes]


@pytest.fixture(scope="module")
def tc03() -> ProcedureEdition:
    return loaded_rules().procedure("TC-03", TODAY)


def changed(edition: ProcedureEdition, key: str, **changes: object) -> ProcedureEdition:
    steps = (one.model_copy(update=changes) if one.key == key else one for one in edition.steps)
    return edition.model_copy(update={"steps": tuple(steps)})


def test_every_step_of_every_edition_is_drawn_once_as_what_it_is() -> None:
    for edition in loaded_rules().procedures:
        boxes = all_boxes(drawn(edition))
        found = {words(box).split(". ")[0]: box.kind for box in boxes if box.kind != "exit"}
        expected = {one.key: "choice" if one.conditional else "step" for one in edition.steps}
        assert found == expected, edition.id
        assert len([box for box in boxes if box.kind != "exit"]) == len(edition.steps), edition.id


def test_boxes_stay_inside_their_band_and_off_each_other() -> None:
    for edition in loaded_rules().procedures:
        diagram = drawn(edition)
        for band in diagram.bands:
            for box in band.boxes:
                assert box.x >= 0 and box.x + box.width <= diagram.width, edition.id
                assert 0 < box.y < box.bottom < band.height, edition.id
                assert all(box.y < line.y < box.bottom for line in box.lines), edition.id
            for x in {box.x for box in band.boxes}:
                column = sorted((box for box in band.boxes if box.x == x), key=lambda box: box.y)
                assert all(upper.bottom < lower.y for upper, lower in pairwise(column)), edition.id


def test_bands_follow_each_other_without_a_gap(tc03: ProcedureEdition) -> None:
    diagram = drawn(tc03)
    assert all(upper.y + upper.height == lower.y for upper, lower in pairwise(diagram.bands))
    assert diagram.height == diagram.bands[-1].y + diagram.bands[-1].height
    titles = [band.title for band in diagram.bands if band.title]
    assert titles == ["1. Bước chuẩn bị", "2. Bước tiến hành", "3. Bước kết thúc"]


def test_ways_out_are_labelled_with_the_codes_people_know(tc03: ProcedureEdition) -> None:
    named = draw(view_of(tc03), lambda code: f"QT {code}")
    exits = [words(box) for box in all_boxes(named) if box.kind == "exit"]
    assert "Chuyển sang quy trình khác: QT KT-03, QT KT-04" in exits
    assert "Kết thúc: Không giải quyết theo quy trình tố cáo" in exits
    assert "Kết thúc: Kết luận đã được thực hiện xong" in exits


def test_conditional_steps_hang_on_dashed_arrows_and_the_main_line_is_whole(tc03: ProcedureEdition) -> None:
    band = next(one for one in drawn(tc03).bands if any(words(box).startswith("TH3.") for box in one.boxes))
    choices = [box for box in band.boxes if box.kind == "choice"]
    into = {arrow.points[-1]: arrow.dashed for arrow in band.arrows if arrow.headed}
    assert all(into[box.x, box.entry] for box in choices)
    main = next(box for box in band.boxes if box.kind == "step")
    down = [arrow for arrow in band.arrows if arrow.points[0][1] == main.bottom and len(arrow.points) == 2]
    assert [arrow.dashed for arrow in down] == [False]


def test_a_step_that_leads_back_or_far_ahead_says_so(tc03: ProcedureEdition) -> None:
    odd = changed(tc03, "TH5", next=("TH3", "KT3"))
    exits = [words(box) for box in all_boxes(drawn(odd)) if box.kind == "exit"]
    assert "Trở lại TH3" in exits
    assert "Đi thẳng đến KT3" in exits


def test_a_stage_may_begin_with_a_conditional_step(tc03: ProcedureEdition) -> None:
    first = changed(tc03, "TH1", conditional=True, condition="Khi cần")
    diagram = drawn(first)
    band = next(one for one in diagram.bands if one.title == "2. Bước tiến hành")
    assert [box.kind for box in band.boxes] == ["choice"]
    passing = [arrow for arrow in band.arrows if arrow.points[0][0] == arrow.points[-1][0]]
    assert [arrow.dashed for arrow in passing] == [True]


def test_arrow_heads_point_the_way_the_line_goes(tc03: ProcedureEdition) -> None:
    for band in drawn(tc03).bands:
        for arrow in band.arrows:
            if not arrow.headed:
                assert not arrow.head
                continue
            tip, *wings = (tuple(map(float, corner.split(","))) for corner in arrow.head.split())
            assert tip == arrow.points[-1]
            before = arrow.points[-2]
            along = 0 if before[0] != tip[0] else 1
            towards = 1 if tip[along] > before[along] else -1
            assert all((tip[along] - wing[along]) * towards > 0 for wing in wings)
