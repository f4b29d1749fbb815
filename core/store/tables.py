"""The store's tables as SQLAlchemy sees them; the migrations make them, and a test keeps the two equal."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    column,
    table,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

UNIT = ("unit_code", "unit_from")
FIGURE_KEY = (*UNIT, "indicator", "member", "year", "period", "scenario", "basis")
AWARD_KEY = (*UNIT, "year", "honour", "grade", "level", "recipient", "mode", "giver", "decision_no")


def canonical(value: Decimal) -> str:
    """A decimal as its one canonical text: no exponent, no trailing zeros, no negative zero, never rounded."""
    digits = format(value, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits in ("-0", "") else digits


class ExactDecimal(TypeDecorator):
    """An exact decimal: NUMERIC on PostgreSQL, canonical text on SQLite, which knows binary fractions only."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect):
        """The column type of the database at hand."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect):
        """The decimal as stored."""
        if value is None:
            return None
        return canonical(value) if dialect.name == "sqlite" else Decimal(canonical(value))

    def process_result_value(self, value: str | Decimal | None, dialect: Dialect) -> Decimal | None:
        """The decimal as it was given."""
        return None if value is None else Decimal(value)


class Moment(TypeDecorator):
    """A moment in UTC, aware of it on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect):
        """UTC, without the zone where the database cannot keep one."""
        if value is None:
            return None
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()
SERIAL = BigInteger().with_variant(Integer(), "sqlite")  # SQLite numbers rows by itself for INTEGER only


def _texts(*names: str) -> list[Column]:
    return [Column(name, Text, nullable=False, server_default="") for name in names]


def _origin() -> list[Column]:
    return [*_texts("place", "rule"), Column("span_start", Integer), Column("span_end", Integer), *_texts("quote")]


def _unit(key: bool = False, nullable: bool = False) -> list[Column]:
    return [
        Column("unit_code", String, primary_key=key, nullable=nullable),
        Column("unit_from", Date, primary_key=key, nullable=nullable),
    ]


def _of_unit() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(UNIT, ("unit.code", "unit.valid_from"))


catalogue_digest = Table(
    "catalogue_digest",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("digest", String, nullable=False),
    Column("at", Moment, nullable=False),
    CheckConstraint("id = 1", name="catalogue_digest_one_row"),
)

unit = Table(
    "unit",
    metadata,
    Column("code", String, primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date),
    *_texts("name", "kind", "district", "province"),
    Column("is_sample", Boolean, nullable=False),
)

unit_succession = Table(
    "unit_succession",
    metadata,
    Column("on_date", Date, primary_key=True),
    Column("old_code", String, primary_key=True),
    Column("old_from", Date, primary_key=True),
    Column("new_code", String, primary_key=True),
    Column("new_from", Date, primary_key=True),
    Column("part", String, nullable=False),
)

indicator = Table(
    "indicator",
    metadata,
    Column("id", String, primary_key=True),
    *_texts("family", "kind", "unit", "name_vi", "name_en", "member_kind", "attainment_of", "rate_of"),
    *_texts("flow", "scope", "line", "honour", "level", "recipient"),
)

honour = Table(
    "honour",
    metadata,
    Column("id", String, primary_key=True),
    *_texts("kind", "name_vi", "name_en"),
    Column("rank", Integer, nullable=False),
)

report = Table(
    "report",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("sha256", String, nullable=False, index=True),
    *_texts("name", "kind"),
    *_unit(nullable=True),
    Column("year", Integer),
    *_texts("title", "url"),
    Column("published", Date),
    Column("is_sample", Boolean, nullable=False),
    _of_unit(),
)

report_bytes = Table(
    "report_bytes",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

batch = Table(
    "batch",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("report", ForeignKey("report.id")),
    # repeats the report's, so that the database itself refuses a second live batch of one file
    Column("sha256", String),
    *_texts("who", "note"),
    Column("at", Moment, nullable=False),
    Column("state", String, nullable=False),
    Column("undoes", ForeignKey("batch.id"), index=True),
    Column("rows", Integer, nullable=False),
    Column("checksum", String, nullable=False),
    CheckConstraint("state IN ('live', 'undone')", name="batch_state_known"),
)
Index(
    "batch_live_report",
    batch.c.sha256,
    unique=True,
    sqlite_where=text("state = 'live' AND undoes IS NULL"),
    postgresql_where=text("state = 'live' AND undoes IS NULL"),
)

figure = Table(
    "figure",
    metadata,
    Column("seq", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False),
    *_unit(),
    Column("indicator", ForeignKey("indicator.id"), nullable=False),
    *_texts("member"),
    Column("year", Integer, nullable=False),
    *_texts("period", "scenario", "basis"),
    Column("value", ExactDecimal, nullable=False),
    Column("of", ExactDecimal),
    *_texts("of_kind", "hedge", "flags"),
    Column("batch", ForeignKey("batch.id"), nullable=False, index=True),
    *_origin(),
    *_texts("reason"),
    _of_unit(),
)
Index("figure_history", *(figure.c[name] for name in FIGURE_KEY), figure.c.seq)

current_figure = Table(
    "current_figure",
    metadata,
    *_unit(key=True),
    *(Column(name, Integer if name == "year" else String, primary_key=True) for name in FIGURE_KEY[2:]),
    Column("seq", BigInteger, nullable=False),
    Column("approved_seq", BigInteger),
    sqlite_with_rowid=False,
)
# the key begins with the unit: what all units reached in a year is found by this
Index("current_figure_of_year", current_figure.c.year, current_figure.c.indicator)

award = Table(
    "award",
    metadata,
    Column("seq", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False),
    *_unit(),
    Column("year", Integer, nullable=False),
    Column("honour", ForeignKey("honour.id"), nullable=False),
    *_texts("grade", "level", "recipient", "mode", "giver", "decision_no"),
    Column("decision_date", Date),
    Column("count", Integer, nullable=False),
    Column("batch", ForeignKey("batch.id"), nullable=False, index=True),
    *_origin(),
    _of_unit(),
)
Index("award_history", *(award.c[name] for name in AWARD_KEY), award.c.seq)

current_award = Table(
    "current_award",
    metadata,
    *_unit(key=True),
    *(Column(name, Integer if name == "year" else String, primary_key=True) for name in AWARD_KEY[2:]),
    Column("seq", BigInteger, nullable=False),
    Column("approved_seq", BigInteger),
    sqlite_with_rowid=False,
)

approval = Table(
    "approval",
    metadata,
    Column("id", SERIAL, primary_key=True),
    *_unit(),
    Column("year", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("up_to_seq", BigInteger, nullable=False),
    *_texts("who", "reason"),
    Column("at", Moment, nullable=False),
    _of_unit(),
    CheckConstraint(
        "state IN ('draft', 'submitted', 'returned', 'approved', 'unlocked')", name="approval_state_known"
    ),
)
Index("approval_newest", approval.c.unit_code, approval.c.unit_from, approval.c.year, approval.c.state, approval.c.id)

residential_group = Table(
    "residential_group",
    metadata,
    *_unit(key=True),
    Column("id", String, primary_key=True),
    Column("batch", ForeignKey("batch.id"), primary_key=True, index=True),
    *_texts("name", "kind"),
    Column("valid_from", Date),
    Column("valid_to", Date),
    *_texts("successor"),
    _of_unit(),
)

def _written(name: str) -> list:
    """Who wrote a row and when, the row of its own table that it corrects or withdraws, its checksum."""
    return [
        *_texts("who"),
        Column("at", Moment, nullable=False),
        Column("replaces", ForeignKey(f"{name}.id"), unique=True),
        Column("withdrawn", Boolean, nullable=False),
        Column("checksum", String, nullable=False),
        _of_unit(),
    ]


note = Table(
    "note",
    metadata,
    Column("id", SERIAL, primary_key=True),
    *_unit(),
    Column("year", Integer, nullable=False),
    *_texts("kind", "indicator"),
    Column("day", Date),
    *_texts("text", "basis"),
    *_written("note"),
)
Index("note_of_unit", note.c.unit_code, note.c.unit_from, note.c.year)

wording = Table(
    "wording",
    metadata,
    Column("id", SERIAL, primary_key=True),
    *_unit(),
    Column("year", Integer, nullable=False),
    *_texts("screen", "lang", "text", "numbers", "generated"),
    *_written("wording"),
)
Index("wording_of_screen", *(wording.c[name] for name in (*UNIT, "year", "screen", "lang", "id")))

shortfall = Table(
    "shortfall",
    metadata,
    Column("id", SERIAL, primary_key=True),
    *_unit(),
    Column("year", Integer, nullable=False),
    *_texts("indicator", "cause", "remedy", "person"),
    Column("due", Date),
    *_written("shortfall"),
)
Index("shortfall_of_unit", shortfall.c.unit_code, shortfall.c.unit_from, shortfall.c.year)

unshown = Table(
    "unshown",
    metadata,
    Column("id", SERIAL, primary_key=True),
    *_unit(),
    Column("year", Integer, nullable=False),
    *_texts("indicator", "reason"),
    *_written("unshown"),
)
Index("unshown_of_unit", unshown.c.unit_code, unshown.c.unit_from, unshown.c.year)

draft = Table(
    "draft",
    metadata,
    *_unit(key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("who", String, primary_key=True),
    Column("sheet", String, primary_key=True),
    Column("content", Text, nullable=False),
    Column("at", Moment, nullable=False),
    _of_unit(),
)

person_name = Table(
    "person_name",
    metadata,
    Column("award", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
)

# "freeze" is a word of its own to PostgreSQL
frozen = Table(
    "frozen",
    metadata,
    Column("id", SERIAL, primary_key=True),
    *_unit(),
    Column("year", Integer, nullable=False),
    *_texts("title", "who"),
    Column("at", Moment, nullable=False),
    Column("hash", String, nullable=False, index=True),
    Column("content", LargeBinary, nullable=False),
    Column("left_out", Integer, nullable=False, server_default="0"),
    _of_unit(),
)
Index("frozen_of_unit", frozen.c.unit_code, frozen.c.unit_from, frozen.c.year)

story = Table(
    "story",
    metadata,
    Column("id", SERIAL, primary_key=True),
    *_unit(),
    Column("year", Integer, nullable=False),
    *_texts("name", "lang", "scenes"),
    *_written("story"),
)
Index("story_of_unit", story.c.unit_code, story.c.unit_from, story.c.year)

form_profile = Table(
    "form_profile",
    metadata,
    Column("id", SERIAL, primary_key=True),
    *_unit(),
    Column("year", Integer, nullable=False),
    *_texts("name", "content"),
    *_written("form_profile"),
)

# a view: of each group the row of its newest live batch
current_group = table(
    "current_group",
    column("unit_code", String),
    column("unit_from", Date),
    column("id", String),
    column("name", Text),
    column("kind", Text),
    column("valid_from", Date),
    column("valid_to", Date),
    column("successor", Text),
    column("batch", BigInteger),
)

# a view: the last sequence number that the newest approval of a unit and year covers
approved_up_to = table(
    "approved_up_to",
    column("unit_code", String),
    column("unit_from", Date),
    column("year", Integer),
    column("up_to_seq", BigInteger),
)
