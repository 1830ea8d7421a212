"""Every page that staff and readers of previews can open, from the application's own list of addresses.

A new part of an address goes into ``_parts``; the test that every address is visited says which are missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from werkzeug.routing import Rule

from engage.application import create_application
from engage.settings import Settings
from tests.browser import visitor
from tests.end_to_end.staff_site import EMAIL, NEWCOMER, PRINTS, REPORT, SCREENING, SECURED, StaffSite
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

State = Literal["live", "draft", "empty"]
STATES: tuple[State, ...] = ("live", "draft", "empty")
NOBODY = ""
# These are seen by somebody else than the officer who sees all the others.
_PEOPLE = {
    "access.sign_in": NOBODY,
    "invitation.accept": NOBODY,
    "second_factor.ask": f"half signed in: {SECURED}",
    "second_factor.off": SECURED,
    "second_factor.recovery_codes": SECURED,
}


@dataclass(frozen=True, slots=True)
class StaffPage:
    """One address in one state, and whose browser opens it (an address of an account)."""

    endpoint: str
    path: str
    state: State
    person: str

    @property
    def is_preview(self) -> bool:
        """Whether it shows respondents' pages, whose titles repeat."""
        return self.endpoint.startswith("preview.")

    @property
    def name(self) -> str:
        """For a file: what the page is, in plain words."""
        return f"{self.state}-{self.endpoint.replace('.', '-').replace('_', '-')}"


def rules(settings: Settings) -> list[Rule]:
    """Every address that staff and readers of previews open, the first first."""
    application = create_application(settings)
    found = [
        rule
        for rule in application.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.rule.startswith(("/staff", "/preview"))
    ]
    application.extensions["engage"].database.close()
    return sorted(found, key=lambda rule: rule.rule)


def addresses(site: StaffSite) -> Iterator[StaffPage]:
    """Each address in each state in which it can be asked for; some lead nowhere in some states."""
    for rule in rules(site.settings):
        for state in STATES:
            parts = _parts(site, rule.endpoint, state)
            missing = rule.arguments - parts.keys()
            assert not missing, f"say in _parts what stands for {missing} of {rule.rule}"
            path = re.sub(r"<(?:[^:>]+:)?(\w+)>", lambda found, parts=parts: parts[found[1]], rule.rule)  # type: ignore[misc]  # mypy cannot see the default of a lambda's argument.
            if person := _person(rule, state):
                yield StaffPage(rule.endpoint, path, state, person[0])


def _person(rule: Rule, state: State) -> tuple[str] | None:
    """Whose browser opens the address in this state; None where the state is not one of its own."""
    if rule.endpoint in _PEOPLE:
        return (_PEOPLE[rule.endpoint],) if state == "live" else None
    if "token" in rule.arguments:
        return (NOBODY,) if state == "draft" else None
    if rule.endpoint.startswith("preview."):
        # Respondents' pages are the same in every state.
        return (EMAIL,) if state == "draft" else None
    if "slug" in rule.arguments and "owner" not in rule.arguments:
        return (EMAIL,)
    return {"live": (EMAIL,), "draft": None, "empty": (NEWCOMER,)}[state]


def _parts(site: StaffSite, endpoint: str, state: State) -> Mapping[str, str]:
    blueprint, _, view = endpoint.partition(".")
    slug = {"live": site.live, "draft": site.draft, "empty": site.empty}[state]
    page = "age" if view.endswith("about_you") else "matters-most"
    known = {
        **site.parts,
        "slug": slug,
        "language": "ar" if blueprint.startswith("edition") else "en",
        "theme_id": "faster-care",
        "key": "connection",
        "scale_id": "importance",
        "page_id": page,
        "name": REPORT,
        "file": "board-report.pdf",
        "edition": "1",
        "item_key": "faster-care.comment",
        "token": site.parts["invitation" if blueprint == "invitation" else "preview"],
    }
    if blueprint == "second_coding":
        known |= {"frame_id": site.parts["blind_frame"], "ref": site.parts["blind_ref"]}
    elif blueprint == "shared":
        known["slug"] = site.parts["shared"]
    elif blueprint == "edition_files":
        known["key"] = site.parts["sheet"]
    elif blueprint == "sharing_prints":
        known |= {"name": PRINTS, "file": "prints.zip"}
    elif blueprint == "comments":
        known["name"] = SCREENING
    elif blueprint == "live":
        known["name"] = "funnel"
    elif view.endswith("document"):
        known["name"] = "summary.pdf"
    return known


class People:
    """A browser for each person, opened when it is first needed."""

    def __init__(self, browser: Browser, site: StaffSite, stack: ExitStack, options: Mapping[str, Any]) -> None:
        self._browser, self._site, self._stack, self._options = browser, site, stack, options
        self._known: dict[str, BrowserContext] = {}

    def of(self, person: str) -> BrowserContext:
        """The browser of whoever has this address, signed in."""
        if person not in self._known:
            options = {"base_url": self._site.address, "device_scale_factor": 1, **self._options}
            context = self._stack.enter_context(visitor(self._browser, **options))
            if person in self._site.sessions:
                cookie = {"name": "engage-staff", "value": self._site.sessions[person], "url": self._site.address}
                context.add_cookies([cookie])  # type: ignore[list-item]  # Playwright's typed dictionary says no more.
            elif person != NOBODY:
                _give_password(context, person.rpartition(" ")[2])
            self._known[person] = context
        return self._known[person]


def _give_password(context: BrowserContext, email: str) -> None:
    """Half signed in: what is left is the code of the second factor."""
    page = context.new_page()
    page.goto("/staff/sign-in")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    # A browser that is told to close a page on its way to another one may never answer.
    page.wait_for_url("**/second-factor?**")
    page.close()


@contextmanager
def people(browser: Browser, site: StaffSite, **options: Any) -> Iterator[People]:
    """The browsers of everybody, all with these options, until the block ends."""
    with ExitStack() as stack:
        yield People(browser, site, stack, options)
