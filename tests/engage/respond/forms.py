"""A program that follows HTML forms, as anybody could write one from what the pages say: it knows nothing of Engage."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Control:
    """One thing to fill in. ``choices`` are the values of its radios, checkboxes or options, in order."""

    name: str
    kind: str
    choices: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)


@dataclass
class Button:
    name: str | None
    value: str
    text: str = ""
    is_secondary: bool = False


@dataclass
class Form:
    method: str
    action: str | None
    controls: dict[str, Control] = field(default_factory=dict)
    buttons: list[Button] = field(default_factory=list)

    @property
    def main_button(self) -> Button:
        """The one button that is not secondary; AssertionError where there is not exactly one."""
        (main,) = [button for button in self.buttons if not button.is_secondary]
        return main

    def button(self, text: str) -> Button:
        """The button that says so."""
        (found,) = [button for button in self.buttons if button.text == text]
        return found

    def data(self, button: Button | None = None) -> list[tuple[str, str]]:
        """What a browser would send, with nothing changed."""
        sent = [(control.name, value) for control in self.controls.values() for value in control.chosen]
        if button is not None and button.name:
            sent.append((button.name, button.value))
        return sent


@dataclass
class Page:
    """A page as a program sees it."""

    address: str
    status: int
    html: str
    title: str = ""
    heading: str = ""
    text: str = ""
    language: str = ""
    direction: str = ""
    forms: list[Form] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    labelled: set[str] = field(default_factory=set)
    ids: list[str] = field(default_factory=list)

    @property
    def form(self) -> Form:
        """The only form; AssertionError where there is not exactly one."""
        (form,) = self.forms
        return form


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.open: list[str] = []
        self.form: Form | None = None
        self.button: Button | None = None
        self.area: Control | None = None
        self.select: Control | None = None
        self.link: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self.open.append(tag)
        if "id" in given:
            self.page.ids.append(given["id"])
        match tag:
            case "html":
                self.page.language, self.page.direction = given.get("lang", ""), given.get("dir", "")
            case "form":
                self.form = Form(given.get("method", "get"), given.get("action"))
                self.page.forms.append(self.form)
            case "label":
                self.page.labelled.add(given.get("for", ""))
            case "a":
                self.link = (given.get("href", ""), [])
            case "input" if self.form is not None:
                self._input(self.form, given)
            case "textarea" if self.form is not None:
                self.area = Control(given["name"], "textarea", ids=[given.get("id", "")], chosen=[""])
                self.form.controls[given["name"]] = self.area
            case "select" if self.form is not None:
                control = self.form.controls.setdefault(given["name"], Control(given["name"], "select"))
                control.ids.append(given.get("id", ""))
                self.select = control
            case "option" if self.select is not None:
                if given.get("value") and given["value"] not in self.select.choices:
                    self.select.choices.append(given["value"])
                if "selected" in given:
                    self.select.chosen.append(given.get("value", ""))
            case "button" if self.form is not None:
                kind = given.get("class", "")
                secondary = "secondary" in kind or "nhsuk-button" not in kind
                self.button = Button(given.get("name"), given.get("value", ""), is_secondary=secondary)
                self.form.buttons.append(self.button)

    def _input(self, form: Form, given: Mapping[str, str]) -> None:
        kind, name = given.get("type", "text"), given["name"]
        control = form.controls.setdefault(name, Control(name, kind))
        control.ids.append(given.get("id", ""))
        if kind in ("radio", "checkbox"):
            control.choices.append(given["value"])
            if "checked" in given:
                control.chosen.append(given["value"])
        else:
            control.chosen.append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        if tag == "form":
            self.form = None
        elif tag == "button" and self.button is not None:
            self.button.text = " ".join(self.button.text.split())
            self.button = None
        elif tag == "textarea":
            if self.area is not None:
                # A browser drops the first line end of a text area.
                self.area.chosen = [self.area.chosen[0].removeprefix("\n")]
            self.area = None
        elif tag == "select":
            self.select = None
        elif tag == "a" and self.link is not None:
            self.page.links[" ".join("".join(self.link[1]).split())] = urljoin(self.page.address, self.link[0])
            self.link = None

    def handle_data(self, data: str) -> None:
        if "title" in self.open:
            self.page.title += data
        elif self.area is not None:
            self.area.chosen[0] += data
        else:
            self.page.text += data
        if "h1" in self.open:
            self.page.heading += data
        if self.button is not None:
            self.button.text += data
        if self.link is not None:
            self.link[1].append(data)


def read_page(address: str, status: int, html: str) -> Page:
    """The page with its forms, links and labels."""
    page = Page(address, status, html)
    _Reader(page).feed(html)
    page.title, page.heading, page.text = (" ".join(text.split()) for text in (page.title, page.heading, page.text))
    return page


Fetch = Callable[[str, str, str | None], tuple[int, str | None, str]]
"""(method, address, body) to (status, where it redirects to, text)."""


class Follower:
    """Goes from page to page by links and forms. It stops at redirects that do not end."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self.visited: list[Page] = []

    def get(self, address: str) -> Page:
        return self._follow("GET", address, None)

    def submit(
        self,
        page: Page,
        answers: Mapping[str, str | list[str]] | None = None,
        *,
        button: str | None = None,
        form: Form | None = None,
    ) -> Page:
        """The page after the form was sent with these answers, by its main button or the one named."""
        form = form or page.form
        for name, value in (answers or {}).items():
            form.controls[name].chosen = [value] if isinstance(value, str) else list(value)
        pressed = form.button(button) if button else form.main_button
        address = urljoin(page.address, form.action) if form.action else page.address
        return self._follow("POST", address, urlencode(form.data(pressed)))

    def post(self, address: str, data: list[tuple[str, str]]) -> Page:
        return self._follow("POST", address, urlencode(data))

    def _follow(self, method: str, address: str, body: str | None) -> Page:
        for _ in range(10):
            status, location, text = self._fetch(method, address, body)
            if location is None:
                page = read_page(address, status, text)
                self.visited.append(page)
                return page
            method, address, body = "GET", urljoin(address, location), None
        raise AssertionError(f"the redirects of {address} do not end")


def fill_in(form: Form, *, words: str = "Shorter waits, please.") -> dict[str, str | list[str]]:
    """The first choice of everything, and words wherever there is room for them."""
    answers: dict[str, str | list[str]] = {}
    for control in form.controls.values():
        if control.kind in ("radio", "checkbox", "select"):
            answers[control.name] = [control.choices[0]]
        elif control.kind == "textarea":
            answers[control.name] = words
        elif control.kind == "text":
            answers[control.name] = "3"
    return answers
