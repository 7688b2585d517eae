"""Number series: taken inside the transaction that uses the number, so none is doubled and none is lost."""

from peewee import IntegrityError

from cases.db import database, lock_row
from cases.people.models import NumberSeries


def take_number(commission_id: int, series: str, term: str) -> int:
    """The next number of (commission, series, term). Call only inside `act`: a roll-back gives it back."""
    if not database.in_transaction():
        raise RuntimeError("a number is taken only inside a transaction")
    row = _row(commission_id, series, term)
    number = int(row.next_number)
    NumberSeries.update(next_number=number + 1).where(NumberSeries.id == row.id).execute()
    return number


def raise_above(commission_id: int, series: str, term: str, number: int) -> None:
    """Numbers up to `number` were used on paper: the series goes on after them."""
    row = _row(commission_id, series, term)
    if row.next_number <= number:
        NumberSeries.update(next_number=number + 1).where(NumberSeries.id == row.id).execute()


def _row(commission_id: int, series: str, term: str) -> NumberSeries:
    wanted = NumberSeries.select().where(
        NumberSeries.commission == commission_id, NumberSeries.series == series, NumberSeries.term == term
    )
    found = lock_row(wanted).first()
    if found is None:
        try:
            with database.atomic():
                NumberSeries.create(commission=commission_id, series=series, term=term)
        except IntegrityError:
            pass  # another process made it a moment ago; the locked read below waits for it
        found = lock_row(wanted).get()
    series_row: NumberSeries = found
    return series_row
