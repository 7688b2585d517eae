"""Between the headers of one file and the fields of its register."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from cases.imports.columns import REGISTERS, Field, Kind, match_headers


@lru_cache(maxsize=256)
def _places(kind: Kind, columns: tuple[str, ...]) -> dict[str, str]:
    return {name: columns[at] for name, at in match_headers(columns, REGISTERS[kind]).places.items()}


def headers_of(kind: Kind, columns: Iterable[str]) -> Mapping[str, str]:
    """Field name → the header that carries it, for the columns of one row's raw cells."""
    return _places(kind, tuple(columns))


def field_named(kind: Kind, name: str) -> Field:
    return next(field for field in REGISTERS[kind].fields if field.name == name)


def header_for(kind: Kind, name: str, columns: Iterable[str]) -> str:
    """The header of a field in this file, or its usual name where the file lacks the column."""
    return headers_of(kind, columns).get(name) or field_named(kind, name).label
