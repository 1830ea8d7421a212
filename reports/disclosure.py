"""The one gate between figures and everything that shows them: charts, documents, tables, files, addresses of the API.

``disclose`` decides for each figure whether it is ``Shown`` or ``Suppressed``. The rules and why they hold are written
down in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from reports.asked_for import verdicts_on
from reports.channel_order import disclosed_order
from reports.differences import differences
from reports.disclosing import QuestionRule, Reason, ThemeRule, disclosed_question, disclosed_theme, figure
from reports.divisions import RESPONSES
from reports.mentions.quality import disclosed_coding
from reports.mentions.tables import mention_tables
from reports.places import place_bands
from reports.question_rules import composite_keys, question_rule, theme_comment_key
from reports.quotes import disclosed_quotes
from reports.results import Computed
from reports.suppression import Verdict, marked
from reports.tabulation import Breakdown, Figure, Group, Raw, Results, Shown
from reports.weighting import compared_with_reference
from reports.who_answered import WhoAnswered
from reports.whole_survey import CELLS, WholeSurvey
from reports.workshops_said import disclosed_workshops

DisclosedResults = Results[Figure]

_Pick = Callable[[Verdict], Reason]


def disclose(computed: Computed) -> DisclosedResults:
    """The same results with every figure either shown or suppressed. Nothing else may leave this package."""
    raw = computed.results
    whole = WholeSurvey(
        computed.survey, minimum_cell=raw.rules.minimum_cell, given=computed.given, crossed=computed.crossed
    )
    gate = _Gate(computed, whole)
    everybody = gate.group(raw.everybody, lambda verdict: verdict.everybody)
    audiences = tuple(gate.group(group, _of_audience(place)) for place, group in enumerate(raw.audiences))
    groups = tuple(gate.group(group, _of_group(place)) for place, group in enumerate(raw.groups))
    who_answered = tuple(gate.breakdown(one) for one in computed.who_answered)
    if gate.responses.everybody:
        # Even the names of groups would tell where and when the few people answered.
        groups, who_answered = (), tuple(replace(one, counts={}, labels={}) for one in who_answered)
    represented, weighted = compared_with_reference(
        computed, everybody=everybody, audiences=audiences, who_answered=who_answered
    )
    disclosed = Results(
        survey_slug=raw.survey_slug,
        survey_title=raw.survey_title,
        demonstration=raw.demonstration,
        versions=raw.versions,
        period=raw.period if gate.responses.everybody is None else None,
        filters=raw.filters,
        generated_at=raw.generated_at,
        data_fingerprint=raw.data_fingerprint,
        rules=raw.rules,
        pooling=_pooling(raw.audiences, audiences),
        headline_order=raw.headline_order,
        orders_disagree=raw.orders_disagree and _both_orders_shown(everybody),
        everybody=everybody,
        audiences=audiences,
        groups=groups,
        who_answered=who_answered,
        differences=differences(computed, everybody, audiences, groups),
        method=raw.method,
        representation=represented,
        weighted=weighted,
        places=place_bands(everybody, _places(computed, whole), computed.questionnaire, computed.place_thresholds),
        order_by_channel_agrees=disclosed_order(raw.order_by_channel_agrees, raw.audiences, audiences),
    )
    if computed.is_shared:
        return disclosed
    mentions = mention_tables(computed.coded, computed.survey, kept=computed.kept, disclosed=disclosed)
    quotes = disclosed_quotes(raw.quotes, audiences, minimum_cell=raw.rules.minimum_cell)
    coding = tuple(disclosed_coding(one) for one in raw.coding) if mentions else ()
    workshops = disclosed_workshops(raw.workshops)
    return replace(disclosed, mentions=mentions, coding=coding, quotes=quotes, workshops=workshops)


def _of_audience(place: int) -> _Pick:
    return lambda verdict: verdict.audiences.get(place)


def _of_group(place: int) -> _Pick:
    return lambda verdict: verdict.groups.get(place)


def _places(computed: Computed, whole: WholeSurvey) -> list[Group[Figure]]:
    """What may be shown of each place, as results by place show it; none where places are not compared."""
    if computed.places is None:
        return []
    gate = _Gate(computed.places, whole)
    groups = enumerate(computed.places.results.groups)
    return [gate.group(group, _of_group(place)) for place, group in groups]


class _Gate:
    """The verdicts on one set of results, made once and asked for by population."""

    def __init__(self, computed: Computed, whole: WholeSurvey) -> None:
        self._computed = computed
        self._whole = whole
        verdicts = verdicts_on(computed, self._whole)
        self.responses = verdicts[RESPONSES]
        self._questions = {key: verdicts["question", key] for key in computed.questions}
        self._themes = {key: verdicts["theme", key] for key in computed.themes}
        self._cells: dict[str, dict[str, Verdict]] = {key: {} for key in computed.questions}
        for (kind, key), verdict in verdicts.items():
            if kind.startswith(CELLS):
                self._cells[key][kind.removeprefix(CELLS)] = verdict

    def group(self, group: Group[Raw], pick: _Pick) -> Group[Figure]:
        """One population. ``pick`` finds its reason in a verdict."""
        whole = pick(self.responses)
        rules = {key: self._rule(key, pick) for key in self._questions}
        themes = [self._theme(theme.theme_id, pick, rules) for theme in group.themes]
        hidden_rank = next((rule for rule in map(self._headline, themes) if rule), None)
        return Group(
            field=group.field,
            value=group.value,
            label=group.label,
            responses=figure(group.responses, whole),
            minimum_base=group.minimum_base,
            themes=tuple(
                disclosed_theme(table, _with_rank(rule, hidden_rank))
                for table, rule in zip(group.themes, themes, strict=True)
            ),
            questions=tuple(disclosed_question(table, rules[table.key]) for table in group.questions),
        )

    def breakdown(self, one: WhoAnswered) -> Breakdown[Figure]:
        """Who answered by one field."""
        table = one.breakdown
        verdict = marked(one.line, self._whole.of_field(table.field)[RESPONSES], self._computed.thresholds)
        if table.field == "audience":
            reasons: list[Reason] = [self.responses.audiences.get(place) for place in range(len(table.counts))]
            missing = verdict.everybody
        else:
            reasons = [verdict.groups.get(place) for place in range(len(table.counts))]
            missing = verdict.groups.get(len(table.counts))
        counts = zip(table.counts.items(), reasons, strict=True)
        return Breakdown(
            field=table.field,
            label=table.label,
            counts={value: figure(count, reason) for (value, count), reason in counts},
            labels=table.labels,
            # The people with a value and those without are everybody, so one gives away the other.
            base=figure(table.base, missing),
            missing=figure(table.missing, missing),
        )

    def _rule(self, key: str, pick: _Pick) -> QuestionRule:
        whole = pick(self._questions[key])
        return question_rule(whole, {name: whole or pick(verdict) for name, verdict in self._cells[key].items()})

    def _theme(self, theme_id: str, pick: _Pick, rules: Mapping[str, QuestionRule]) -> ThemeRule:
        """A theme's figures are a question's once more, and hidden with it."""
        questionnaire = self._computed.questionnaire
        score = pick(self._themes[theme_id])
        for key in composite_keys(questionnaire, theme_id):
            score = score or rules[key].whole or rules[key].counts
        shares: dict[str, Reason] = {}
        for name, question in (
            ("chosen", questionnaire.with_purpose("priority")),
            ("unclear", questionnaire.with_purpose("clarity")),
        ):
            rule = rules[question.id] if question else QuestionRule()
            shares[f"{name}_base"] = rule.whole
            shares[name] = rule.whole or rule.counts or rule.options.get(theme_id)
        comment = theme_comment_key(questionnaire, theme_id)
        commented = (rules[comment].whole or rules[comment].counts) if comment else None
        return ThemeRule(score=score, commented=commented, **shares)

    def _headline(self, rule: ThemeRule) -> Reason:
        return rule.chosen if self._computed.results.headline_order == "chosen" else rule.score


def _with_rank(rule: ThemeRule, reason: Reason) -> ThemeRule:
    """One hidden figure hides every rank: the ranks of the others would show between which two it lies."""
    return ThemeRule(
        rule.score, rule.chosen, rule.chosen_base, rule.unclear, rule.unclear_base, rule.commented, rank=reason
    )


def _both_orders_shown(everybody: Group[Figure]) -> bool:
    return all(
        isinstance(theme.rank, Shown) and (theme.score_0_10 is None or isinstance(theme.score_0_10.value, Shown))
        for theme in everybody.themes
    )


def _pooling(raw: Sequence[Group[Raw]], disclosed: Sequence[Group[Figure]]) -> str | None:
    """How audiences are put together in figures of everybody; None where only one answered."""
    answered = [shown for group, shown in zip(raw, disclosed, strict=True) if group.responses]
    if len(answered) < 2:
        return None
    parts = [
        f"{group.responses.value} {group.label.lower()}"
        if isinstance(group.responses, Shown)
        else f"{group.label.lower()} (number suppressed)"
        for group in answered
    ]
    return f"unweighted, {' + '.join(parts)}"
