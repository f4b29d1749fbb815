"""An index of the current figures by year and indicator, for reads across all units."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the index."""
    op.create_index("current_figure_of_year", "current_figure", ["year", "indicator"])
