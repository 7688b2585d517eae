"""Taking a register out of the house is an act of its own: permitted, and written in the journal."""

from collections.abc import Sequence
from datetime import datetime

from cases.audit.operations import act
from cases.decisions.models import Decision
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.registers import discipline, outgoing
from cases.registers.outgoing import Entry
from cases.workbook import workbook


def export_discipline(actor: Actor, decisions: Sequence[Decision], *, now: datetime) -> bytes:
    """Register R06 as XLSX."""
    actor.require(Permission.SEE_REGISTERS)
    data = workbook(decisions, discipline.COLUMNS, title=discipline.TITLE, sheet_name="Quyết định kỷ luật")
    _journal(actor, "R06", len(decisions), now=now)
    return data


def export_outgoing(actor: Actor, entries: Sequence[Entry], *, now: datetime) -> bytes:
    """Register R04 as XLSX."""
    actor.require(Permission.SEE_REGISTERS)
    data = workbook(entries, outgoing.COLUMNS, title=outgoing.TITLE, sheet_name="Văn bản đi")
    _journal(actor, "R04", len(entries), now=now)
    return data


def _journal(actor: Actor, register: str, rows: int, *, now: datetime) -> None:
    with act(actor, "register.exported", now=now) as event:
        event.say(register=register, rows=rows)
