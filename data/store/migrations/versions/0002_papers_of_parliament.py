"""Documents of parliament that were seen, and when it was last asked."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "papers",
        *map(_text, ("id", "number", "kind", "title", "subject", "date", "dossiers")),
        sa.Column("sequence", sa.Integer(), nullable=True),
        *map(_text, ("case_number", "media")),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("removed", sa.Integer(), nullable=True),
        *map(_text, ("first_seen_at", "state")),
        *(_text(name, True) for name in ("sha256", "decided_at", "decided_by", "reason")),
        sa.PrimaryKeyConstraint("id", name="pk_papers"),
    )
    op.create_table(
        "paper_annexes",
        *map(_text, ("letter", "annex")),
        sa.PrimaryKeyConstraint("letter", "annex", name="pk_paper_annexes"),
    )
    op.create_table(
        "paper_questions",
        *map(_text, ("question", "asked_at")),
        sa.PrimaryKeyConstraint("question", name="pk_paper_questions"),
    )


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)
