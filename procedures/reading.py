"""Reads the rule files of every layer into one draft."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from procedures.draft import EDITION, TABLES, Draft, ending
from procedures.editions import ProcedureEdition
from procedures.errors import RuleProblem
from procedures.facts import Rule
from procedures.inherit import Inheritance
from procedures.layers import PACK_FILE, PACKS, Layer, layers_of, pack_folders
from procedures.schema import Pack

WHOLE_FILE = "(cả tệp)"


def read_draft(folder: Path, *, packs: Collection[str] = (), local: Path | None = None) -> Draft:
    """Reads every rule file of all layers; problems are collected, not raised."""
    draft = Draft(folder)
    offered = _read_packs(draft, folder)
    for pack in sorted(set(packs) - set(offered)):
        message = f'không có gói "{pack}"; các gói có: {", ".join(offered) or "không có gói nào"}'
        draft.problems.append(RuleProblem("cài đặt", "packs", message))
    raws: dict[str, dict[str, Any]] = {}
    for layer in layers_of(folder, packs, local):
        if layer.local and not layer.folder.is_dir():
            message = "không có thư mục này; tạo thư mục hoặc bỏ cài đặt local_rules_path"
            draft.problems.append(RuleProblem(layer.prefix, "(cả thư mục)", message))
            continue
        for name, tables in TABLES.items():
            if layer.complete or (layer.folder / name).exists():
                _read_tables(draft, layer, name, tables)
        raws |= _read_editions(draft, layer)
    _add_editions(draft, raws)
    return draft


def _read_packs(draft: Draft, folder: Path) -> list[str]:
    """Notes every pack on offer and the codes it serves, which links may name while it is off."""
    for path in pack_folders(folder):
        layer = Layer(path, prefix=f"{PACKS}/{path.name}/", pack=path.name)
        raw = _read(draft, layer, PACK_FILE) or {}
        draft.add("pack", Pack, raw.get("pack", {}), layer.prefix + PACK_FILE, "pack")
        catalogue = _read(draft, layer, "catalogue.toml") or {}
        draft.elsewhere |= {str(one.get("code")) for one in catalogue.get("procedure", [])}
    return [path.name for path in pack_folders(folder)]


def _read_editions(draft: Draft, layer: Layer) -> dict[str, dict[str, Any]]:
    found = {}
    for path in layer.editions():
        raw = _read(draft, layer, path.relative_to(layer.folder).as_posix())
        if raw is not None:
            found[layer.named(path)] = raw | ({"pack": layer.pack} if layer.pack else {})
            if layer.local:
                draft.local.add(layer.named(path))
    return found


def _add_editions(draft: Draft, raws: dict[str, dict[str, Any]]) -> None:
    inheritance = Inheritance(raws)
    loaded = {str(raw.get("code")) for raw in raws.values()}
    later = (draft.known("procedure", "code") | draft.elsewhere) - loaded
    chains = [chain for file in raws if (chain := inheritance.chain(file))]
    for chain in sorted(chains, key=len):  # a base before those written as differences from it
        file, base = chain[0], chain[1] if len(chain) > 1 else None
        draft.based_on[file] = base
        merged = inheritance.merged(chain)
        if all(draft.is_sound(one) for one in chain[1:]):
            ended = merged | _ending(draft, file, raws)
            draft.add(EDITION, ProcedureEdition, _set_aside(ended, later), file, "")
    unread = {problem.file.rpartition("/")[0] for problem in draft.problems if problem.key == WHOLE_FILE}
    draft.problems += [one for one in inheritance.problems if one.file.rpartition("/")[0] not in unread]


def _ending(draft: Draft, file: str, raws: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Ends an edition the day before the next one of another layer begins; layers must not clash."""
    own = raws[file]
    starts = [
        other["valid_from"]
        for name, other in raws.items()
        if other.get("code") == own.get("code") and (name in draft.local) != (file in draft.local)
    ]
    return ending(own, starts)


def _read(draft: Draft, layer: Layer, name: str) -> dict[str, Any] | None:
    file = layer.prefix + name
    try:
        raw = tomllib.loads((layer.folder / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        draft.problems.append(RuleProblem(file, WHOLE_FILE, "không có tệp này; hãy thêm lại"))
    except UnicodeDecodeError:
        draft.problems.append(RuleProblem(file, WHOLE_FILE, "không phải UTF-8; lưu lại với mã UTF-8"))
    except tomllib.TOMLDecodeError as error:
        draft.problems.append(RuleProblem(file, WHOLE_FILE, f"viết sai cú pháp TOML: {error}"))
    else:
        draft.files[file] = raw
        return raw
    return None


def _read_tables(draft: Draft, layer: Layer, name: str, tables: dict[str, type[Rule]]) -> None:
    raw = _read(draft, layer, name)
    name = layer.prefix + name
    for table, records in (raw or {}).items():
        model = tables.get(table)
        if model is None or not isinstance(records, list):
            wanted = ", ".join(f"[[{known}]]" for known in tables)
            draft.problems.append(RuleProblem(name, table, f"bảng lạ; tệp này chỉ có {wanted}"))
            continue
        for position, record in enumerate(records, start=1):
            where = f"{table}[{position}]"
            if isinstance(record, dict):
                if layer.local:
                    draft.give_way(table, record)
                draft.add(table, model, record, name, where + _title(record))
            else:
                draft.problems.append(RuleProblem(name, where, f"phải viết thành nhóm [[{table}]]"))


def _title(record: dict[str, Any]) -> str:
    name = next((record[key] for key in ("id", "number", "code", "key", "year") if key in record), None)
    return f" ({name})" if name is not None else ""


def _set_aside(raw: dict[str, Any], later: set[str]) -> dict[str, Any]:
    """Moves link targets that have no edition yet from ``to`` to ``later``."""
    links = raw.get("links")
    if not isinstance(links, list):
        return raw
    return raw | {"links": [_split_link(link, later) for link in links]}


def _split_link(link: Any, later: set[str]) -> Any:
    if not isinstance(link, dict) or not isinstance(link.get("to"), list):
        return link  # malformed: the schema will say so
    targets = link["to"]
    return link | {
        "to": [code for code in targets if str(code) not in later],
        "later": [code for code in targets if str(code) in later],
    }
