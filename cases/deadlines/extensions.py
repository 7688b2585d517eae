"""May this limit be extended or paused so? The rule answers; an unconfirmed rule only warns."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from procedures.schema import Confidence, Extension, TimeLimit


class Verdict(StrEnum):
    """What the rule says to a request."""

    ALLOWED = "allowed"
    WARNED = "warned"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict and the Vietnamese reasons behind it; none when simply allowed."""

    verdict: Verdict
    reasons: tuple[str, ...] = ()


def check_extension(
    asked: int,
    *,
    base: int,
    granted: Sequence[int] = (),
    most_each: int | None = None,
    most_times: int | None = None,
    cap: int | None = None,
    confirmed: bool,
) -> Answer:
    """Judge `asked` more units on a limit of `base` units already extended by `granted`.

    `most_each` bounds one extension, `most_times` their number, `cap` the whole length with
    extensions; None means no such bound is written. All in one unit.
    """
    if asked < 1:
        return Answer(Verdict.REFUSED, ("Số ngày, tháng gia hạn phải từ 1 trở lên.",))
    beyond = []
    if most_each is not None and asked > most_each:
        beyond.append(f"Xin gia hạn {asked}, mỗi lần được nhiều nhất {most_each}.")
    if most_times is not None and len(granted) >= most_times:
        beyond.append(f"Đã gia hạn {len(granted)} lần, được nhiều nhất {most_times} lần.")
    total = base + sum(granted) + asked
    if cap is not None and total > cap:
        beyond.append(f"Cả thời hạn và gia hạn là {total}, được nhiều nhất {cap}.")
    return _judged(beyond, "gia hạn", confirmed=confirmed)


def check_extension_of(
    limit: TimeLimit, asked: int, *, granted: Sequence[int] = (), confirmed_by_commission: bool = False
) -> Answer:
    """Judge a request by the extension written in the limit; a limit without one allows none."""
    rule = limit.extension
    if rule is None:
        confirmed = confirmed_by_commission or limit.confirmed_by_source
        none_written = [f"Quy định về thời hạn {limit.id} không nói đến gia hạn."]
        return _judged(none_written, "gia hạn", confirmed=confirmed)
    base = limit.amount or 0
    # A cap in another unit than the limit cannot be compared with the limit by arithmetic alone.
    comparable = rule.unit is limit.unit and limit.amount is not None
    return check_extension(
        asked,
        base=base,
        granted=granted,
        most_each=longest_extension(rule, base),
        most_times=rule.times,
        cap=rule.cap if comparable else None,
        confirmed=confirmed_by_commission or rule.confidence is Confidence.SOURCE,
    )


def longest_extension(rule: Extension, base: int) -> int | None:
    """Return the most one extension may add, a share of `base` rounded down (W-08); None if unwritten."""
    if rule.fraction is not None:
        return base * rule.fraction.numerator // rule.fraction.denominator
    return rule.amount


def check_pause_of(limit: TimeLimit, reason_code: str, *, confirmed_by_commission: bool = False) -> Answer:
    """Judge a pause for a reason: only reasons written in the limit stop its clock."""
    if reason_code in limit.pauses:
        beyond = []
    else:
        beyond = [f"Quy định về thời hạn {limit.id} không cho tạm dừng vì lý do này."]
    return _judged(beyond, "tạm dừng", confirmed=confirmed_by_commission or limit.confirmed_by_source)


def _judged(beyond: Sequence[str], what: str, *, confirmed: bool) -> Answer:
    if not confirmed:
        doubt = f"Quy định về {what} chưa được xác nhận: chỉ cảnh báo, người có thẩm quyền quyết định."
        return Answer(Verdict.WARNED, (*beyond, doubt))
    return Answer(Verdict.REFUSED if beyond else Verdict.ALLOWED, tuple(beyond))
