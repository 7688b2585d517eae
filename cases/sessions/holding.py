"""What every verb of sessions does first: hold the session or the item, and see in which state it is."""

from cases.db import lock_row
from cases.errors import Refused
from cases.sessions.models import AgendaItem, Session

STATE_WORDS = {"planned": "chưa khai mạc", "open": "đang họp", "closed": "đã bế mạc"}
ITEM_WORDS = {"planned": "chưa kết luận", "concluded": "đã kết luận", "postponed": "đã hoãn"}


def hold_session(session_id: int, *states: str) -> Session:
    """Lock a session for the rest of the transaction and read it anew; refuse in any other state."""
    session: Session = lock_row(Session.select().where(Session.id == session_id)).get()
    if session.state not in states:
        raise Refused(f"Kỳ họp {STATE_WORDS[session.state]}, không làm được việc này.", session_id=session.id)
    return session


def hold_item(item_id: int, *session_states: str) -> AgendaItem:
    """Lock the session of an item and read the item anew; refuse when it is settled already."""
    item = AgendaItem.get_by_id(item_id)
    session = hold_session(item.session_id, *session_states)
    item = AgendaItem.get_by_id(item_id)
    item.session = session
    if item.state != "planned":
        raise Refused(f"Nội dung này {ITEM_WORDS[item.state]}. Mở lại trang kỳ họp để xem.", item_id=item.id)
    return item
