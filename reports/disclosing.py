"""Turning the figures of one table into shown or suppressed ones, once it is decided which may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reports.tabulation import (
    ChoiceTable,
    CommentTable,
    Estimate,
    Figure,
    NumberTable,
    QuestionTable,
    RatingTable,
    Raw,
    Shown,
    Suppressed,
    SuppressionReason,
    ThemeTable,
)

Reason = SuppressionReason | None


@dataclass(frozen=True, slots=True)
class QuestionRule:
    """Why parts of a question's table are hidden; None and absent mean shown.

    ``whole``: everything. ``counts``: all counts of a rating or choice and what is made from them, so that only the
    base is left. ``options``: single options of choices and rankings. ``beside``: answers beside those options.
    """

    whole: Reason = None
    counts: Reason = None
    options: Mapping[str, SuppressionReason] = field(default_factory=dict)
    beside: Reason = None


@dataclass(frozen=True, slots=True)
class ThemeRule:
    """Why parts of a theme's table are hidden; None means shown."""

    score: Reason = None
    chosen: Reason = None
    chosen_base: Reason = None
    unclear: Reason = None
    unclear_base: Reason = None
    commented: Reason = None
    rank: Reason = None


def figure(value: Raw, reason: Reason) -> Figure:
    """The value, or why it is hidden."""
    return Shown(value) if reason is None else Suppressed(reason)


def optional(value: Raw | None, reason: Reason) -> Figure | None:
    """As ``figure``; a hidden figure never tells whether there was a value, a missing one stays missing."""
    if reason is not None:
        return Suppressed(reason)
    return None if value is None else Shown(value)


def estimate(value: Estimate[Raw] | None, reason: Reason) -> Estimate[Figure] | None:
    """A whole estimate; hidden, all three of its figures are, whether or not there was one."""
    if reason is not None:
        return Estimate(Suppressed(reason), Suppressed(reason), Suppressed(reason))
    if value is None:
        return None
    return Estimate(Shown(value.value), optional(value.low, None), optional(value.high, None))


def counts(values: Mapping[str, Raw], reason: Reason) -> dict[str, Figure]:
    """All counts of a table."""
    return {name: figure(value, reason) for name, value in values.items()}


def disclosed_question(table: QuestionTable[Raw], rule: QuestionRule) -> QuestionTable[Figure]:
    """The table of one question as ``rule`` allows."""
    whole = rule.whole
    match table:
        case RatingTable():
            detail = whole or rule.counts
            return RatingTable(
                key=table.key,
                theme_id=table.theme_id,
                base=figure(table.base, whole),
                counts=counts(table.counts, detail),
                not_scored=counts(table.not_scored, detail),
                skipped=figure(table.skipped, detail),
                not_shown=figure(table.not_shown, detail),
                percent_positive=estimate(table.percent_positive, detail),
                mean=estimate(table.mean, detail),
                score_0_10=estimate(table.score_0_10, detail),
                minimum_base=table.minimum_base,
            )
        case ChoiceTable():
            return _disclosed_choice(table, rule)
        case NumberTable():
            return NumberTable(
                key=table.key,
                base=figure(table.base, whole),
                mean=estimate(table.mean, whole),
                median=optional(table.median, whole),
                skipped=figure(table.skipped, whole),
                not_shown=figure(table.not_shown, whole),
                minimum_base=table.minimum_base,
            )
        case CommentTable():
            return CommentTable(
                key=table.key,
                theme_id=table.theme_id,
                commented=figure(table.commented, whole or rule.counts),
                base=figure(table.base, whole),
                minimum_base=table.minimum_base,
            )


def _disclosed_choice(table: ChoiceTable[Raw], rule: QuestionRule) -> ChoiceTable[Figure]:
    detail = rule.whole or rule.counts
    reasons = {option: detail or rule.options.get(option) for option in table.counts}
    # People who skipped are everybody less all the others, so they would give away what is hidden beside the options.
    beside = detail or rule.beside
    return ChoiceTable(
        key=table.key,
        kind=table.kind,
        base=figure(table.base, rule.whole),
        counts={option: figure(count, reasons[option]) for option, count in table.counts.items()},
        percent={option: estimate(share, reasons[option]) for option, share in table.percent.items()},
        not_scored=counts(table.not_scored, beside),
        skipped=figure(table.skipped, beside),
        not_shown=figure(table.not_shown, beside),
        minimum_base=table.minimum_base,
        first=None
        if table.first is None
        else {option: figure(count, reasons[option]) for option, count in table.first.items()},
    )


def disclosed_theme(table: ThemeTable[Raw], rule: ThemeRule) -> ThemeTable[Figure]:
    """The table of one theme as ``rule`` allows."""
    asked = table.chosen_count is not None
    hard = table.unclear_count is not None
    return ThemeTable(
        theme_id=table.theme_id,
        score_base=figure(table.score_base, rule.score),
        score_0_10=estimate(table.score_0_10, rule.score),
        chosen_count=optional(table.chosen_count, rule.chosen) if asked else None,
        chosen_base=optional(table.chosen_base, rule.chosen_base) if asked else None,
        chosen=estimate(table.chosen, rule.chosen) if asked else None,
        unclear_count=optional(table.unclear_count, rule.unclear) if hard else None,
        unclear_base=optional(table.unclear_base, rule.unclear_base) if hard else None,
        unclear=estimate(table.unclear, rule.unclear) if hard else None,
        commented=None if table.commented is None else figure(table.commented, rule.commented),
        rank=optional(table.rank, rule.rank),
        rank_low=optional(table.rank_low, rule.rank),
        rank_high=optional(table.rank_high, rule.rank),
        tied_with=() if rule.rank else table.tied_with,
        minimum_base=table.minimum_base,
    )
