"""What can be asked of an open page: whether keys alone are enough, how many bytes it took, what is missing from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

_STOPS = """() => {
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled
    && element.getAttribute("tabindex") !== "-1";
  const all = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")].filter(shown);
  const group = (radio) => all.filter(({ type, name, form }) =>
    type === "radio" && name === radio.name && form === radio.form);
  // Arrow keys go on within a group of radio buttons; Tab stops at the chosen one, or at the first.
  const stops = all.filter((element) => element.type !== "radio"
    || element === (group(element).find((radio) => radio.checked) ?? group(element)[0]));
  const parts = ["outline", "boxShadow", "backgroundColor", "borderColor", "clipPath", "position", "color"];
  const look = (element) => [[element, null], [element.labels?.[0], "::before"], [element.labels?.[0], null]]
    .map(([part, pseudo]) => part ? parts.map((name) => getComputedStyle(part, pseudo)[name]).join() : "").join();
  const told = { seen: [], unseen: [], count: stops.length };
  const named = (element) => element.outerHTML.slice(0, 90);
  const before = new Map(stops.map((element) => [element, look(element)]));
  document.addEventListener("focusin", ({ target }) => {
    if (!before.has(target)) return;
    told.seen.push(stops.indexOf(target));
    if (look(target) === before.get(target)) told.unseen.push(named(target));
  });
  window.tabbing = () => ({ ...told, missed: stops.filter((_, place) => !told.seen.includes(place)).map(named) });
  document.body.tabIndex = -1;
  document.body.focus();
  // A date has a stop for its day, month, year and calendar; a page within the page has its own.
  const frames = [...document.querySelectorAll("iframe")].map((one) => one.contentDocument);
  const within = frames.flatMap((one) => [...one.querySelectorAll("a, button, input")]).length;
  return { count: stops.length, more: 4 * document.querySelectorAll("input[type=date]").length + within + 3 };
}"""

_DANGEROUS = "^(remove|delete|take out|move|withdraw|stop|sign out|undo|merge|split|end )"
_FORMS = """(dangerous) => [...document.forms].flatMap((form) => {
  const lines = [...form.elements].filter((field) =>
    field.matches("input:not([type=hidden], [type=checkbox], [type=radio], [type=file], [type=submit])"));
  const first = [...form.elements].find((one) => one.type === "submit");
  if (!lines.length) return [];
  if (!first) return [`${form.action}: no button, so that Enter does nothing`];
  return new RegExp(dangerous, "i").test(first.innerText.trim())
    ? [`${form.action}: Enter in a field presses “${first.innerText.trim()}”`] : [];
})"""

_CUT_OFF = """() => [...document.querySelectorAll("caption")].filter((caption) => {
  const words = document.createRange();
  words.selectNodeContents(caption);
  const seen = caption.checkVisibility() && !caption.classList.contains("nhsuk-u-visually-hidden");
  return seen && words.getBoundingClientRect().right > document.documentElement.clientWidth;
}).map((caption) => caption.innerText)"""

_BYTES = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .map((entry) => [entry.name, entry.encodedBodySize])"""


def keyboard_faults(page: Page) -> list[str]:
    """What somebody who has no mouse would miss: Tab is pressed once through the whole page."""
    stops: dict[str, int] = page.evaluate(_STOPS)
    for presses in (stops["count"], stops["more"]):
        for _ in range(presses):
            page.keyboard.press("Tab")
        told: dict[str, Any] = page.evaluate("window.tabbing()")
        if not told["missed"]:
            break
    reached = list(dict.fromkeys(told["seen"]))
    faults = [f"Tab does not reach {one}" for one in told["missed"]]
    faults += [f"no visible focus on {one}" for one in dict.fromkeys(told["unseen"])]
    if reached != sorted(reached):
        faults.append(f"Tab goes through the page in the order {reached}")
    return faults + page.evaluate(_FORMS, _DANGEROUS)


def frame_faults(page: Page) -> list[str]:
    """One main heading, a title, nothing to be scrolled sideways, and captions that can be read to their end."""
    faults = []
    if page.locator("h1").count() != 1:
        faults.append(f"{page.locator('h1').count()} main headings")
    if len(page.title().removesuffix("– Engage").strip()) < 3:
        faults.append(f"the title is {page.title()!r}")
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        faults.append("scrolls sideways")
    return faults + [f"the caption “{caption}” is cut off" for caption in page.evaluate(_CUT_OFF)]


def fetched(page: Page) -> list[tuple[str, int]]:
    """Address and compressed size of everything that the page is made of, whether it came from the cache or not."""
    return list({name: size for frame in page.frames for name, size in frame.evaluate(_BYTES)}.items())
