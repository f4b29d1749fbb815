"""Gives published figures their unit: python tools/match_published.py FIGURES.csv writes data/reports/published/.

Columns in: unit, district, province, year, indicator, scenario, value, of, source_url, published; unit, district and
province go out as the page names them, so that the match can be made again. A unit is found by name,
district and province among the units of before July 2025 where the page names a district, of after it where it names
none; a name alone is never enough. Rows without exactly one unit stop the program, all of them named.
"""

from __future__ import annotations

import csv
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from core.catalogue import Catalogue, Unit, load_catalogue

TARGET = Path(__file__).resolve().parents[1] / "data" / "reports" / "published" / "published_figures.csv"
SCOPED = ("khuongthuong.dongda.hanoi.gov.vn",)  # pages that say "trên địa bàn"
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
COLUMNS = ("unit_code", "unit_from", "unit_name", "district", "province", "year", "indicator", "unit_of_measure", "scenario",
           "basis", "value", "of", "flags", "source_url", "published")  # fmt: skip


def match(row: dict[str, str], catalogue: Catalogue) -> list[Unit]:
    """The units a row may mean; a page that names no place is matched only with a unit that has none either."""
    if not row["district"] and not row["province"]:
        named = catalogue.find_units(row["unit"])
        return [unit for unit in named if not unit.district and not unit.province]
    day = BEFORE if row["district"] else AFTER
    return list(catalogue.find_units(row["unit"], row["district"], row["province"], day))


def tidy_row(row: dict[str, str], unit: Unit, catalogue: Catalogue) -> dict[str, str]:
    """The row as a tidy table has it; pages say neither who set a plan nor which revenue they mean."""
    indicator = catalogue.indicators[row["indicator"]]
    plan = row["scenario"] == "plan" or indicator.attainment_of
    scoped = any(page in row["source_url"] for page in SCOPED)
    unscoped = indicator.flow == "revenue" and indicator.scope == "territory" and not scoped
    return {
        "unit_code": unit.code, "unit_from": unit.valid_from.isoformat(), "unit_name": row["unit"],
        "district": row["district"], "province": row["province"], "year": row["year"], "indicator": indicator.id,
        "unit_of_measure": indicator.unit, "scenario": row["scenario"], "basis": "unstated" if plan else "",
        "value": row["value"], "of": row["of"], "flags": "scope_unstated" if unscoped else "",
        "source_url": row["source_url"], "published": row["published"],
    }  # fmt: skip


def main() -> None:
    """Reads, matches, writes."""
    catalogue = load_catalogue()
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [match(row, catalogue) for row in rows]
    open_rows = [f"{row['unit']}, {row['district']}, {row['province']}: {len(units)} units" for row, units in zip(rows, found, strict=True) if len(units) != 1]
    if open_rows:
        sys.exit("\n".join(dict.fromkeys(open_rows)))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(tidy_row(row, units[0], catalogue) for row, units in zip(rows, found, strict=True))
    print(f"{len(rows)} rows, 0 skipped")


if __name__ == "__main__":
    main()
