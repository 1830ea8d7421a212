"""The figures of the results JSON, each by the ids of whom and what it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
Key = tuple[str, ...]
"""Part, field and value of the people, ids of theme, question, answer and other group, and the measure."""

_RULES = {"minimum_base", "minimum_base_staff", "minimum_cell", "frame_version", "confidence_level"}


def numbers(part: Any) -> Iterator[float]:
    """Every figure in a part of the document; rules in force and numbers of versions are none."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name not in _RULES:
                yield from numbers(value)
    elif isinstance(part, list):
        for value in part:
            yield from numbers(value)
    elif isinstance(part, int | float) and not isinstance(part, bool):
        yield float(part)


def said_in_json(document: Json) -> dict[Key, tuple[Any, Any, Any]]:
    """Value, low and high of each figure about closed answers that is not null."""
    found = {("responses", "", "", "", "", "", "", "responses"): (document["responses"], None, None)}
    found |= _population(("", ""), document)
    for id_, audience in document["audiences"].items():
        found |= _population(("audience", id_), audience)
    for group in document.get("groups", ()):
        found |= _population((group["field"], group["value"]), group)
    for breakdown in document["who_answered"]:
        for value, people in breakdown["counts"].items():
            found |= _said(("who_answered", breakdown["field"], value, "", "", "", ""), {"counts": people})
        together = {"base": breakdown["base"], "missing": breakdown["missing"]}
        found |= _said(("who_answered", breakdown["field"], "", "", "", "", ""), together)
    for one in document["differences"]:
        found |= _difference(one)
    for one in document["places"]:
        found |= _place(one)
    return found


def _said(of: Key, figures: Json) -> dict[Key, tuple[Any, Any, Any]]:
    """Figures by measure: alone, or as an object with its interval."""
    found = {}
    for measure, figure in figures.items():
        value, *interval = (
            (figure.get("value", figure.get("percent")), figure["low"], figure["high"])
            if isinstance(figure, dict)
            else (figure, None, None)
        )
        if value is not None:
            found[*of, measure] = (value, *interval)
    return found


def _population(who: tuple[str, str], found: Json) -> dict[Key, tuple[Any, Any, Any]]:
    said = _said(("responses", *who, "", "", "", ""), {"responses": found["responses"]})
    for theme in found["themes"]:
        score = theme["score_0_10"]
        figures = {"commented": theme["commented"], "score_0_10": score, "score_0_10.base": score["base"]}
        figures["rank"] = {"value": theme["rank"], "low": theme["rank_low"], "high": theme["rank_high"]}
        for name in ("chosen", "unclear"):
            if share := theme[name]:
                figures |= {f"{name}.n": share["n"], f"{name}.base": share["base"], f"{name}.percent": share}
        said |= _said(("themes", *who, theme["id"], "", "", ""), figures)
    for question in found["questions"]:
        said |= _question(("questions", *who, question["id"].rpartition(".")[0], question["id"]), question)
    return said


def _question(of: Key, question: Json) -> dict[Key, tuple[Any, Any, Any]]:
    alone = ("base", "skipped", "not_shown", "commented", "median", "percent_positive")
    figures = {name: question[name] for name in alone if name in question}
    for name, interval in (("mean", "mean_interval"), ("score_0_10", "score_interval")):
        if name in question:
            figures[name] = {"value": question[name], **question[interval]}
    said = _said((*of, "", ""), figures)
    for name in ("counts", "percent", "not_scored", "first"):
        for answer, figure in question.get(name, {}).items():
            said |= _said((*of, answer, ""), {name: figure})
    return said


def _asked(id_: str) -> tuple[str, str]:
    """Theme and question: a question about a theme has the theme's id before its own."""
    theme, _, _ = id_.rpartition(".")
    return (theme, id_) if theme else (id_, "")


def _difference(one: Json) -> dict[Key, tuple[Any, Any, Any]]:
    of = ("differences", one["field"], one["first"], *_asked(one["id"]), "", one["second"] or "")
    names = ("difference", "p_adjusted", "family_size", "p_over_all", "cramers_v")
    return _said(of, {f"{one['measure']}.{name}": one[name] for name in names})


def _place(one: Json) -> dict[Key, tuple[Any, Any, Any]]:
    of, measure = ("places", one["field"], one["value"], one["id"], "", "", ""), one["measure"]
    names = ("base", "expected_low", "expected_high", "p_adjusted", "acceptable", "achievable")
    share = "chosen.percent" if measure == "chosen" else measure
    return _said(of, {share: one["percent"], **{f"{measure}.{name}": one[name] for name in names}})
