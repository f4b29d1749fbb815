"""A freeze as open data: tables for people and machines, what each column holds, and the freeze itself, in one .zip."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping

from app.exports.csvw import metadata
from app.exports.package_tables import Column, Sheet, sheets
from app.story.frozen import Frozen
from core.store.dump import csv_bytes, json_rows
from core.store.freezes import FORMAT, packed_content
from core.store.package import DESCRIPTOR, EXCEL, FREEZE, METADATA, README, TABLES
from core.texts import LANGUAGES, text
from core.vi.format import format_moment

DELIMITERS = {"": ",", EXCEL: ";"}  # folder of the package -> what stands between the cells of its tables


def package_zip(frozen: Frozen, *, whole: bool = True) -> bytes:
    """A freeze as a Frictionless data package, the same bytes every time.

    `whole`: with the freeze itself, from which it loads back. The public's copy goes without: a freeze knows the names
    of files and the reasons of corrections. So does the copy of a freeze of the first form, which names people.
    """
    found = sheets(frozen.content, frozen.catalogue)
    files = {f"{folder}{sheet.name}.csv": csv_bytes(_header(sheet), sheet.rows, delimiter)
             for folder, delimiter in DELIMITERS.items() for sheet in found}  # fmt: skip
    files |= {f"{folder}{METADATA}": _json(metadata(found, delimiter, _facts(frozen)))
              for folder, delimiter in DELIMITERS.items()}  # fmt: skip
    files[TABLES] = _tables(found, frozen)
    of_old = frozen.content["format"] != FORMAT  # it still names who answers for a missed plan
    if whole and not of_old:
        files[FREEZE] = packed_content(frozen.content)
    last = "public" if not whole else "of_old" if of_old else "load"
    files[README] = _readme(frozen, last).encode("utf-8-sig")
    files[DESCRIPTOR] = _json(_descriptor(found, files, frozen))
    return _zipped(files, frozen)


def tables_json(frozen: Frozen) -> bytes:
    """Every table of a freeze in one JSON object, with what it is; numbers exactly as stored."""
    return _tables(sheets(frozen.content, frozen.catalogue), frozen)


def both(name: str, /, **params: object) -> dict[str, str]:
    """A text of open data in every language."""
    return {lang: text(f"package.{name}", lang, **params) for lang in LANGUAGES}


def _joined(name: str, /, **params: object) -> str:
    return " / ".join(both(name, **params).values())


def _header(sheet: Sheet) -> list[str]:
    return [column.name for column in sheet.columns]


def _facts(frozen: Frozen) -> dict[str, object]:
    """What the freeze is, for machines; nobody's name."""
    freeze = frozen.freeze
    unit = frozen.catalogue.unit(freeze.unit)
    return {
        "hash": freeze.hash, "title": freeze.title, "made_at": freeze.at.isoformat(), "year": freeze.year,
        "unit_code": unit.code, "unit_from": unit.valid_from.isoformat(), "unit_name": unit.name,
        "printed_name": frozen.content["printed_name"], "left_out": freeze.left_out, "is_sample": unit.is_sample,
    }  # fmt: skip


def _tables(found: tuple[Sheet, ...], frozen: Frozen) -> bytes:
    parts = [f'"freeze": {json.dumps(_facts(frozen), ensure_ascii=False)}']
    parts += [f'"{sheet.name}": {json_rows(_header(sheet), sheet.rows)}' for sheet in found]
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _descriptor(found: tuple[Sheet, ...], files: Mapping[str, bytes], frozen: Frozen) -> dict:
    """datapackage.json: what each file is and what may stand in each column. No licence: that is the office's."""
    facts = _facts(frozen)
    resources = [_resource(sheet, folder, files) for folder in DELIMITERS for sheet in found]
    resources += [_file(name, path, title, files[path]) for name, path, title in
                  (("tables", TABLES, "together"), ("freeze", FREEZE, "whole")) if path in files]  # fmt: skip
    return {
        "profile": "data-package",
        "name": f"so-lieu-{facts['unit_code']}-{facts['year']}-{frozen.freeze.hash[:10]}".lower(),
        "id": frozen.freeze.hash, "version": frozen.freeze.hash[:10], "created": facts["made_at"],
        "title": " / ".join(_title(frozen).values()),
        "description": "\n".join(" ".join(lines) for lines in _about(frozen).values()),
        "sources": list(_sources(frozen)), "contributors": [{"title": _ward(frozen), "role": "publisher"}],
        "freeze": facts, "resources": resources,
    }  # fmt: skip


def _resource(sheet: Sheet, folder: str, files: Mapping[str, bytes]) -> dict:
    path, prefix = f"{folder}{sheet.name}.csv", folder.replace("/", "-")
    described = _file(f"{prefix}{sheet.name}", path, f"table_{sheet.name}", files[path])
    links = [
        {"fields": list(link.columns), "reference": {"resource": f"{prefix}{link.table}", "fields": list(link.others)}}
        for link in sheet.links
    ]
    schema = {"fields": [_field(column, DELIMITERS[folder]) for column in sheet.columns],
              "primaryKey": list(sheet.key), "missingValues": [""]}  # fmt: skip
    return described | {
        "profile": "tabular-data-resource", "type": "table", "format": "csv", "mediatype": "text/csv",
        "description": _joined(f"about_{sheet.name}"),
        "dialect": {"delimiter": DELIMITERS[folder], "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True,
                    "header": True, "skipInitialSpace": False},
        "schema": schema | ({"foreignKeys": links} if links else {}),
    }  # fmt: skip


def _file(name: str, path: str, title: str, content: bytes) -> dict:
    return {"name": name, "path": path, "title": _joined(title), "format": "json", "mediatype": "application/json",
            "encoding": "utf-8", "bytes": len(content),
            "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}  # fmt: skip


def _field(column: Column, delimiter: str) -> dict:
    rules: dict[str, object] = {"required": True} if column.required else {}
    rules |= {"enum": list(column.words)} if column.words else {}
    rules |= {"pattern": column.pattern} if column.pattern else {}
    field = {"name": column.name, "type": column.kind, "title": text(f"package.col_{column.name}", "vi"),
             "description": _joined(f"col_{column.name}")}  # fmt: skip
    if column.kind == "number" and delimiter == ";":
        field |= {"decimalChar": ","}
    return field | ({"constraints": rules} if rules else {})


def _sources(frozen: Frozen) -> Iterator[dict[str, str]]:
    """The reports that figures came from, by their titles; a file's name is the office's own matter."""
    for row in frozen.content["reports"]:
        title = row["title"] or _joined("untitled", mark=row["sha256"][:10])
        yield {"title": title} | ({"path": row["url"]} if row["url"].startswith(("https://", "http://")) else {})


def _ward(frozen: Frozen) -> str:
    return frozen.content["printed_name"] or frozen.catalogue.unit(frozen.freeze.unit).name


def _title(frozen: Frozen) -> dict[str, str]:
    return both("title", year=frozen.freeze.year, ward=_ward(frozen))


def _about(frozen: Frozen) -> dict[str, list[str]]:
    """What the package is, in lines, in every language."""
    freeze = frozen.freeze
    said = both("description", freeze=freeze.title, hash=freeze.hash, at=format_moment(freeze.at))
    found = {lang: [said[lang]] for lang in LANGUAGES}
    names = ["sample"] if frozen.catalogue.unit(freeze.unit).is_sample else []
    for lang in LANGUAGES:
        found[lang] += [text(f"package.{name}", lang) for name in names]
        found[lang] += [text("package.left_out", lang, count=freeze.left_out)] if freeze.left_out else []
        found[lang] += [text(f"package.{name}", lang) for name in ("guard", "licence")]
    return found


def _readme(frozen: Frozen, ending: str) -> str:
    title, about, last = _title(frozen), _about(frozen), both(ending)
    return "\r\n\r\n".join("\r\n".join([title[lang], "", *about[lang], last[lang]]) for lang in LANGUAGES) + "\r\n"


def _zipped(files: Mapping[str, bytes], frozen: Frozen) -> bytes:
    made = io.BytesIO()
    day = max(frozen.freeze.at.timetuple()[:6], (1980, 1, 1, 0, 0, 0))
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, day)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(entry, files[name])
    return made.getvalue()
