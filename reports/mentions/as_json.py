"""Mentions as JSON, and its schema."""

from __future__ import annotations

from reports.figures_json import Json, number_to_json, numbers_to_json
from reports.mentions.reading import SENTIMENTS
from reports.mentions.shares import base_of, percent_of
from reports.schema_parts import COUNT, FIGURE, TEXT, WHOLE, closed_object, list_of
from reports.tabulation import Figure, MentionColumn, MentionRow, MentionTable


def mentions_to_json(table: MentionTable[Figure]) -> Json:
    """One table. ``people`` of each row go with ``columns``: n people, and their percentage (0-100) of ``base``."""
    return {
        "frame": table.frame,
        "frame_version": table.frame_version,
        "key": table.key,
        "theme": table.theme_id,
        "base": table.base,
        "commented": number_to_json(table.commented),
        "columns": [_column(one, table) for one in table.columns],
        "rows": [_row(one, table) for one in table.rows],
    }


def _column(column: MentionColumn[Figure], table: MentionTable[Figure]) -> Json:
    return {
        "field": column.field,
        "value": column.value,
        "points": list(column.points),
        "label": column.label,
        "base": number_to_json(base_of(column, table.base)),
        "coded": number_to_json(column.coded),
        "respondents": number_to_json(column.respondents),
        "mentions": number_to_json(column.mentions),
        "minimum_base": column.minimum_base,
    }


def _row(row: MentionRow[Figure], table: MentionTable[Figure]) -> Json:
    return {
        "code": row.code,
        "name": row.name,
        "people": [
            {"n": number_to_json(number), "percent": number_to_json(percent_of(number, base_of(column, table.base)))}
            for number, column in zip(row.people, table.columns, strict=True)
        ],
        "sentiment": numbers_to_json(row.sentiment) if row.sentiment else None,
    }


def mentions_schema() -> Json:
    """The schema of one table."""
    nullable: Json = {"type": ["string", "null"]}
    column = closed_object(
        {
            "field": nullable,
            "value": nullable,
            "points": list_of(TEXT),
            "label": TEXT,
            "base": COUNT,
            "coded": COUNT,
            "respondents": COUNT,
            "mentions": COUNT,
            "minimum_base": WHOLE,
        }
    )
    sentiment = closed_object(dict.fromkeys(SENTIMENTS, COUNT))
    row = closed_object(
        {
            "code": nullable,
            "name": TEXT,
            "people": list_of(closed_object({"n": COUNT, "percent": FIGURE})),
            "sentiment": {"anyOf": [{"type": "null"}, sentiment]},
        }
    )
    return closed_object(
        {
            "frame": TEXT,
            "frame_version": WHOLE,
            "key": nullable,
            "theme": nullable,
            "base": {"enum": ["commented", "respondents", "mentions"]},
            "commented": COUNT,
            "columns": list_of(column),
            "rows": list_of(row),
        }
    )
