"""Storing: whole batches or nothing, nothing twice, nothing overwritten, no number changed."""

from decimal import Decimal

import pytest
from sqlalchemy import event, func, select

from core.errors import FaultError
from core.figures import Figure, Origin, UnitKey
from core.store import Group, Report, compare, history, reports, residential_groups, store_batch, tidy, undo
from core.store import tables as t
from core.store.engine import reading
from tests.core.store.examples import WARD, award, figure, plan, report


def contents(store) -> dict[str, int]:
    """How many rows each table of facts has."""
    facts = (t.figure, t.current_figure, t.award, t.current_award, t.batch, t.report, t.report_bytes, t.approval)
    with reading(store) as connection:
        return {table.name: connection.scalar(select(func.count()).select_from(table)) for table in facts}


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def empty_store(request, new_store):
    """A store for refusals, which leave it empty."""
    with new_store(request.param) as store:
        yield store
        assert not any(contents(store).values())


def codes(error) -> set[str]:
    return {fault.code for fault in error.value.faults}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"value": None}, "store.not_a_number"),
        ({"value": float("nan")}, "store.not_a_number"),
        ({"value": 12.5}, "store.not_a_number"),
        ({"value": Decimal("NaN")}, "store.not_a_number"),
        ({"value": Decimal("Infinity")}, "store.not_a_number"),
        ({"value": Decimal("1E+900")}, "store.not_a_number"),
        ({"of": float("nan")}, "store.not_a_number"),
        ({"unit": None}, "store.no_unit"),
        ({"unit": UnitKey("99999", WARD.valid_from)}, "store.unknown_unit"),
        ({"year": None}, "store.no_year"),
        ({"year": 20}, "store.no_year"),
        ({"indicator": "happiness"}, "store.unknown_indicator"),
        ({"period": "12m"}, "store.unknown_word"),
        ({"scenario": "ước"}, "store.unknown_word"),
        ({"hedge": "khoảng"}, "store.unknown_word"),
        ({"scenario": "plan"}, "store.no_basis"),
        ({"indicator": "budget_revenue_attainment"}, "store.no_basis"),
        ({"basis": "assigned"}, "store.stray_basis"),
        ({"indicator": "cultural_group_title", "member": "to-1"}, "store.unknown_group"),
    ],
)
def test_a_figure_that_is_none_is_refused_with_a_sentence(empty_store, wrong, code):
    """NaN, None, floats, unknown words and missing bases never reach the store, and both languages say why."""
    fields = {"indicator": "budget_revenue", "year": 2020, "value": Decimal(1), "unit": WARD} | wrong
    with pytest.raises(FaultError) as error:
        store_batch(empty_store, figures=[Figure(**fields)], report=None, who="an")
    assert code in codes(error)
    assert all(fault.sentence("vi") != fault.sentence("en") for fault in error.value.faults)


def test_all_faults_of_a_batch_are_named_at_once(sqlite_store):
    """Three wrong figures give three sentences, each with the place it stands at."""
    wrong = [
        figure("happiness", origin=Origin("Thu!C14", "template")),
        plan(basis="", origin=Origin("Thu!C15", "template")),
        award("nobel"),
    ]
    with pytest.raises(FaultError) as error:
        store_batch(sqlite_store, figures=wrong[:2], awards=wrong[2:], report=None, who="an")
    assert codes(error) == {"store.unknown_indicator", "store.no_basis", "store.unknown_honour"}
    assert "Thu!C15: " in str(error.value)


@pytest.mark.parametrize("count", [-1, 1.0, None, True])
def test_an_award_count_is_a_whole_number(sqlite_store, count):
    """Half an award, a negative one and an unknown number of awards are refused."""
    with pytest.raises(FaultError) as error:
        store_batch(sqlite_store, figures=[], awards=[award(count=count)], report=None, who="an")
    assert codes(error) == {"store.not_a_count"}


def test_two_different_values_of_one_key_in_a_batch_are_refused(store):
    """Neither wins by standing last; the same value twice is one figure."""
    with pytest.raises(FaultError) as error:
        store_batch(store, figures=[figure(value="1"), figure(value="2")], report=None, who="an")
    assert codes(error) == {"store.two_values"}
    assert store_batch(store, figures=[figure(value="1"), figure(value="1.0")], report=None, who="an").rows == 1


def test_bytes_that_do_not_match_their_digest_are_refused(sqlite_store):
    """A report is what its SHA-256 says, or it is not taken in."""
    wrong = Report("a.docx", "0" * 64, b"abc", "docx")
    with pytest.raises(FaultError) as error:
        store_batch(sqlite_store, figures=[figure()], report=wrong, who="an")
    assert codes(error) == {"store.wrong_digest"}


def test_a_refused_batch_leaves_the_store_as_it_was(store):
    """One unknown unit among good figures: nothing of the batch, its report or its groups is kept."""
    store_batch(store, figures=[figure()], report=report("một"), who="an")
    before = contents(store)
    bad = figure("budget_expenditure", unit=UnitKey("99999", WARD.valid_from))
    group = Group("to-1", WARD, "Tổ 1", "tổ dân phố")
    with pytest.raises(FaultError):
        store_batch(store, figures=[figure(value="2"), bad], groups=[group], report=report("hai"), who="an")
    assert contents(store) == before
    assert residential_groups(store, WARD).empty


def test_a_batch_that_fails_at_any_statement_leaves_the_store_as_it_was(store):
    """The n-th statement of a batch is made to fail, for every n: the store holds all of it or nothing."""
    store_batch(store, figures=[figure()], report=report("một"), who="an")
    before = contents(store)
    more = {"figures": [figure(value="2"), figure("cultural_groups", "13", of="18")], "awards": [award()]}
    for n in range(1, 100):
        left = n

        def fail(*_):
            nonlocal left
            left -= 1
            if left == 0:
                raise ArithmeticError("stopped here")

        event.listen(store.writer, "before_cursor_execute", fail)
        try:
            stored = store_batch(store, **more, report=report("hai"), who="an")
        except ArithmeticError:
            assert contents(store) == before, n
        else:
            break
        finally:
            event.remove(store.writer, "before_cursor_execute", fail)
    assert n > 10
    assert stored.rows == 3
    assert contents(store)["figure"] == 3


def test_the_same_report_twice_changes_nothing(store):
    """The second time says which batch holds the file already."""
    first = store_batch(store, figures=[figure()], awards=[award()], report=report(), who="an")
    before = contents(store)
    again = store_batch(store, figures=[figure(value="999")], report=report(name="ten-khac.docx"), who="bình")
    assert (again.id, again.rows, again.duplicate_of) == (None, 0, first.id)
    assert contents(store) == before


def test_a_report_can_be_taken_in_again_after_its_batch_was_undone(store):
    """Loading under the wrong unit is mended by undoing and loading again."""
    first = store_batch(store, figures=[figure()], report=report(), who="an")
    undo(store, first.id, "an")
    second = store_batch(store, figures=[figure(value="7")], report=report(year=2021), who="an")
    assert second.rows == 1
    assert list(reports(store).state) == ["live", "undone"]
    assert list(reports(store).year) == [2021, 2020]


def test_a_report_that_says_nothing_new_is_kept_as_a_source(store):
    """Other bytes with the same figures: a batch without rows."""
    store_batch(store, figures=[figure()], report=report("một"), who="an")
    again = store_batch(store, figures=[figure()], report=report("hai"), who="an")
    assert again.rows == 0
    assert again.id is not None
    assert store_batch(store, figures=[figure()], report=None, who="an").id is None


def test_a_changed_figure_keeps_the_old_one(store):
    """History holds both values, in order, and says which is current."""
    store_batch(store, figures=[figure(value="100")], report=None, who="an")
    store_batch(store, figures=[figure(value="120", reason="sửa theo quyết toán")], report=None, who="bình")
    past = history(store, figure().key)
    assert list(past.value) == [100, 120]
    assert list(past.who) == ["an", "bình"]
    assert list(past.current) == [False, True]
    assert list(past.reason) == ["", "sửa theo quyết toán"]


def test_naming_the_document_of_a_plan_changes_it(store):
    """Typed by hand, a plan's origin is the document that set it: another document is news, none is not."""
    document = Origin("Quyết định số 5525/QĐ-UBND ngày 12/12/2023", "")
    store_batch(store, figures=[plan(origin=Origin("trang 2, câu 5", "prose"))], report=report(), who="an")
    named = plan(origin=document)
    assert [new for _, new in compare(store, [named]).changed] == [named]
    store_batch(store, figures=[named], report=None, who="bình")
    in_form = plan(origin=Origin(f"Chỉ tiêu!G7 ({document.place})", "template"))
    for same in (named, in_form, plan(), plan(origin=Origin("trang 1, câu 1", "prose"))):
        assert compare(store, [same]).same == [same]
    other = plan(origin=Origin("Chỉ tiêu!G7 (Nghị quyết số 3/NQ-HĐND)", "template"))
    assert [new for _, new in compare(store, [other]).changed] == [other]


def test_compare_tells_added_changed_and_same_apart(store):
    """Only what is said counts, not where it stood; comparing stores nothing."""
    first = [figure(value="100.10"), figure("conscripts", "5")]
    store_batch(store, figures=first, awards=[award()], report=None, who="an")
    before = contents(store)
    moved = figure(value="100.1", origin=Origin("trang 2, câu 5", "prose"))
    changed = figure("conscripts", "5", hedge="about")
    new = figure("conscripts", "6", year=2021)
    changes = compare(store, [moved, changed, new], [award(), award(count=4, level="ward", decision_no="12/QĐ")])
    assert changes.same == [moved]
    assert changes.changed == [(figure("conscripts", "5"), changed)]
    assert changes.added == [new]
    assert changes.awards_same == [award()]
    assert [entry.count for entry in changes.awards_added] == [4]
    assert contents(store) == before


def test_a_count_read_without_its_whole_does_not_take_the_known_whole_away(store):
    """An annex that says 36 beside the report's 36/42 changes nothing; another count does, and so does who types it."""
    store_batch(store, figures=[figure("cultural_groups", "36", of="42")], report=None, who="an")
    read = Origin("bảng 2, hàng 8, cột 5", "table.wide")
    assert len(compare(store, [figure("cultural_groups", "36", origin=read)]).same) == 1
    assert len(compare(store, [figure("cultural_groups", "35", origin=read)]).changed) == 1
    assert len(compare(store, [figure("cultural_groups", "36", of="41", origin=read)]).changed) == 1
    assert len(compare(store, [figure("cultural_groups", "36")]).changed) == 1


EXACT = (
    "0.1", "0.10", "12345678901234.567", "-3", "0", "-0", "8254817000000", "1E+3", "1.0000000000000000000000000000001",
)  # fmt: skip


def test_a_value_comes_back_exactly_as_it_went_in(store):
    """Decimals are kept as decimals on both databases: no binary fraction, no rounding, one form of each number."""
    given = [figure(value=value, of="0.3", year=2000 + n) for n, value in enumerate(EXACT)]
    store_batch(store, figures=given, report=None, who="an")
    again = [figure(value=value, of="0.30", year=2000 + n) for n, value in enumerate(EXACT)]
    assert len(compare(store, again).same) == len(EXACT)
    with reading(store) as connection:
        kept = connection.execute(select(t.figure.c.value, t.figure.c.of).order_by(t.figure.c.year)).all()
    assert [row.value for row in kept] == [Decimal(value) for value in EXACT]
    assert [str(row.value) for row in kept] == [t.canonical(Decimal(value)) for value in EXACT]
    assert {row.of for row in kept} == {Decimal("0.3")}


def test_everything_a_figure_says_comes_back(store):
    """Origin, quote, flags, hedge and denominator survive the way in and out."""
    given = figure(
        "cultural_groups", "13", of="18", of_kind="registered", hedge="over", flags=("b", "a"), quote="13/18 tổ",
        origin=Origin("trang 2, câu 5", "prose.ratio", 10, 18), reason="đối chiếu",
    )  # fmt: skip
    store_batch(store, figures=[given], report=report(), who="an")
    (old, _), = compare(store, [figure("cultural_groups", "14", of="18")]).changed
    assert old.flags == ("a", "b")
    assert (old.origin, old.quote, old.of_kind, old.hedge, old.of) == (
        given.origin, given.quote, "registered", "over", Decimal(18)
    )  # fmt: skip


def test_groups_are_known_from_the_batch_that_names_them_until_it_is_undone(store):
    """A group comes with its figures; after undoing it is on no list, and figures may not name it."""
    groups = [Group("to-1", WARD, "Tổ dân phố số 1", "tổ dân phố"), Group("to-2", WARD, "Tổ 2", "tổ dân phố")]
    title = figure("cultural_group_title", "1", member="to-1")
    first = store_batch(store, figures=[title], groups=groups, report=report(), who="an")
    assert list(residential_groups(store, WARD).name) == ["Tổ dân phố số 1", "Tổ 2"]
    assert tidy(store, "tidy_culture").group_name.tolist() == ["Tổ dân phố số 1"]
    undo(store, first.id, "an")
    assert residential_groups(store, WARD).empty
    with pytest.raises(FaultError) as error:
        store_batch(store, figures=[title], report=None, who="an")
    assert codes(error) == {"store.unknown_group"}


def test_a_group_that_is_renamed_keeps_its_id(store):
    """The newest name is shown; the older row stays."""
    first = Group("to-1", WARD, "Tổ 1", "tổ dân phố")
    store_batch(store, figures=[], groups=[first], report=None, who="an")
    assert store_batch(store, figures=[], groups=[first], report=None, who="an").id is None
    store_batch(store, figures=[], groups=[Group("to-1", WARD, "Tổ 1A", "tổ dân phố")], report=None, who="an")
    assert list(residential_groups(store, WARD).name) == ["Tổ 1A"]


def test_a_large_batch_goes_in_with_few_statements(store):
    """Statements do not grow with rows: 20 figures or 400 need the same number."""

    def statements(years) -> int:
        seen = []
        event.listen(store.writer, "before_cursor_execute", count := lambda *a: seen.append(a[2]))
        names = ("budget_revenue", "budget_expenditure", "conscripts", "complaints", "onestop_files")
        store_batch(store, figures=[figure(n, year=y) for n in names for y in years], report=None, who="an")
        event.remove(store.writer, "before_cursor_execute", count)
        return len(seen)

    assert statements(range(1996, 2000)) == statements(range(2000, 2080))
