"""Organisations and members: each commission sees its own tree, closed organisations included."""

from datetime import date

import pytest
from peewee import Database

from cases.errors import NotFound
from cases.parties import queries
from cases.parties.models import Member, MemberPost, Organisation
from cases.people.actor import Actor
from cases.people.models import Commission
from procedures.schema import Role
from tests.support.worlds import a_commission, a_member, a_user, an_organisation


@pytest.fixture
def tree(database: Database) -> dict[str, Organisation]:
    """A province with two communes, and a district that was closed when the first commune took it over."""
    found = {"TU": an_organisation("TU", name="Tỉnh ủy An Sơn", level="tinh")}
    for code in ("X01", "X02", "H01"):
        found[code] = an_organisation(
            code, name=f"Đảng bộ xã {code}", level="cap_tren_truc_tiep_co_so", parent=found["TU"]
        )
    for code, above in (("X01.1", "X01"), ("X01.1.1", "X01.1"), ("X02.1", "X02"), ("H01.1", "H01")):
        found[code] = an_organisation(code, name=f"Chi bộ {code}", parent=found[above])
    closed = {"valid_to": date(2025, 6, 30), "successor": found["X01"], "level": "huyen"}
    Organisation.update(closed).where(Organisation.code == "H01").execute()
    return found


def an_actor_of(
    root: Organisation | None, *, code: str = "as", level: str = "tinh", role: Role = Role.CLERK
) -> Actor:
    commission = a_commission(code, level=level)
    Commission.update(organisation=root).where(Commission.id == commission.id).execute()
    return a_user(commission, role).as_actor()


def codes(actor: Actor) -> set[str]:
    return {organisation.code for organisation in queries.visible_to(actor)}


def test_the_province_sees_the_whole_tree(tree: dict[str, Organisation]) -> None:
    assert codes(an_actor_of(tree["TU"])) == set(tree)


def test_a_commune_sees_its_own_branches_at_every_depth_and_no_others(tree: dict[str, Organisation]) -> None:
    assert codes(an_actor_of(tree["X02"], level="xa")) == {"X02", "X02.1"}


def test_a_commune_sees_the_closed_district_it_took_over_with_its_branches(
    tree: dict[str, Organisation],
) -> None:
    assert codes(an_actor_of(tree["X01"], level="xa")) == {"X01", "X01.1", "X01.1.1", "H01", "H01.1"}


def test_a_circle_in_the_tree_ends(tree: dict[str, Organisation]) -> None:
    Organisation.update(parent=tree["X01.1.1"]).where(Organisation.code == "X01").execute()
    assert codes(an_actor_of(tree["X01"], level="xa")) >= {"X01", "X01.1", "X01.1.1"}


def test_a_single_commission_that_stands_in_no_tree_yet_sees_everything(
    tree: dict[str, Organisation],
) -> None:
    assert codes(an_actor_of(None, level="xa")) == set(tree)


def test_a_commune_beside_others_sees_nothing_until_it_stands_in_the_tree(
    tree: dict[str, Organisation],
) -> None:
    an_actor_of(tree["TU"])
    commune = an_actor_of(None, code="x02", level="xa")
    assert codes(commune) == set() and list(queries.members_visible_to(commune)) == []


def test_who_may_not_see_parties_sees_none(tree: dict[str, Organisation]) -> None:
    nobody = Actor(user_id=1, commission_id=an_actor_of(None).commission_id, name="", roles=frozenset())
    assert codes(nobody) == set() and list(queries.members_visible_to(nobody)) == []


def test_members_follow_their_branch_and_those_of_none_stay_with_the_province(
    tree: dict[str, Organisation],
) -> None:
    a_member("Lê Văn Một", branch=tree["X01.1.1"])
    a_member("Lê Văn Hai", branch=tree["X02.1"])
    a_member("Lê Văn Không")
    province, commune = an_actor_of(tree["TU"]), an_actor_of(tree["X01"], code="x01", level="xa")
    assert {m.full_name for m in queries.members_visible_to(commune)} == {"Lê Văn Một"}
    assert queries.members_visible_to(province).count() == 3


def test_a_page_of_the_visible_members_can_be_counted_ordered_and_cut(tree: dict[str, Organisation]) -> None:
    for name in ("Trần Thị Đào", "Trần Thị Dung", "Trần Văn Ân", "Trần Văn An"):
        a_member(name, branch=tree["X01.1"])
    visible = queries.members_visible_to(an_actor_of(tree["X01"], level="xa")).order_by(Member.name_sort)
    assert visible.count() == 4
    names = [member.full_name for member in visible.paginate(1, 3)]
    assert names == ["Trần Văn An", "Trần Văn Ân", "Trần Thị Dung"]


@pytest.mark.parametrize("text", ["nguyen van duc", "Đức", "DUC nguyen", "nguyễn đức", "  đức  ", "90.1234"])
def test_members_are_found_without_tones_by_words_in_any_order_and_by_card(
    tree: dict[str, Organisation], text: str
) -> None:
    a_member("Nguyễn Văn Đức", card="90.123456", branch=tree["X01.1"])
    a_member("Phạm Thị Hoa", card="90.999999", branch=tree["X01.1"])
    found = queries.matching_members(an_actor_of(tree["X01"], level="xa"), text)
    assert [member.full_name for member in found] == ["Nguyễn Văn Đức"]


@pytest.mark.parametrize("text", ["%", "_", "khong co ai", "\x00", "90.1\x00", "' or 1=1 --"])
def test_signs_of_the_database_language_find_nothing_and_break_nothing(
    tree: dict[str, Organisation], text: str
) -> None:
    a_member("Nguyễn Văn Đức", card="90.223456", branch=tree["X01.1"])
    found = list(queries.matching_members(an_actor_of(tree["TU"]), text))
    assert found == [] or not text.strip("\x00")


def test_organisations_are_found_without_tones_and_by_code(tree: dict[str, Organisation]) -> None:
    actor = an_actor_of(tree["TU"])
    assert [o.code for o in queries.matching_organisations(actor, "tinh uy")] == ["TU"]
    assert {o.code for o in queries.matching_organisations(actor, "X01.1")} == {"X01.1", "X01.1.1"}


def test_what_lies_outside_the_tree_does_not_exist_for_the_commune(tree: dict[str, Organisation]) -> None:
    outside = a_member("Lê Văn Hai", branch=tree["X02.1"])
    commune = an_actor_of(tree["X01"], level="xa")
    with pytest.raises(NotFound):
        queries.member_of(commune, outside.id)
    with pytest.raises(NotFound):
        queries.organisation_of(commune, tree["X02"].id)
    assert queries.visible_above(commune, tree["X01.1"]) == [tree["X01"]]


def test_a_closed_organisation_stands_behind_the_active_ones(tree: dict[str, Organisation]) -> None:
    actor = an_actor_of(tree["TU"])
    assert [one.code for one in queries.visible_children(actor, tree["TU"])] == ["X01", "X02", "H01"]
    assert [one.code for one in queries.visible_predecessors(actor, tree["X01"])] == ["H01"]


def test_posts_are_listed_latest_first(tree: dict[str, Organisation]) -> None:
    member = a_member(branch=tree["X01.1"])
    for title, day in (("Chi ủy viên", date(2015, 1, 1)), ("Bí thư", date(2020, 1, 1)), ("Đảng viên", None)):
        MemberPost.create(member=member, title=title, held_from=day)
    assert [post.title for post in queries.posts_of(member)] == ["Bí thư", "Chi ủy viên", "Đảng viên"]
