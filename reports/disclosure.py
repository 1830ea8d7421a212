"""The one gate between figures and everything that shows them: charts, documents, tables, files, addresses of the API.

``disclose`` decides for each figure whether it is ``Shown`` or ``Suppressed``. The rules and why they hold are written
down in docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from reports.channel_order import disclosed_order
from reports.differences import differences
from reports.disclosing import QuestionRule, Reason, ThemeRule, disclosed_question, disclosed_theme, figure
from reports.question_rules import composite_keys, rules_for_groups, theme_comment_key
from reports.results import Computed
from reports.suppression import Judge, Verdict
from reports.tabulation import Breakdown, Figure, Group, Raw, Results, Shown
from reports.who_answered import WhoAnswered

DisclosedResults = Results[Figure]

_Pick = Callable[[Verdict], Reason]


def disclose(computed: Computed) -> DisclosedResults:
    """The same results with every figure either shown or suppressed. Nothing else may leave this package."""
    raw = computed.results
    gate = _Gate(computed)
    everybody = gate.group(raw.everybody, lambda verdict: verdict.everybody)
    audiences = tuple(gate.group(group, _of_audience(place)) for place, group in enumerate(raw.audiences))
    groups = tuple(gate.group(group, _of_group(place), place) for place, group in enumerate(raw.groups))
    return Results(
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
        who_answered=tuple(gate.breakdown(one) for one in computed.who_answered),
        differences=differences(computed, everybody, audiences, groups),
        method=raw.method,
        order_by_channel_agrees=disclosed_order(raw.order_by_channel_agrees, raw.audiences, audiences),
    )


def _of_audience(place: int) -> _Pick:
    return lambda verdict: verdict.audiences.get(place)


def _of_group(place: int) -> _Pick:
    return lambda verdict: verdict.groups.get(place)


class _Gate:
    """The verdicts on one set of results, made once and asked for by population."""

    def __init__(self, computed: Computed) -> None:
        self._computed = computed
        self._judge = Judge(computed.thresholds)
        unpublished = computed.split.unpublished if computed.split else ()
        never_shown = Verdict(groups=dict.fromkeys(unpublished, "secondary"))
        # The number of people in no group is printed in "who answered", so it is judged as a group here.
        self.responses = self._judge.judge(computed.responses, within=never_shown, missing_is_published=True)
        judge = self._judge.judge
        self._questions = {key: judge(line, within=self.responses) for key, line in computed.questions.items()}
        self._themes = {key: judge(line, within=self.responses) for key, line in computed.themes.items()}
        self._in_groups: Mapping[str, Sequence[QuestionRule]] = {}
        if computed.split is not None and computed.split.sensitive:
            minimum_cell = computed.results.rules.minimum_cell
            self._in_groups = {
                key: rules_for_groups(
                    computed.questionnaire, key, line, self._questions[key], minimum_cell=minimum_cell
                )
                for key, line in computed.questions.items()
            }

    def group(self, group: Group[Raw], pick: _Pick, place: int | None = None) -> Group[Figure]:
        """One population. ``pick`` finds its reason in a verdict; ``place`` is given for one of the groups."""
        whole = pick(self.responses)
        rules = {key: self._rule(key, pick, place) for key in self._questions}
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
        """Who answered by one field, judged with audiences as the other division of the same people."""
        verdict = self._judge.judge(one.line, missing_is_published=True)
        table = one.breakdown
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

    def _rule(self, key: str, pick: _Pick, place: int | None) -> QuestionRule:
        whole = pick(self._questions[key])
        if whole is None and place is not None and key in self._in_groups:
            return self._in_groups[key][place]
        return QuestionRule(whole=whole)

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
