"""Clerks at work in processes of their own, each with the database opened by its address."""

import os
import signal
import time
from pathlib import Path

import pytest

from cases.documents import operations
from cases.documents.models import Document
from cases.errors import UserFacingError
from cases.people.models import User
from cases.settings import Settings
from tests.support.databases import opened
from tests.support.papers import drawn_at_once
from tests.support.running_cases import loaded_rules
from tests.support.worlds import NOW, TODAY


def issue_papers(url: str, folder: str, clerk_id: int, signer_id: int, papers: list[int]) -> list[int]:
    """Issue papers one after another as the product does, drawing left out; returns their numbers."""
    loaded_rules()
    numbers = []
    with opened(url), drawn_at_once():
        _meet(Path(folder) / "meeting")
        for paper in papers:
            numbers.append(_issue(folder, clerk_id, signer_id, paper).number)
    return numbers


def _meet(place: Path, *, people: int = 2) -> None:
    """Wait until everybody is here, so that they really work at the same time."""
    place.mkdir(parents=True, exist_ok=True)
    (place / str(os.getpid())).touch()
    give_up = time.monotonic() + 60
    while len(list(place.iterdir())) < people:
        if time.monotonic() > give_up:
            raise TimeoutError("the other clerk did not come")
        time.sleep(0.01)


def issue_until_refused(url: str, folder: str, clerk_id: int, signer_id: int, papers: list[int]) -> int:
    """Try to issue every paper, whoever was first; returns how many this clerk issued."""
    loaded_rules()
    issued = 0
    with opened(url), drawn_at_once():
        _meet(Path(folder) / "meeting")
        for paper in papers:
            try:
                _issue(folder, clerk_id, signer_id, paper)
            except UserFacingError:
                continue
            issued += 1
    return issued


def die_while_drawing(url: str, folder: str, clerk_id: int, signer_id: int, paper: int) -> None:
    """Take a number for a paper, then end as in a power cut before anything is frozen."""
    loaded_rules()
    with opened(url), pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "render", lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
        _issue(folder, clerk_id, signer_id, paper)


def _issue(folder: str, clerk_id: int, signer_id: int, paper: int) -> Document:
    clerk = User.get_by_id(clerk_id).as_actor()
    return operations.issue_document(
        clerk,
        paper,
        issued_on=TODAY,
        signer_id=signer_id,
        settings=Settings(instance_path=Path(folder)),
        now=NOW,
    )
