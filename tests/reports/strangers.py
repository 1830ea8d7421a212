"""Numbers in a report, a chart, its description, a workbook, a table of figures or a PDF that the JSON of the same
results does not publish about the same people.

Where there are none, whoever has all outputs knows no more than whoever has the JSON, which is attacked. Whom a number
is about is read off the cell, its row, its column, the caption or the sentence, whichever is nearest and names anybody.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pikepdf
from lxml import etree, html
from openpyxl import load_workbook

from tests.reports.pdf_checks import elements, page_texts
from tests.reports.said_in_json import numbers as said_numbers

EVERYBODY, COMPARISONS = "-everybody-", "-comparisons-"
_SHOWN_AS = {"web": "Online", "paper": "On paper", "en": "English"}
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:\.\d+)?(?![\w]|[.,]\d)")
_NOT_FIGURES = re.compile(
    "|".join(
        (
            r"PDF/UA-1|“[^”]*”|(?:\d+(?: November)? to )?\d+ (?:November|December) \d{4}|\d\d:\d\d",
            r"\d+ %|^\d+\.(?= |$)|\d(?: to \d)? in 10|[−+]?\d+ to [−+]\d+|\d+ themes|\d+ comparisons?",
            r"\d+ of \d+ rating questions|\d+ other questions|\(among the first \d+\)",
            r"(?:fewer|less|more) than \d+\b(?! (?:November|December))|(?:up to|or|in) \d+\b",
            r"(?:East|West) / \w+ (?:patients|carers|staff) \d",
        )
    ),
    re.IGNORECASE,
)
_METHOD = "How this report was made"
_PROSE = ("h2", "p", "li")


class Published:
    """All that the JSON of one set of results says, by the people that it is about."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._about: dict[str, set[float]] = {}
        self._say(EVERYBODY, {name: document[name] for name in ("responses", "themes", "questions")})
        for audience in document["audiences"].values():
            self._say(audience["label"], audience)
        region = _region_of_all(document)
        for group in document.get("groups", ()):
            for label in _printed(group["value"], group["label"]):
                self._say(label, group)
                self._say(label.replace(region, ""), group)
        for breakdown in document["who_answered"]:
            for value, count in breakdown["counts"].items():
                for label in _printed(value, breakdown["labels"][value]):
                    # A sentence says of how many they are.
                    self._say(label, [count, breakdown["base"]])
            self._say(EVERYBODY, [breakdown["base"], breakdown["missing"]])
        for question in document["questions"]:
            # Groups by the answers to this question are called like its answers.
            labels = question["labels"] if question["id"] == "connection" else {}
            for option, label in labels.items():
                parts = [(question.get(name) or {}).get(option) for name in ("counts", "percent", "not_scored")]
                self._say(label, [*parts, question["base"]])
        for place in document["places"] or ():
            self._say(place["label"], place)
            self._say(place["label"].replace(region, ""), place)
        self._say(COMPARISONS, document["differences"])
        self._about[COMPARISONS].update(float(one["family_size"]) for one in document["differences"])
        # What a theme is called says nothing of staff.
        self._names = [theme["plain_title"] for theme in document["themes"]]

    def _say(self, label: str, part: Any) -> None:
        self._about.setdefault(label.casefold(), set()).update(_figures(part))

    def named_in(self, text: str) -> list[str]:
        """The people that a text names, longest names first; a name inside another one does not count."""
        rest = re.sub(r"\([^)]* together\)", " ", text.casefold().replace("\u00a0", " "))
        for name in self._names:
            rest = rest.replace(name.casefold(), " ")
        found = [EVERYBODY] if "people answered in all." in rest else []
        for label in sorted(self._about.keys() - {EVERYBODY, COMPARISONS}, key=len, reverse=True):
            if re.search(rf"(?<!\w){re.escape(label)}(?!\w)", rest):
                found.append(label)
                rest = rest.replace(label, " ")
        return found

    def unknown(self, numbers: Iterable[float], *contexts: str) -> list[float]:
        """Those of the numbers that are not published of the people whom the nearest context names."""
        named = next((found for text in contexts if (found := self.named_in(text))), [EVERYBODY])
        if contexts[0] == COMPARISONS:
            named = [COMPARISONS]
        known = set().union(*(self._about[label] for label in named))
        return [number for number in numbers if not any(abs(number - one) < 1e-6 for one in known)]


def _region_of_all(document: Mapping[str, Any]) -> str:
    """What print leaves out of the names of places, which all begin with it; empty where several regions are named."""
    told = [label for one in document["who_answered"] if one["field"] == "place" for label in one["labels"].values()]
    told += [group["label"] for group in document.get("groups", ()) if group["field"] == "place"]
    told += [place["label"] for place in document["places"] or ()]
    regions = {label.partition(" / ")[0] for label in told}
    return f"{regions.pop()} / " if len(regions) == 1 and len(set(told)) > 1 else ""


def _printed(value: str, label: str) -> set[str]:
    """What the people of a group may be called: weeks by their first day too."""
    first_day = [_in_words(value)] if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else []
    parts = ", ".join(_SHOWN_AS.get(part, part) for part in label.split(", "))
    return {label, _in_words(parts), _SHOWN_AS.get(value, label), *first_day}


def _in_words(text: str) -> str:
    """Dates as a report writes them, those of a stretch of weeks from one to the other."""

    def written(found: re.Match[str]) -> str:
        first, last = (datetime.date.fromisoformat(day or found[1]) for day in found.groups())
        month = "" if first.month == last.month else f" {first:%B}"
        before = "" if first == last else f"{first.day}{month} to "
        return f"{before}{last.day} {last:%B} {last.year}"

    return re.sub(r"(\d{4}-\d\d-\d\d)(?: – (\d{4}-\d\d-\d\d))?", written, text)


def _figures(part: Any) -> Iterator[float]:
    if isinstance(part, Mapping):
        share, base = part.get("percent_positive"), part.get("base")
        if share and isinstance(base, int) and isinstance(share["value"], float):
            yield round(base * share["value"] / 100)
        for name, value in part.items():
            if name not in ("minimum_base", "confidence_level", "family_size"):
                yield from _figures(value)
    elif isinstance(part, list):
        for value in part:
            yield from _figures(value)
    elif isinstance(part, int | float) and not isinstance(part, bool):
        yield float(part)


def _counts(text: str) -> list[float]:
    """The numbers in a text that are numbers of people: no shares, which follow from them, no dates and no limits."""
    bare = re.sub(r"\d+%", " ", _NOT_FIGURES.sub(" ", text))
    return [float(found) for found in _NUMBER.findall(bare)]


def in_page(document: Mapping[str, Any], page: str) -> list[str]:
    """Strangers in the tables, charts, descriptions and sentences of a report as a web page."""
    published = Published(document)
    root = html.fromstring(page)
    for counter in root.find_class("number"):
        # Findings are numbered.
        counter.text = ""
    found: list[str] = []

    def look(text: str, *contexts: str) -> None:
        strangers = published.unknown(_counts(text), text, *contexts)
        found.extend(f"{number:g} in {text!r} ({', '.join(filter(None, contexts))})" for number in strangers)

    heading = ""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "h2":
            heading = _text(element)
        if element.tag == "table":
            _look_at_table(element, look)
        elif element.tag == "svg":
            _look_at_chart(element, look, heading)
        elif (
            element.tag in _PROSE
            and _METHOD not in heading
            and " · " not in _text(element)
            and not _inside(element, "table", "svg", "nav")
        ):
            for sentence in re.split(r"(?<=[.?!])\s+", _text(element)):
                look(sentence, _text(element), _before(element), heading)
    return found


def _look_at_table(table: Any, look: Any) -> None:
    rows = [[" ".join(cell.itertext()) for cell in row.iter("th", "td")] for row in table.iter("tr")]
    caption = _text(table.find("caption"))
    if not rows or rows[0][0] == "Subject":
        return
    for row in rows[1:]:
        for place, cell in enumerate(row[1:], start=1):
            look(cell, row[0], rows[0][place] if place < len(rows[0]) else "", caption)


def _look_at_chart(chart: Any, look: Any, heading: str) -> None:
    title = "".join(node.text or "" for node in chart.iter() if node.tag in ("title", "desc"))
    for sentence in re.split(r"(?<=[.?!])\s+", title):
        look(sentence, title, heading)
    nearest = ""
    for node in chart.iter("text"):
        text = _text(node)
        if not _counts(text):
            nearest = text
        look(text, nearest, title, heading)


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _before(element: Any) -> str:
    """What stands before and after a number in its own box, such as "patients answered" under 48."""
    box = element.getparent()
    return " ".join(box.itertext()) if box is not None and box.tag in ("div", "li") else ""


def _inside(element: Any, *tags: str) -> bool:
    return any(one.tag in tags for one in element.iterancestors())


def in_workbook(document: Mapping[str, Any], workbook: bytes) -> list[str]:
    """Strangers in the tables of a workbook."""
    published = Published(document)
    found = []
    for sheet in load_workbook(io.BytesIO(workbook), read_only=True):
        if sheet.title in ("Contents", "Notes"):
            continue
        for row in sheet.values:
            texts = [cell for cell in row if isinstance(cell, str)]
            numbers = [float(cell) for cell in row if isinstance(cell, int | float)]
            about = COMPARISONS if sheet.title == "Differences" else " ".join(texts)
            found += [f"{number:g} in {sheet.title}: {texts}" for number in published.unknown(numbers, about)]
    return found


def in_csv(document: Mapping[str, Any], content: bytes) -> list[str]:
    """Strangers in the rows of a table of figures, which names people and parts by the ids of the JSON."""
    published = Published(document)
    known: dict[tuple[str, str, str], set[float]] = {}

    def say(part: Any, name: str, field: str, value: str) -> None:
        known.setdefault((name, field, value), set()).update(said_numbers(part))

    for name in ("responses", "themes", "questions"):
        say(document[name], name, "", "")
        for id_, audience in document["audiences"].items():
            say(audience[name], name, "audience", id_)
        for group in document.get("groups", ()):
            say(group[name], name, group["field"], group["value"])
    for breakdown in document["who_answered"]:
        for value, count in breakdown["counts"].items():
            say([count, breakdown["base"]], "who_answered", breakdown["field"], value)
        say([breakdown["base"], breakdown["missing"]], "who_answered", breakdown["field"], "")
    for place in document["places"]:
        say(place, "places", place["field"], place["value"])
    told_of_people = {part for part, _, _ in known}
    found = []
    for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True):
        whom = (row["part"], row["population_field"], row["population_value"])
        whole = set() if row["part"] in told_of_people else set(said_numbers(document[row["part"]]))
        here = known.get(whom, whole)
        cells = [float(row[name]) for name in ("value", "low", "high", "base") if row[name]]
        strangers = [number for number in cells if not any(abs(number - one) < 1e-6 for one in here)]
        for name in ("hidden", "verdict", "pooling"):
            strangers += published.unknown(_counts(row[name]), row[name])
        found += [f"{number:g} in {' '.join(whom)} {row['measure']}" for number in strangers]
    return found


def in_pdf(page: str, pdf: bytes) -> list[str]:
    """Numbers in the text and the descriptions of a PDF that are not in the web page that it was made from, or are
    there fewer times. Numbers of pages are none of a report's figures."""
    root = html.fromstring(page)
    etree.strip_elements(root, "style", "script", "head")
    written = Counter(_NUMBER.findall(_NOT_FIGURES.sub(" ", " ".join(root.itertext()))))
    said = {" ".join("".join(node.itertext()).split()) for node in root.iter("title", "desc")}
    with pikepdf.open(io.BytesIO(pdf)) as document:
        described = [str(element.Alt) for element in elements(document) if "/Alt" in element]
    pages = page_texts(pdf)
    numbers = Counter(
        number for text in pages for number in _NUMBER.findall(_NOT_FIGURES.sub(" ", " ".join(text.split())))
    )
    for number in range(1, len(pages) + 1):
        numbers[str(number)] = 0
    extra = [f"{number} in the text" for number in (numbers - written)]
    return extra + [f"described as {one!r}" for one in described if _counts(one) and " ".join(one.split()) not in said]
