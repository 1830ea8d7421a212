"""Our macros write what the design system's own templates write: its fixtures, shipped with it, are the oracle."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from engage.assets import Assets
from engage.languages import wording
from engage.public_pages import environment
from engage.respond.fields import Choice, Field
from engage.respond.shells import Filled

COMPONENTS = Path(__file__).resolve().parents[3] / "node_modules" / "nhsuk-frontend" / "dist" / "nhsuk" / "components"
# Behaviour that their script adds and ours does not, and what our forms always say.
_OURS = {
    "data-module",
    "autocomplete",
    "dir",
    "data-maxlength",
    "data-count",
    "rows",
    "tabindex",
    "autofocus",
    "spellcheck",
}


class _Outline(HTMLParser):
    """Tags with their attributes, and the words between them, without spacing."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[Any] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append((tag, {name: value for name, value in sorted(attrs) if name not in _OURS and value != ""}))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if data.split():
            self.parts.append(" ".join(data.split()))


def outline(html: str) -> list[Any]:
    reader = _Outline()
    reader.feed(html)
    return reader.parts


def theirs(component: str, name: str, **changes: str) -> list[Any]:
    file = COMPONENTS / component / "fixtures.json"
    if not file.is_file():
        pytest.fail(f"{file} is missing; run the set-up (make assets)")
    fixtures = json.loads(file.read_text("utf-8"))["fixtures"]
    html = next(fixture["html"] for fixture in fixtures if fixture["name"] == name)
    for old, new in changes.items():
        html = html.replace(old, new)
    return outline(html)


def ours(source: str, **values: Any) -> list[Any]:
    template = environment().from_string(source)
    return outline(template.render(_=wording("en"), asset=Assets().address, **values))


CONTACT = (Choice("email", "Email"), Choice("phone", "Phone"), Choice("text", "Text message"))


def test_radios() -> None:
    field = Field(name="example", kind="radios", label="How do you want to be contacted about this?", choices=CONTACT)
    source = (
        '{% from "components/choices.html" import radios with context %}{{ radios(field, state, None, "l", True) }}'
    )
    assert ours(source, field=field, state=Filled({})) == theirs("radios", "default")


def test_checkboxes_with_a_hint() -> None:
    field = Field(
        name="example",
        kind="checkboxes",
        label="How do you want to be contacted about this?",
        hints=("Select all options that are relevant to you",),
        choices=CONTACT,
    )
    source = '{% from "components/choices.html" import checkboxes with context %}'
    source += '{{ checkboxes(field, state, None, "l", True) }}'
    assert ours(source, field=field, state=Filled({})) == theirs("checkboxes", "default")


def test_a_text_area() -> None:
    field = Field(
        name="example",
        kind="textarea",
        label="Can you provide more detail?",
        hints=("Do not include personal information like your name, date of birth or NHS number",),
        maximum=200,
    )
    source = (
        '{% from "components/texts.html" import textarea with context %}{{ textarea(field, state, None, "l", True) }}'
    )
    found = ours(source, field=field, state=Filled({}))
    expected = theirs("textarea", "default")
    # Ours goes on with a count of characters, before the end of the group.
    assert found[: len(expected) - 1] == expected[:-1]


def test_a_line_of_text() -> None:
    field = Field(name="example", kind="input", label="What is your full name?")
    source = '{% from "components/texts.html" import input with context %}{{ input(field, state, None, "l", True) }}'
    assert ours(source, field=field, state=Filled({})) == theirs("input", "default")


def test_a_summary_of_errors() -> None:
    source = '{% from "components/problems.html" import problems with context %}{{ problems(errors) }}'
    found = ours(source, errors={"example-day": "Date of birth must be in the past"})
    assert found == theirs("error-summary", "default")


def test_details_panel_and_button() -> None:
    source = (
        '{% from "components/boxes.html" import details with context %}{% call details(title) %}{{ text }}{% endcall %}'
    )
    text = "You can find your NHS number by logging in to the NHS App or on any document the NHS has sent you."
    assert ours(source, title="How to find your NHS number", text=text) == theirs("details", "default")
    source = '{% from "components/boxes.html" import panel with context %}'
    source += '{% call panel("Booking complete") %}{{ text }}{% endcall %}'
    assert ours(source, text="We have sent you a confirmation email") == theirs("panel", "default")
    source = '{% from "components/boxes.html" import button with context %}{{ button("Save and continue") }}'
    assert ours(source) == theirs("button", "default")


def test_a_row_with_an_error_names_it_for_everyone() -> None:
    field = Field(name="example", kind="radios", label="Contact", hints=("Select 1 option",), choices=CONTACT)
    source = (
        '{% from "components/choices.html" import radios with context %}{{ radios(field, state, "Select one", "l") }}'
    )
    found = ours(source, field=field, state=Filled({"example": ("phone",)}, Markup()))
    assert ("fieldset", {"aria-describedby": "example-hint example-error", "class": "nhsuk-fieldset"}) in found
    assert ("span", {"class": "nhsuk-error-message", "id": "example-error"}) in found
    assert [part[1]["value"] for part in found if part[0] == "input" and "checked" in part[1]] in ([], ["phone"])
