"""Work for several processes at once: each opens the database by its address and acts like a server does."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from cases.audit.operations import act
from cases.people.actor import Actor
from cases.people.series import take_number
from procedures.schema import Role
from tests.support.databases import opened
from tests.support.worlds import NOW

TURNS = 200


class TurnedBack(Exception):
    """Something that goes wrong after a number was taken."""


def in_processes(work: Callable[..., Any], *arguments: tuple[Any, ...]) -> list[Any]:
    """Run `work` once per tuple of arguments, each in a process of its own, and return what they return."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(len(arguments), mp_context=context) as pool:
        return [future.result(timeout=120) for future in [pool.submit(work, *given) for given in arguments]]


def take_numbers(url: str, commission_id: int, user_id: int, failing: int) -> list[int]:
    """Take `TURNS` numbers; every `failing`-th attempt fails after it took one and is made again."""
    actor = Actor(user_id=user_id, commission_id=commission_id, name="", roles=frozenset({Role.CLERK}))
    taken: list[int] = []
    attempt = 0
    with opened(url):
        while len(taken) < TURNS:
            attempt += 1
            try:
                with act(actor, "document.numbered", now=NOW) as event:
                    number = take_number(commission_id, "TB", "2025-2030")
                    event.say(number=number)
                    if attempt % failing == 0:
                        raise TurnedBack
            except TurnedBack:
                continue
            taken.append(number)
    return taken


def write_events(url: str, commission_id: int, user_id: int, turns: int) -> int:
    """Write `turns` events, every other one around an inner event; returns how many were written."""
    actor = Actor(user_id=user_id, commission_id=commission_id, name="", roles=frozenset({Role.CLERK}))
    with opened(url):
        for turn in range(turns):
            with act(actor, "user.changed", now=NOW) as event:
                event.say(turn=turn)
                if turn % 2:
                    with act(actor, "user.created", now=NOW):
                        take_number(commission_id, "QĐ", "2025-2030")
    return turns + turns // 2
