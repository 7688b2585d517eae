"""Errors a person can cause or mend. They carry data; the sentence says what happened, why and what to do."""


class UserFacingError(Exception):
    """Base of every expected refusal: `message` is shown as it is, `field` names the input at fault."""

    status = 409

    def __init__(self, message: str, *, field: str | None = None, **data: object) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.data = data


class Refused(UserFacingError):
    """The act is not possible in the present state, or a rule forbids it."""


class NotAllowed(UserFacingError):
    """The person may not do this."""

    status = 403


class NotFound(UserFacingError):
    """No such thing, or none that this person may see: the two are never told apart."""

    status = 404


class Stale(UserFacingError):
    """Somebody changed the thing meanwhile; nothing was written."""


class Invalid(UserFacingError):
    """A value cannot be right; `field` says which."""

    status = 422
