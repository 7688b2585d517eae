"""Who acts: what operations and queries need to know of a signed-in person, and nothing more."""

from dataclasses import dataclass

from cases.errors import NotAllowed
from cases.people.permissions import Permission, permissions_of
from procedures.schema import Role


@dataclass(frozen=True)
class Actor:
    user_id: int
    commission_id: int
    name: str
    roles: frozenset[Role]
    member_id: int | None = None
    unit: str = ""

    def may(self, permission: Permission) -> bool:
        return permission in permissions_of(self.roles)

    def require(self, permission: Permission) -> None:
        """Refuse the act when none of the person's roles allows it."""
        if not self.may(permission):
            raise NotAllowed(
                f"Đồng chí không có quyền “{permission.label}”. "
                "Nếu công việc cần quyền này, đề nghị người quản trị phân quyền.",
                permission=permission.value,
            )
