"""CSV on the Web (W3C): what each table, column and key of a package's CSV files is, for programs that read CSVW."""

from __future__ import annotations

from collections.abc import Mapping

from app.exports.package_tables import Column, Sheet
from core.texts import LANGUAGES, text

CONTEXT = "http://www.w3.org/ns/csvw"
TYPES = {"string": "string", "integer": "integer", "number": "decimal", "boolean": "boolean", "date": "date",
         "datetime": "dateTime"}  # fmt: skip


def metadata(found: tuple[Sheet, ...], delimiter: str, facts: Mapping[str, object]) -> dict:
    """A group of tables for csv-metadata.json beside the CSV files, which such programs look for by themselves."""
    title = {lang: text("package.title", lang, year=facts["year"], ward=facts["printed_name"] or facts["unit_name"])
             for lang in LANGUAGES}  # fmt: skip
    return {
        "@context": CONTEXT,
        "dc:title": _spoken(title), "dc:identifier": facts["hash"],
        "dc:created": {"@value": facts["made_at"], "@type": "xsd:dateTime"},
        "dialect": {"delimiter": delimiter, "encoding": "utf-8", "header": True, "quoteChar": '"', "doubleQuote": True,
                    "lineTerminators": ["\r\n"], "skipInitialSpace": False, "trim": False},
        "tables": [_table(sheet, delimiter) for sheet in found],
    }  # fmt: skip


def _table(sheet: Sheet, delimiter: str) -> dict:
    schema = {"columns": [_column(column, delimiter) for column in sheet.columns], "primaryKey": list(sheet.key)}
    links = [{"columnReference": list(link.columns),
              "reference": {"resource": f"{link.table}.csv", "columnReference": list(link.others)}}
             for link in sheet.links]  # fmt: skip
    return {
        "url": f"{sheet.name}.csv",
        "dc:title": _both(f"table_{sheet.name}"), "dc:description": _both(f"about_{sheet.name}"),
        "tableSchema": schema | ({"foreignKeys": links} if links else {}),
    }  # fmt: skip


def _column(column: Column, delimiter: str) -> dict:
    """A column; its title is the header as it stands in the file, what it means stands beside in every language."""
    datatype: dict[str, object] = {"base": TYPES[column.kind]}
    if column.kind == "number" and delimiter == ";":
        datatype["format"] = {"decimalChar": ",", "groupChar": "."}
    if column.words or column.pattern:
        datatype["format"] = f"^(?:{column.pattern or '|'.join(column.words)})$"
    return {"name": column.name, "titles": column.name, "dc:description": _both(f"col_{column.name}"),
            "datatype": datatype, "null": "", "required": column.required}  # fmt: skip


def _both(name: str) -> list[dict[str, str]]:
    return _spoken({lang: text(f"package.{name}", lang) for lang in LANGUAGES})


def _spoken(said: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@value": words, "@language": lang} for lang, words in said.items()]
