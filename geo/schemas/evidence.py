"""The table of what other public sources say: shown beside the documents, never counted."""

from __future__ import annotations

from geo.schemas.columns import (
    ISO3,
    ISO3_LIST,
    ORGANISATIONS,
    Table,
    choice,
    count,
    date,
    flag,
    table,
    text,
)

# Beside the three of the network: the Belgian police before the GPI, the Dutch or both together
# where the source does not tell them apart, and Luxembourg. These are never compared with posts.
WHO = (*ORGANISATIONS, "BE", "NL", "BNL", "LU")
SUBJECTS = ("post", "filo", "mission", "total", "policy")
# A post; a post with its whole work area; a host of a whole list; a number; read or told in part.
COMPLETENESS = ("post", "area", "list", "total", "part")

TABLES: dict[str, Table] = {
    "evidence": table(
        "What other public sources say of posts and missions, in our words; never counted",
        ["evidence"],
        {
            "evidence": count(low=1),
            # Missing where the page has no date.
            "date": date(required=False),
            # From when it holds, where the source says so.
            "since": date(required=False),
            "subject": choice(*SUBJECTS),
            "organisation": choice(*WHO),
            "host": text(ISO3, required=False),
            "city": text(required=False),
            "areas": text(ISO3_LIST, required=False),
            # Announced or proposed: no post.
            "plan": flag(),
            "completeness": choice(*COMPLETENESS),
            "claim_nl": text(),
            "claim_en": text(),
            "kind": choice("official", "press", "other"),
            "publisher": text(),
            "publisher_en": text(),
            "url": text(r"^https?://\S+$"),
        },
    ),
}
