"""The invented life of Phường Mẫu, 2011-2025: what every file of the sample says, once.

Money is in million đồng. 2014 left no report; 2012 and 2021 missed the revenue plan; 2016 and 2019 spent above plan; the
near-poor of 2012 are restated a year later; 2022 and 2023 were estimated in December and settled the year after; on
1 July 2025 Phường Mẫu and Phường Gương became the new Phường Mẫu.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

YEARS = (2011, 2012, 2013, 2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024)


def _by_year(*values):
    return dict(zip(YEARS, values, strict=True))


REVENUE_PLAN = _by_year(18200, 21000, 21500, 26000, 29500, 34000, 38500, 44000, 48600, 50000, 52000, 56500, 60000)
REVENUE = _by_year(19092, 19404, 22597, 28912, 34810, 36890, 42389, 47300, 49086, 48100, 57720, 60794, 66120)
REVENUE_ESTIMATE = {2022: 57200, 2023: 60300}
REVENUE_COUNCIL_PLAN = {2016: 30500, 2017: 35000, 2020: 49500}
REVENUE_ADJUSTED_PLAN = {2024: 62000}
OWN_PLAN = _by_year(6100, 6900, 7200, 8300, 9000, 9800, 10600, 11900, 12600, 13000, 13400, 14300, 15100)
OWN = _by_year(6210, 6540, 7410, 8790, 9720, 10270, 11010, 12380, 12710, 12430, 14260, 14940, 16020)
OWN_ESTIMATE = {2022: 14100, 2023: 14800}
SPENDING_PLAN = _by_year(6000, 6800, 7100, 8200, 8900, 9700, 10500, 11800, 12500, 12900, 13300, 14200, 15000)
SPENDING = _by_year(5862, 6514, 6958, 8036, 9194, 9574, 10227, 12012, 12225, 12387, 13180, 13817, 14805)
SPENDING_ESTIMATE = {2022: 13050, 2023: 13700}

GROUPS_PLAN = _by_year(8, 9, 11, 11, 12, 13, 14, 14, 14, 14, 15, 16, 17)
GROUPS_REACHED = _by_year(
    {1, 4, 6, 8, 9, 11, 15},
    {1, 2, 4, 6, 9, 11, 12, 15, 16},
    {1, 2, 3, 6, 7, 8, 9, 11, 12, 14, 15},
    {1, 2, 3, 4, 6, 7, 9, 11, 14, 15},
    {1, 2, 3, 5, 6, 7, 8, 11, 12, 14, 16},
    {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 15, 16},
    {1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 17, 18},
    {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 14, 15, 17, 18},
    {1, 2, 3, 4, 5, 6, 8, 9, 11, 12, 14, 15, 17},
    {1, 2, 3, 4, 5, 8, 9, 11, 12, 14, 15, 17, 18},
    {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 14, 16, 17, 18},
    {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16, 17, 18},
    {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 18},
)

FAMILIES_OF = _by_year(3900, 3960, 4020, 4150, 4200, 4260, 4310, 4360, 4410, 4450, 4500, 4550, 4603)
FAMILIES = _by_year(3272, 3350, 3465, 3569, 3688, 3749, 3819, 3907, 4040, 4045, 4140, 4209, 4276)
FAMILIES_PLAN = _by_year(85, 85, 86, 86, 87, 87, 88, 89, 90, 90, 91, 91, 92)
AGENCIES_OF = _by_year(9, 9, 10, 10, 11, 11, 12, 12, 12, 13, 13, 14, 14)
AGENCIES = _by_year(7, 8, 8, 9, 9, 10, 11, 11, 11, 12, 12, 13, 14)
HOUSEHOLDS = _by_year(3985, 4046, 4101, 4233, 4288, 4345, 4392, 4447, 4494, 4531, 4588, 4640, 4697)
POOR = _by_year(62, 55, 47, 58, 41, 35, 29, 22, 16, 14, 21, 15, 9)
POOR_PLAN = _by_year("1,6", "1,4", "1,2", "1,3", "1", "0,8", "0,65", "0,5", "0,4", "0,3", "0,5", "0,4", "0,25")
NEAR_POOR = _by_year(88, 64, 60, 75, 70, 61, 52, 44, 38, 31, 40, 29, 21)
NEAR_POOR_FIRST_TOLD = {2012: 61}
INSURED = _by_year("68", "70,5", "73", "79", "82", "85", "87,5", "89,6", "91,2", "92,4", "93,1", "95", "96,2")
INSURED_PLAN = _by_year("70", "71", "73", "78", "82", "85", "88", "90", "90", "92", "93,5", "95", "96")
WORKS_OF = _by_year(38, 35, 41, 44, 47, 40, 39, 39, 42, 30, 36, 45, 48)
WORKS = _by_year(31, 30, 37, 40, 44, 38, 38, 38, 42, 30, 36, 44, 48)
CONSCRIPTS_OF = _by_year(10, 11, 10, 11, 12, 12, 12, 13, 12, 12, 13, 13, 14)
CONSCRIPTS = _by_year(10, 11, 9, 11, 12, 13, 12, 13, 12, 12, 13, 13, 14)
FILES = _by_year(2310, 2480, 2655, 3120, 3460, 3890, 4215, 4720, 5105, 4860, 6240, 7580, 8950)
ON_TIME = _by_year("94,1", "94,8", "95,6", "96,9", "97,2", "97,8", "98,1", "98,4", "98,6", "98,2", "99", "99,2", "99,4")
ON_TIME_PLAN = _by_year("95", "95", "95", "96", "97", "98", "98", "98", "99", "99", "99", "99", "99")
COMPLAINTS_OF = _by_year(26, 31, 22, 28, 24, 19, 21, 17, 15, 12, 14, 11, 13)
COMPLAINTS = _by_year(24, 27, 21, 27, 23, 19, 20, 17, 14, 12, 14, 11, 13)
TARGETS_OF = _by_year(14, 14, 14, 15, 15, 15, 16, 16, 16, 16, 17, 17, 17)
TARGETS = _by_year(12, 10, 13, 14, 13, 14, 14, 14, 14, 12, 15, 16, 17)

COLLECTIVES = {  # by level: State, city, district, ward
    "central": _by_year(0, 0, 1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 1),
    "province": _by_year(2, 3, 2, 3, 4, 3, 5, 4, 6, 4, 5, 6, 7),
    "district": _by_year(6, 7, 5, 8, 9, 8, 10, 11, 12, 9, 11, 12, 14),
    "ward": _by_year(12, 14, 13, 15, 18, 17, 20, 22, 24, 19, 23, 25, 28),
}
INDIVIDUALS = {
    "central": _by_year(0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 1),
    "province": _by_year(3, 4, 3, 5, 6, 5, 7, 8, 9, 6, 8, 10, 11),
    "district": _by_year(11, 13, 12, 16, 18, 17, 20, 22, 25, 18, 21, 24, 27),
    "ward": _by_year(30, 34, 33, 38, 42, 41, 47, 50, 56, 44, 52, 58, 63),
}
WARD_FAMILIES = _by_year(4, 5, 5, 6, 6, 7, 7, 8, 9, 6, 8, 9, 10)


@dataclass(frozen=True, slots=True)
class Honoured:
    """One row of a year's award register, in the words of a ward's own list."""

    honour: str
    level: str
    recipient: str
    count: int
    mode: str
    decision: str
    day: str


def group_count(year: int) -> int:
    """How many residential groups the ward has: 16, and 18 since two were split off in 2016."""
    return 16 if year < 2016 else 18


def awards(year: int) -> list[Honoured]:
    """The award register of a year, level by level; decision numbers come from a seeded generator."""
    told = [(level, "Tập thể", counts[year]) for level, counts in COLLECTIVES.items()]
    told += [(level, "Cá nhân", counts[year]) for level, counts in INDIVIDUALS.items()]
    told.append(("ward", "Hộ gia đình", WARD_FAMILIES[year]))
    return _register(year, told)


def awards_after_the_merger() -> list[Honoured]:
    """The register of 2025: no district any more, the ward's chair gives what the district gave."""
    counts = [("central", "Tập thể", 1), ("province", "Tập thể", 8), ("ward", "Tập thể", 41)]
    counts += [("province", "Cá nhân", 13), ("ward", "Cá nhân", 96), ("ward", "Hộ gia đình", 14)]
    return _register(2025, counts)


def _register(year: int, told) -> list[Honoured]:
    random = Random(year)
    rows: list[Honoured] = []
    for level, recipient, count in told:
        for honour, part in _split(level, recipient, count, year):
            if part:
                body = "QĐ-UBND" if level != "central" else "QĐ-TTg" if "Thủ tướng" in honour else "QĐ-CTN"
                month = random.choice((8, 9, 10, 11) if year == 2025 else (1, 5, 9, 10, 11))
                by_campaign = month in (5, 9) and honour.startswith(("Giấy khen", "Bằng khen"))
                mode = "Chuyên đề" if by_campaign else "Thường xuyên"
                rows.append(
                    Honoured(honour, _LEVEL[level], recipient, part, mode, f"{random.randint(40, 2900)}/{body}",
                             f"{random.randint(3, 27):02}/{month:02}/{year}")
                )  # fmt: skip
    return rows


_LEVEL = {"central": "Chính phủ", "province": "Tỉnh", "district": "Quận", "ward": "Phường"}


def _split(level: str, recipient: str, count: int, year: int):
    if recipient == "Hộ gia đình":
        return [("Giấy khen của phường", count)]
    group = recipient == "Tập thể"
    if level == "central":
        by_president = {(2019, True): "Huân chương Lao động hạng Ba", (2024, False): "Huy chương Thanh niên xung phong vẻ vang"}
        return [(by_president.get((year, group), "Bằng khen của Thủ tướng Chính phủ"), count)]
    if level == "province":
        best, flag = int(count >= 2), int(count >= 4)
        if group:
            named = [("Tập thể lao động xuất sắc", best), ("Cờ thi đua của tỉnh", flag)]
            named.append(("Phường tiêu biểu", int(year >= 2024)))  # a title of the law of 2022
        else:
            named = [("Chiến sĩ thi đua cấp tỉnh", int(count >= 8))]
        return [*named, ("Bằng khen của tỉnh", count - sum(part for _, part in named))]
    title = "Tập thể lao động tiên tiến" if group else "Chiến sĩ thi đua cơ sở"
    if level == "district":
        part = count // 4 if group else count // 3
        return [(title, part), ("Giấy khen của quận", count - part)]
    titles = [("Lao động tiên tiến", count // 3)] if not group else []
    if year >= 2025:
        titles.append((title, count // 5))
    return [*titles, ("Giấy khen của phường", count - sum(part for _, part in titles))]
