"""The blueprint of the case screens, shared by the modules that hold its views."""

from collections.abc import Callable, Iterable
from typing import Any, TypedDict

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from cases.errors import UserFacingError
from cases.lifecycle.papers import PaperView
from forms.screens.fill import show_refusal
from forms.screens.lifecycle import paper_field

blueprint = Blueprint("lifecycle", __name__)


class Around(TypedDict):
    """Where an act leads back to: an address, and the label and address of the page above."""

    back: str
    parent: tuple[str, str]


def ask(
    form: FlaskForm,
    do: Callable[[], Any],
    *,
    heading: str,
    submit: str,
    done: str,
    back: str,
    parent: tuple[str, str],
    explain: str = "",
    leads_to: Callable[[Any], str] | None = None,
    multipart: bool = False,
    danger: bool = False,
    search: str = "",
) -> ResponseReturnValue:
    """One act on a page of its own: ask, do, go back; a refusal shows beside what was typed.

    `parent` is the label and address of the page above; `leads_to` tells where the result is seen;
    `search` labels a second button that only draws the page again with what was typed.
    """
    status = 200
    if request.method == "POST" and "search" not in request.form:
        status = 422
        if form.validate_on_submit():
            try:
                result = do()
            except UserFacingError as error:
                status = show_refusal(form, error)
            else:
                flash(done, "success")
                return redirect(leads_to(result) if leads_to else back)
    page = render_template(
        "screens/lifecycle/act.html", form=form, heading=heading, submit=submit, back=back, parent=parent,
        explain=explain, multipart=multipart, danger=danger, search=search,
    )  # fmt: skip
    return page, status


def named(papers: Iterable[PaperView]) -> list[tuple[str, str]]:
    """Missing papers as (code, name), for the fields that ask why each is not needed."""
    return [(paper.form, paper.name) for paper in papers]


def explained(form: FlaskForm, papers: Iterable[PaperView]) -> dict[str, str]:
    """The reason typed for each missing paper."""
    return {paper.form: form[paper_field(paper.form)].data or "" for paper in papers}
