"""Discipline in the batch calculator: limitation, life of a decision, secret votes, texts in force."""

from datetime import date
from typing import Final

from cases.book.calculator_dates import Answer, Law, iso, version_under
from cases.book.calculator_input import LEVELS, STAGES, SUBJECTS, Asked, BadInput
from cases.decisions.rules import decision_life as life_of, limitation as limitation_of
from cases.sessions.rules import How, Tally, choices_for, count_votes
from procedures.schema import (
    EventType,
    Level,
    Measure,
    Penalty,
    RegulationArea,
    RuleBook,
    RuleNotFound,
    SubjectKind,
    TimeLimit,
)

NO_PENALTY: Final = "khong_ky_luat"
PENALTIES: Final = {
    "khien_trach": "reprimand",
    "canh_cao": "warning",
    "cach_chuc": "removal",
    "khai_tru": "expulsion",
    "giai_tan": "dissolution",
}
NAMES: Final = {penalty: name for name, penalty in PENALTIES.items()} | {"none": NO_PENALTY}
GROUNDS: Final = {name: name for name in ("bang_cap", "chinh_tri_noi_bo", "loi_ich_quoc_gia")}
AREAS: Final = {area.value: area for area in RegulationArea} | {
    "kiem_tra_giam_sat_ky_luat": RegulationArea.INSPECTION,
    "hinh_thuc_ky_luat": RegulationArea.DISCIPLINE,
}
ENDS: Final = "Q-08"


def limitation(asked: Asked, law: Law) -> Answer:
    """Until when a violation may be disciplined by a form (H-01 to H-13); who decides is not asked."""
    subject = asked.one_of("subject", SUBJECTS)
    penalty = _penalty(law.rules, asked.one_of("penalty", PENALTIES), subject)
    start, concluded = asked.day("start"), asked.day_if_any("concluded")
    if concluded is not None and concluded < start:
        raise BadInput("Ngày kết luận trước ngày vi phạm.", field="concluded")
    ground = asked.one_of_if_any("no_limit_ground", GROUNDS)
    limit = _period(law.rules, penalty, concluded)
    found = limitation_of(
        None if ground is not None or limit.measure is Measure.NONE else limit.amount,
        ended_on=start,
        detected_on=None,
        concluded_on=concluded,
        exclusions=asked.intervals("excluded"),
        new_violations=asked.days("new_violation"),
    )
    return {
        "applies": ground is None and limit.measure is not Measure.NONE,
        "last_day": iso(found.last_day),
        "expired": found.expired,
        "limit": limit.id,
        "confirmed": limit.confirmed_by_source,
    }


def _penalty(rules: RuleBook, penalty_id: str, subject: SubjectKind) -> Penalty:
    try:
        return rules.penalty(penalty_id, subject)
    except RuleNotFound as error:
        raise BadInput(f"Hình thức này không áp dụng đối với {subject.label}.", field="penalty") from error


def _period(rules: RuleBook, penalty: Penalty, on: date | None) -> TimeLimit:
    if penalty.limitation is None:
        raise BadInput("Hình thức này không có thời hiệu trong bộ quy định.", field="penalty")
    return _limit_on(rules, penalty.limitation, on)


def _limit_on(rules: RuleBook, limit_id: str, on: date | None) -> TimeLimit:
    """The version of a day; the newest without a day, the first one for a day before all of them."""
    versions = sorted(
        (limit for limit in rules.time_limits if limit.id == limit_id),
        key=lambda limit: limit.valid_from or date.min,
    )
    if on is None:
        return versions[-1]
    return next((limit for limit in reversed(versions) if limit.in_force(on)), versions[0])


def decision_life(asked: Asked, law: Law) -> Answer:
    """From when a decision is in force, and when it ends by itself.

    `last_day` is the corresponding day 12 months after the first announcement (W-04), the last one in
    force; `ends_on` is that day when the decision ends by itself, null when it does not.
    """
    penalty = asked.one_of("penalty", PENALTIES)
    signed, announced = asked.day("signed"), asked.day_if_any("announced")
    first, level = asked.day_if_any("first_announced"), asked.one_of_if_any("level", LEVELS)
    if announced is not None and announced < signed and level is not Level.CELL:
        raise BadInput("Ngày công bố trước ngày ký.", field="announced")
    if first is not None and announced is not None and announced < first:
        raise BadInput("Ngày công bố lần đầu sau ngày công bố.", field="first_announced")
    effect = _effect(asked, law.rules, signed, level or Level.PROVINCE)
    events = {EventType.DECISION_SIGNED: signed}
    if announced is not None:
        # A cell announces the result of its vote; its written decision follows.
        events |= {EventType.DECISION_ANNOUNCED: announced, EventType.VOTE_RESULT_ANNOUNCED: announced}
    found = life_of(
        _months(law.rules, penalty, first or announced or signed),
        effect.starts_on,
        events,
        announced_on=announced,
        first_announced_on=first,
        new_violation_on=asked.day_if_any("new_violation"),
    )
    return {
        "effective": iso(found.effective),
        "last_day": iso(found.last_day),
        "ends_on": iso(found.ends_on),
        "ends_by_itself": found.ends_by_itself,
        "effect_rule": effect.id,
    }


def _effect(asked: Asked, rules: RuleBook, signed: date, level: Level) -> TimeLimit:
    limits = [
        limit
        for limit in rules.time_limits
        if limit.ends_on is EventType.DECISION_IN_FORCE and limit.applies_to(level)
    ]
    edition = asked.word("edition") if asked.has("edition") else None
    return version_under(limits, edition, rules, on=signed, what="Hiệu lực của quyết định")


def _months(rules: RuleBook, penalty_id: str, on: date) -> int | None:
    without_end = all(
        _limit_on(rules, penalty.limitation, on).measure is Measure.NONE
        for penalty in rules.penalties
        if penalty.id == penalty_id and penalty.limitation is not None
    )
    return None if without_end else _limit_on(rules, ENDS, on).amount


def vote(asked: Asked, law: Law) -> Answer:
    """The outcome of a secret vote over all members (V-02 to V-06, V-11).

    Ballots for "không kỷ luật" count as cast; they name no form, so the outcome stays null.
    """
    stage, base = asked.one_of("stage", STAGES), asked.whole("base", at_least=1)
    given = asked.numbers("votes")
    penalties = _forms_on_ballot(asked, law.rules, given)
    votes = {_form(name): number for name, number in given.items()}
    cast = sum(votes.values())
    if cast > base:
        raise BadInput("Số phiếu nhiều hơn tổng số thành viên.", field="votes")
    if votes.keys() - {penalty.id for penalty in penalties}:
        raise BadInput("Có phiếu cho hình thức không có trong danh sách.", field="votes")
    tally = Tally(base_total=base, present=cast, issued=cast, returned=cast, valid=cast, invalid=0)
    result = count_votes(
        choices_for(penalties, {rule.id: rule for rule in law.rules.vote_rules}, votes, stage=stage),
        tally,
        stage=stage,
    )
    chosen = NAMES[result.outcome] if result.outcome not in (None, "none") else None
    forms = [standing for standing in result.standings if standing.id != "none"]
    return {
        "outcome": chosen,
        "how": "none" if chosen is None or result.how is How.NOT_ENOUGH else result.how.value,
        "needed": {NAMES[standing.id]: standing.needed for standing in forms},
        "tally": {NAMES[standing.id]: standing.votes for standing in result.standings},
        "cumulated": {NAMES[standing.id]: standing.cumulated for standing in forms},
        "no_penalty_reached": result.outcome == "none",
    }


def _form(name: str) -> str:
    if name == NO_PENALTY:
        return "none"
    if name not in PENALTIES:
        raise BadInput(f"Hình thức phải là một trong: {', '.join(PENALTIES)}.", field="votes")
    return PENALTIES[name]


def _forms_on_ballot(asked: Asked, rules: RuleBook, votes: dict[str, int]) -> list[Penalty]:
    named = asked.words("penalties")
    if len(set(named)) != len(named):
        raise BadInput("Một hình thức được ghi hai lần.", field="penalties")
    wanted = {_form(name) for name in (*named, NO_PENALTY)}
    if wanted == {"none"}:
        raise BadInput("Phải có ít nhất một hình thức.", field="penalties")
    kind = SubjectKind.BODY if "dissolution" in wanted else SubjectKind.MEMBER
    kind = asked.one_of_if_any("subject", SUBJECTS) or kind
    found = [penalty for penalty in rules.penalties_for(kind) if penalty.id in wanted]
    if len(found) != len(wanted):
        raise BadInput("Các hình thức không cùng áp dụng cho một loại đối tượng.", field="penalties")
    return found


def regulation(asked: Asked, law: Law) -> Answer:
    """The main text of an area in force on a day, and the texts that amended it by then."""
    area, on = asked.one_of("area", AREAS), asked.day("on")
    subject = asked.one_of_if_any("subject", SUBJECTS) or SubjectKind.MEMBER
    try:
        main = law.rules.regulation_in_force(area, on, subject)
    except RuleNotFound as error:
        raise BadInput(
            "Không có văn bản nào về lĩnh vực này vào ngày đó trong bộ quy định.", field="on"
        ) from error
    amending = [text.number for text in law.rules.amendments_in_force(area, on) if main.number in text.amends]
    return {"document": main.number, "amended_by": amending}
