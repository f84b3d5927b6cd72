"""All tables of the first version that keeps what people import.

The version before kept nothing but copies of committed tables; those are dropped, and loaded
again when they are asked for.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

OLD = ("postings", "accreditations", "deployments", "loaded")


def upgrade() -> None:
    """Make every table, after the copies of the version before."""
    inspector = sa.inspect(op.get_bind())
    # Only where the list of copies looks like ours: tables of anybody else are left alone.
    loaded = inspector.get_columns("loaded") if inspector.has_table("loaded") else []
    if [column["name"] for column in loaded] == ["release", "name", "fingerprint"]:
        for name in OLD:
            op.drop_table(name, if_exists=True)
    _common_tables()
    _release_tables()


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _number(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable, autoincrement=False)


def _common_tables() -> None:
    op.create_table(
        "releases",
        _text("release"),
        _text("document"),
        _text("network_as_of", nullable=True),
        _text("network"),
        _text("network_note_nl", nullable=True),
        _text("network_note_en", nullable=True),
        _text("missions_as_of", nullable=True),
        _text("missions"),
        _number("missions_total", nullable=True),
        _text("origin"),
        _text("state"),
        _text("added_at", nullable=True),
        _text("added_by", nullable=True),
        sa.PrimaryKeyConstraint("release", name="pk_releases"),
    )
    op.create_table(
        "documents",
        _text("document"),
        _text("name"),
        _text("sha256"),
        sa.Column("size", sa.BigInteger(), nullable=False),
        _text("as_of"),
        _text("received_at"),
        sa.PrimaryKeyConstraint("document", name="pk_documents"),
        sa.UniqueConstraint("sha256", name="uq_documents"),
        sa.ForeignKeyConstraint(["document"], ["releases.release"], name="fk_documents"),
    )
    op.create_table(
        "aliases",
        _text("release"),
        _number("position"),
        *map(_text, ("printed", "meaning", "value", "reason", "decided_by", "decided_at")),
        sa.PrimaryKeyConstraint("release", "position", name="pk_aliases"),
        sa.ForeignKeyConstraint(["release"], ["releases.release"], name="fk_aliases"),
    )
    op.create_table(
        "audit",
        _number("number"),
        *map(_text, ("at", "by", "action")),
        _text("release", nullable=True),
        _text("document", nullable=True),
        _text("detail"),
        sa.PrimaryKeyConstraint("number", name="pk_audit"),
    )
    op.create_table(
        "loaded",
        *map(_text, ("release", "name", "fingerprint")),
        sa.PrimaryKeyConstraint("release", "name", name="pk_loaded"),
    )


def _release_tables() -> None:
    op.create_table(
        "postings",
        _text("release"),
        _number("position"),
        _text("kind"),
        _number("row"),
        _text("region", nullable=True),
        _text("label"),
        _text("organisation", nullable=True),
        _text("city_printed", nullable=True),
        _text("city", nullable=True),
        _text("host", nullable=True),
        _text("status"),
        _text("theme", nullable=True),
        _text("area_printed", nullable=True),
        _text("document"),
        _text("table"),
        _number("table_row"),
        sa.PrimaryKeyConstraint("release", "position", name="pk_postings"),
        sa.UniqueConstraint("release", "kind", "row", name="uq_postings"),
    )
    op.create_table(
        "accreditations",
        _text("release"),
        _number("position"),
        _text("kind"),
        _number("row"),
        _text("iso3"),
        _text("printed"),
        _text("basis"),
        _text("match"),
        sa.Column("score", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("release", "position", name="pk_accreditations"),
        sa.UniqueConstraint("release", "kind", "row", "iso3", name="uq_accreditations"),
    )
    op.create_table(
        "deployments",
        _text("release"),
        _number("position"),
        _number("row"),
        _text("printed"),
        _text("mission"),
        _text("lead_organisation"),
        _number("personnel"),
        _text("areas", nullable=True),
        _text("areas_printed", nullable=True),
        _text("duty_printed", nullable=True),
        _text("duty_iso3", nullable=True),
        _text("duty_place", nullable=True),
        _text("document"),
        _text("table"),
        _number("table_row"),
        sa.PrimaryKeyConstraint("release", "position", name="pk_deployments"),
        sa.UniqueConstraint("release", "row", name="uq_deployments"),
    )
