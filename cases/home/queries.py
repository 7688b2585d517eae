"""What waits for a person, over all features: the home page in one read."""

from dataclasses import dataclass
from datetime import date

from cases.approvals.models import Approval
from cases.approvals.queries import inbox, sent
from cases.deadlines.models import Deadline, DeadlineChange
from cases.deadlines.queries import MyDeadlines, my_deadlines, visible_to as deadlines_visible_to
from cases.documents.models import Document
from cases.documents.queries import visible_to as documents_visible_to, waiting_for_number
from cases.intake.models import Letter
from cases.intake.queries import visible_to as letters_visible_to
from cases.people.actor import Actor
from cases.people.permissions import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The home page: deadlines by urgency, papers, letters and requests that wait for the person."""

    deadlines: MyDeadlines
    approvals: list[Approval]
    requests: list[DeadlineChange]
    numbers: list[Document]
    returned: list[Document]
    letters: list[tuple[str, int]]
    sent: list[Approval]

    @property
    def nothing_waits(self) -> bool:
        return not (
            self.approvals
            or self.requests
            or self.numbers
            or self.returned
            or self.letters
            or self.deadlines.overdue
            or self.deadlines.today
            or self.deadlines.this_week
        )


def today_of(actor: Actor, today: date) -> Today:
    """Everything that waits for `actor` on a day."""
    return Today(
        deadlines=my_deadlines(actor, today),
        approvals=inbox(actor),
        requests=requests_to_decide(actor),
        numbers=waiting_for_number(actor),
        returned=list(
            documents_visible_to(actor)
            .where(Document.created_by == actor.user_id, Document.state == "returned")
            .order_by(Document.updated_at)
        ),
        letters=letters_waiting(actor),
        sent=sent(actor),
    )


def requests_to_decide(actor: Actor) -> list[DeadlineChange]:
    """Requests to extend or pause that this person may decide and did not make."""
    if not actor.may(Permission.DECIDE_DEADLINES):
        return []
    reachable = deadlines_visible_to(actor).select(Deadline.id)
    return list(
        DeadlineChange.select()
        .where(
            DeadlineChange.state == "requested",
            DeadlineChange.deadline.in_(reachable),
            DeadlineChange.requested_by != actor.user_id,
        )
        .order_by(DeadlineChange.requested_at)
    )


def letters_waiting(actor: Actor) -> list[tuple[str, int]]:
    """How many letters wait in each state this person works on: (state, count), none left out at zero."""
    states = []
    if actor.may(Permission.CLASSIFY_LETTERS):
        states += ["logged", "classified"]
    if actor.may(Permission.DECIDE_LETTERS):
        states += ["proposed"]
    waiting = letters_visible_to(actor)
    counts = [(state, waiting.where(Letter.state == state).count()) for state in states]
    return [(state, count) for state, count in counts if count]
