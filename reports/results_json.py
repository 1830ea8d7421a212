"""Results as JSON, in the form that the outside reads. Figures are unrounded; a hidden one is the word "suppressed"."""

from __future__ import annotations

from reports.comparisons_json import change_to_json, difference_to_json
from reports.disclosure import DisclosedResults
from reports.figures_json import Json, estimate_to_json, number_to_json, numbers_to_json
from reports.mentions.as_json import mentions_to_json
from reports.mentions.quality import coding_to_json
from reports.places_json import place_to_json
from reports.quotes_json import quotes_to_json
from reports.representing_json import representation_to_json, weighted_to_json
from reports.splitting import fields_of, values_of
from reports.tabulation import (
    Breakdown,
    ChoiceTable,
    CommentTable,
    Estimate,
    Figure,
    Filters,
    Group,
    NumberTable,
    QuestionTable,
    RatingTable,
    ThemeTable,
)
from reports.workshops_json import workshops_to_json
from surveys.questionnaire import LongTextQuestion, Questionnaire, RatingQuestion, TextQuestion

CONFIDENCE_LEVEL = 0.95


def to_json(results: DisclosedResults, questionnaire: Questionnaire) -> Json:
    """All figures, ready for ``json.dumps``. ``questionnaire`` is the version that they are about.

    Shares are 0-100, scores 0-10. ``groups`` is there only where groups were asked for, ``pooling`` only where more
    than one audience answered. A value is null where nobody answered, so that there is nothing to estimate.
    """
    everybody = _population(results.everybody, questionnaire)
    document: Json = {
        "survey": {
            "slug": results.survey_slug,
            "title": next(iter(results.survey_title.values())),
            "titles": results.survey_title,
            "demonstration": results.demonstration,
        },
        "versions": list(results.versions),
        "period": _period(results),
        "filters": filters_to_json(results.filters),
        "generated_at": results.generated_at.isoformat(),
        "data_fingerprint": results.data_fingerprint,
        "disclosure": {
            "minimum_base": results.rules.minimum_base,
            "minimum_base_staff": results.rules.minimum_base_staff,
            "minimum_cell": results.rules.minimum_cell,
        },
        "responses": everybody["responses"],
        "headline_order": results.headline_order,
        "orders_disagree": results.orders_disagree,
        "order_by_channel_agrees": results.order_by_channel_agrees,
        "themes": everybody["themes"],
        "questions": everybody["questions"],
        "audiences": {str(one.value): _population(one, questionnaire) for one in results.audiences},
        "who_answered": [_breakdown(one) for one in results.who_answered],
        "differences": [difference_to_json(one) for one in results.differences],
        "change": change_to_json(results.change),
        "representation": [representation_to_json(one) for one in results.representation],
        "weighted": weighted_to_json(results.weighted),
        "places": [place_to_json(one) for one in results.places],
        "mentions": [mentions_to_json(one) for one in results.mentions],
        "coding": [coding_to_json(one) for one in results.coding],
        "quotes": quotes_to_json(results.quotes),
        "workshops": workshops_to_json(results.workshops),
        "method": results.method,
    }
    if results.pooling is not None:
        document["pooling"] = results.pooling
    if results.filters.by is not None:
        document["groups"] = [
            {**_which(str(one.field), str(one.value)), **_population(one, questionnaire)} for one in results.groups
        ]
    return document


def _which(field: str, value: str) -> Json:
    """What a group was made by: one field with its value, or two, which ``fields`` and ``values`` take apart."""
    values = values_of(field, value)
    fields = fields_of(field) if len(values) > 1 else (field,)
    return {"field": field, "value": value, "fields": list(fields), "values": list(values)}


def filters_to_json(filters: Filters) -> Json:
    """What was asked for, with dates as ISO text. Dates bound whole weeks."""
    return {
        "since": filters.since.isoformat() if filters.since else None,
        "until": filters.until.isoformat() if filters.until else None,
        "where": [{"field": field, "value": value} for field, value in filters.where],
        "by": filters.by,
        "mentions_base": filters.mentions_base,
    }


def _period(results: DisclosedResults) -> Json | None:
    if results.period is None:
        return None
    first, last = results.period
    return {"from": first.isoformat(), "to": last.isoformat()}


def _population(group: Group[Figure], questionnaire: Questionnaire) -> Json:
    return {
        "label": group.label,
        "responses": number_to_json(group.responses),
        "minimum_base": group.minimum_base,
        "themes": [_theme(table, questionnaire) for table in group.themes],
        "questions": [_question(table, questionnaire) for table in group.questions],
    }


def _interval(estimate: Estimate[Figure] | None) -> Json:
    both = estimate_to_json(estimate)
    return {"low": both["low"], "high": both["high"]}


def _theme(table: ThemeTable[Figure], questionnaire: Questionnaire) -> Json:
    theme = questionnaire.theme(table.theme_id)
    language = questionnaire.language
    return {
        "id": table.theme_id,
        "title": theme.title.in_language(language),
        "plain_title": theme.plain_title.in_language(language),
        "score_0_10": {**estimate_to_json(table.score_0_10), "base": number_to_json(table.score_base)},
        "chosen": _share(table.chosen_count, table.chosen_base, table.chosen),
        "unclear": _share(table.unclear_count, table.unclear_base, table.unclear),
        "commented": number_to_json(table.commented),
        "rank": number_to_json(table.rank),
        "rank_low": number_to_json(table.rank_low),
        "rank_high": number_to_json(table.rank_high),
        "tied_with": list(table.tied_with),
        "minimum_base": table.minimum_base,
    }


def _share(count: Figure | None, base: Figure | None, share: Estimate[Figure] | None) -> Json | None:
    """A share with its count and base; null where the question is not asked."""
    if count is None:
        return None
    return {"n": number_to_json(count), "base": number_to_json(base), **estimate_to_json(share, value="percent")}


def _question(table: QuestionTable[Figure], questionnaire: Questionnaire) -> Json:
    question = questionnaire.item(table.key).question
    language = questionnaire.language
    document: Json = {"id": table.key, "kind": question.kind, "text": question.text.in_language(language)}
    if not isinstance(question, TextQuestion | LongTextQuestion):
        labels = {option.id: option.label for option in questionnaire.options(question)}
        labels |= {option.id: option.label for option in questionnaire.not_scored(question)}
        document["labels"] = {id_: label.in_language(language) for id_, label in labels.items()}
    if isinstance(question, RatingQuestion):
        document["base_rule"] = question.base
    return {**document, **_figures(table), "confidence_level": CONFIDENCE_LEVEL, "minimum_base": table.minimum_base}


def _figures(table: QuestionTable[Figure]) -> Json:
    match table:
        case RatingTable():
            return {
                "base": number_to_json(table.base),
                "counts": numbers_to_json(table.counts),
                "not_scored": numbers_to_json(table.not_scored),
                "skipped": number_to_json(table.skipped),
                "not_shown": number_to_json(table.not_shown),
                "percent_positive": estimate_to_json(table.percent_positive),
                "mean": estimate_to_json(table.mean)["value"],
                "mean_interval": _interval(table.mean),
                "score_0_10": estimate_to_json(table.score_0_10)["value"],
                "score_interval": _interval(table.score_0_10),
            }
        case ChoiceTable():
            figures: Json = {
                "base": number_to_json(table.base),
                "counts": numbers_to_json(table.counts),
                "percent": {option: estimate_to_json(share) for option, share in table.percent.items()},
                "not_scored": numbers_to_json(table.not_scored),
                "skipped": number_to_json(table.skipped),
                "not_shown": number_to_json(table.not_shown),
            }
            return figures if table.first is None else {**figures, "first": numbers_to_json(table.first)}
        case NumberTable():
            return {
                "base": number_to_json(table.base),
                "mean": estimate_to_json(table.mean)["value"],
                "mean_interval": _interval(table.mean),
                "median": number_to_json(table.median),
                "skipped": number_to_json(table.skipped),
                "not_shown": number_to_json(table.not_shown),
            }
        case CommentTable():
            return {"base": number_to_json(table.base), "commented": number_to_json(table.commented)}


def _breakdown(table: Breakdown[Figure]) -> Json:
    return {
        "field": table.field,
        "label": table.label,
        "counts": numbers_to_json(table.counts),
        "labels": table.labels,
        "base": number_to_json(table.base),
        "missing": number_to_json(table.missing),
    }
