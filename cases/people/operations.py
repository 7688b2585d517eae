"""What can be done with people and their sign-in; each verb lives in the module named after its matter."""

from cases.people.first_admin import create_first_admin, make_first_admin_code
from cases.people.signing_in import change_password, resume, sign_in, sign_out, sign_out_elsewhere
from cases.people.users import (
    change_commission,
    change_user,
    create_user,
    member_with_card,
    reset_password,
    temporary_password,
)

__all__ = [
    "change_commission", "change_password", "change_user", "create_first_admin", "create_user",
    "make_first_admin_code", "member_with_card", "reset_password", "resume", "sign_in", "sign_out",
    "sign_out_elsewhere", "temporary_password",
]  # fmt: skip
