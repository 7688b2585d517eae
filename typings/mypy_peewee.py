"""mypy plugin: the attributes peewee gives a model without anyone writing them.

A model without a primary key of its own gets `id`; a foreign key `commission` also gives
`commission_id`. peewee's stubs know neither. With the plugin both have their types, and a
misspelt name stays an error.
"""

from collections.abc import Callable

from mypy.nodes import (
    MDEF,
    AssignmentStmt,
    CallExpr,
    NameExpr,
    RefExpr,
    SymbolTableNode,
    TypeInfo,
    Var,
)
from mypy.plugin import ClassDefContext, Plugin
from mypy.types import Instance, NoneType, Type, UnionType

MODEL = "peewee.Model"
FOREIGN_KEY = "peewee.ForeignKeyField"


def plugin(version: str) -> type[Plugin]:
    return PeeweePlugin


class PeeweePlugin(Plugin):
    def get_base_class_hook(self, fullname: str) -> Callable[[ClassDefContext], None] | None:
        symbol = self.lookup_fully_qualified(fullname)
        if symbol and isinstance(symbol.node, TypeInfo) and symbol.node.has_base(MODEL):
            return add_implied_attributes
        return None


def add_implied_attributes(context: ClassDefContext) -> None:
    has_own_key = False
    for statement in context.cls.defs.body:
        if not isinstance(statement, AssignmentStmt) or not isinstance(statement.rvalue, CallExpr):
            continue
        name, call = statement.lvalues[0], statement.rvalue
        has_own_key = has_own_key or _is_true(call, "primary_key")
        if (
            isinstance(name, NameExpr)
            and isinstance(call.callee, RefExpr)
            and call.callee.fullname == FOREIGN_KEY
        ):
            _add(context, f"{name.name}_id", nullable=_is_true(call, "null"))
    if not has_own_key:
        _add(context, "id", nullable=False)


def _is_true(call: CallExpr, argument: str) -> bool:
    for name, value in zip(call.arg_names, call.args, strict=True):
        if name == argument:
            return isinstance(value, NameExpr) and value.name == "True"
    return False


def _add(context: ClassDefContext, name: str, *, nullable: bool) -> None:
    info = context.cls.info
    field = context.api.lookup_fully_qualified_or_none("peewee.IntegerField")
    if name in info.names or field is None or not isinstance(field.node, TypeInfo):
        return
    value: Type = context.api.named_type("builtins.int")
    if nullable:
        value = UnionType([value, NoneType()])
    variable = Var(name, Instance(field.node, [value]))
    variable.info = info
    variable._fullname = f"{info.fullname}.{name}"
    info.names[name] = SymbolTableNode(MDEF, variable, plugin_generated=True)
