"""Why a report's figures no longer follow from the stored data: what changed since it was made, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from surveys.commentary.editions import Edition

Json = Mapping[str, Any]
_STATE = {"draft": "a draft", "for_comment": "for comment", "final": "final"}


def what_changed(reported: Json, now: Json) -> tuple[str, ...]:
    """Sentences about two results documents (``results_json``), the people first. Nothing where nothing changed.

    ``reported`` must be as Engage made it: somebody who could choose what it says could find out what is there now.
    """
    return (
        *_people(reported, now),
        *_versions(reported, now),
        *_rules(reported, now),
        *_reference(reported, now),
        *_waves(reported, now),
        *_thresholds(reported, now),
        *_coding(reported, now),
        *_workshops(reported, now),
    )


def many_more(reported: Json, now: Json) -> bool:
    """Whether the number of people has changed by the minimum base or more."""
    return abs(_more(reported, now)) >= _minimum(now)


def commentary_changed(carried: Json, editions: Sequence[Edition]) -> tuple[str, ...]:
    """Sentences about the commentary that a report carries and the stored ``editions``, newest first."""
    number = carried["edition"]
    stored = next((one for one in editions if one.number == number), None)
    if stored is None:
        return (f"Edition {number} of the commentary, which the report carries, is not stored here.",)
    found = []
    if stored.texts.digest() != carried["digest"]:
        found.append(f"Edition {number} of the commentary was written in since. The report has its older words.")
    if stored.state != carried["state"]:
        now, then = _STATE[stored.state], _STATE.get(carried["state"], carried["state"])
        found.append(f"Edition {number} of the commentary was {then} then and is {now} now.")
    if editions[0].number != number:
        found.append(f"There is a newer edition of the commentary: {editions[0].number}, {_STATE[editions[0].state]}.")
    return tuple(found)


def _people(reported: Json, now: Json) -> Iterator[str]:
    if reported["data_fingerprint"] == now["data_fingerprint"]:
        return
    if reported["filters"]["where"]:
        yield "Answers of the survey came or went since the report was made, or comments were coded."
    elif many_more(reported, now):
        more = _more(reported, now)
        yield f"{abs(more):,} {'more' if more > 0 else 'fewer'} people are counted now than when the report was made."
    else:
        yield (
            f"A few answers came or went since the report was made, or comments were coded: the number of people "
            f"changed by fewer than {_minimum(now)}."
        )


def _more(reported: Json, now: Json) -> int:
    """How many more people; none where the number is not shown on one of the two sides."""
    before, after = reported["responses"], now["responses"]
    shown = isinstance(before, int | float) and isinstance(after, int | float)
    return int(after - before) if shown else 0


def _minimum(now: Json) -> int:
    return int(max(now["disclosure"]["minimum_base"], now["disclosure"]["minimum_base_staff"]))


def _versions(reported: Json, now: Json) -> Iterator[str]:
    if reported["versions"] != now["versions"]:
        then, today = (", ".join(map(str, one["versions"])) for one in (reported, now))
        yield f"The questionnaire: the report is about version {then}, answers now about version {today}."


def _rules(reported: Json, now: Json) -> Iterator[str]:
    if reported["disclosure"] != now["disclosure"]:
        yield "The rules for small numbers changed."


def _reference(reported: Json, now: Json) -> Iterator[str]:
    then, today = (
        [
            (one["characteristic"], one["source"], one["date"], _shares(one))
            for one in document.get("representation") or ()
        ]
        for document in (reported, now)
    )
    if then == today:
        return
    if not then or not today:
        yield f"The reference population was {'added' if today else 'taken away'}."
    else:
        sources = dict.fromkeys(f"{source}, {date}" for _, source, date, _ in today)
        yield f"The reference population is another one: {'; '.join(sources)}."


def _shares(one: Json) -> list[tuple[Any, Any]]:
    return [(group["group"], group["reference_percent"]) for group in one["groups"]]


def _waves(reported: Json, now: Json) -> Iterator[str]:
    then, today = (
        [(wave["survey"], wave["version"]) for wave in (document.get("change") or {}).get("waves", ())]
        for document in (reported, now)
    )
    if then != today:
        yield "The earlier surveys that it is compared with are others now."


def _thresholds(reported: Json, now: Json) -> Iterator[str]:
    """Of the themes whose places are compared in both: where there are no places any more, nothing is known of them."""
    then, today = (
        {
            (one.get("id"), one["measure"]): (one["acceptable"], one["achievable"], one.get("direction"))
            for one in document.get("places") or ()
        }
        for document in (reported, now)
    )
    if any(then[key] != today[key] for key in then.keys() & today.keys()):
        yield "What is called acceptable and achievable for a place is different now."


def _coding(reported: Json, now: Json) -> Iterator[str]:
    """What was done to codes and to which comments have them; percentages of another base are no change.

    Of some people only it would tell whether somebody who commented is one of them.
    """
    if reported["filters"]["where"]:
        return
    then, today = (_frames(document) for document in (reported, now))
    for frame in [*then, *(frame for frame in today if frame not in then)]:
        if frame not in today or frame not in then:
            yield f"Mentions are {'now' if frame in today else 'no longer'} counted by the code frame “{frame}”."
            continue
        before, after = then[frame], today[frame]
        versions = [{table["frame_version"] for table in tables.values()} for tables in (before, after)]
        if versions[0] != versions[1]:
            was, is_now = (", ".join(map(str, sorted(one))) for one in versions)
            yield f"The code frame “{frame}” was changed: version {was} then, {is_now} now."
        same = [key for key in before if key in after and before[key]["columns"] == after[key]["columns"]]
        if before.keys() != after.keys() or len(same) < len(before):
            yield f"Other people's comments count by the code frame “{frame}” now: more or fewer are coded or withheld."
        elif any(before[key]["rows"] != after[key]["rows"] for key in same):
            yield f"Comments were coded differently by the code frame “{frame}” since."


def _workshops(reported: Json, now: Json) -> Iterator[str]:
    if reported.get("workshops") != now.get("workshops"):
        yield "What is entered of workshops is not the same as then."


def _frames(document: Json) -> dict[str, dict[Any, Json]]:
    found: dict[str, dict[Any, Json]] = {}
    for table in document.get("mentions") or ():
        found.setdefault(table["frame"], {})[table["key"]] = {
            "frame_version": table["frame_version"],
            "columns": [column["coded"] for column in table["columns"]],
            "rows": [(row["code"], row["name"], [cell["n"] for cell in row["people"]]) for row in table["rows"]],
        }
    return found
