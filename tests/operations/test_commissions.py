"""One installation holds several commissions, each with its own people and its own part of the tree."""

import pytest
from peewee import Database

from cases.errors import Invalid
from cases.parties.queries import visible_to
from cases.people.commissions import NewCommission, add_commission
from cases.people.models import Commission, User
from procedures.schema import Role
from tests.support.worlds import NOW, a_commission, an_organisation


def commune(**changes: str) -> NewCommission:
    typed = {
        "code": "thanh-my", "name": "Ủy ban Kiểm tra Đảng ủy xã Thạnh Mỹ", "level": "xa",
        "superior_line": "ĐẢNG ỦY XÃ THẠNH MỸ", "symbol_suffix": "UBKTĐU", "place": "Thạnh Mỹ",
        "term_name": "2025-2030", "organisation_code": "X01", "parent_code": "as",
    }  # fmt: skip
    return NewCommission(**(typed | changes))


def added(new: NewCommission, username: str = "quantri.xa") -> User:
    return add_commission(
        new, username=username, full_name="Lý Văn Quản", password="một câu đủ dài", now=NOW
    )  # fmt: skip


def test_a_commune_gets_its_commission_its_administrator_and_its_part_of_the_tree(database: Database) -> None:
    province = a_commission()
    root = an_organisation("TU", name="Tỉnh ủy An Sơn", level="tinh")
    an_organisation("X02", name="Đảng bộ xã Khác", level="cap_tren_truc_tiep_co_so", parent=root)
    own = an_organisation("X01", name="Đảng bộ xã Thạnh Mỹ", level="cap_tren_truc_tiep_co_so", parent=root)
    an_organisation("X01.1", name="Chi bộ thôn 1", parent=own)
    administrator = added(commune())
    made = Commission.get(Commission.code == "thanh-my")
    assert made.parent == province
    assert administrator.commission == made
    assert administrator.must_change_password
    assert administrator.as_actor().roles == frozenset({Role.ADMINISTRATOR})
    assert [found.code for found in visible_to(administrator.as_actor()).order_by("code")] == ["X01", "X01.1"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"organisation_code": "X99"}, "organisation_code"), ({"parent_code": "khong-co"}, "parent_code")],
)
def test_what_does_not_exist_is_refused_by_name(
    database: Database, changes: dict[str, str], field: str
) -> None:
    a_commission()
    an_organisation("X01")
    with pytest.raises(Invalid) as refused:
        added(commune(**changes))
    assert refused.value.field == field
    assert Commission.select().count() == 1


def test_a_code_is_given_once_and_a_refusal_leaves_nothing_behind(database: Database) -> None:
    a_commission()
    an_organisation("X01")
    added(commune())
    with pytest.raises(Invalid):
        added(commune(), username="nguoi.khac")
    assert Commission.select().count() == 2
    assert User.select().count() == 1
