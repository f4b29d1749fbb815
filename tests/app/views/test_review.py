"""Where each year stands: the last of its steps, and years that nobody has submitted."""

from datetime import UTC, datetime

import pandas as pd

from app.views.review import last_steps, years_table

AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
NAMES = ["year", "state", "who", "at", "reason"]


def test_a_year_stands_where_its_last_step_left_it():
    """Rows come newest first; a year with figures and without a step is a draft."""
    steps = [(2020, "unlocked", "chi", AT, "sửa sau quyết toán"), (2020, "approved", "chi", AT, ""),
             (2019, "approved", "bundled", AT, "automatic")]  # fmt: skip
    known = last_steps(pd.DataFrame(steps, columns=NAMES), [2018, 2020])
    assert {year: step.state for year, step in known.items()} == {2018: "draft", 2019: "approved", 2020: "unlocked"}
    rows = years_table(known, "vi").rows
    assert [row[0] for row in rows] == ["2020", "2019", "2018"]
    assert rows[0][1:3] == ("đã mở khóa để sửa", "chi") and rows[0][4] == "sửa sau quyết toán"
    assert rows[1][4] == "tự động, khi chưa có tài khoản" and rows[2][2:] == ("–", "–", "–")


def test_of_a_ward_without_steps_every_year_is_a_draft():
    """An empty frame of steps."""
    assert {step.state for step in last_steps(pd.DataFrame([], columns=NAMES), [2019, 2020]).values()} == {"draft"}
