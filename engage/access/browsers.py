"""A coarse name for a browser, by which somebody knows their own in a list."""

from __future__ import annotations

# In the order in which they are looked for: most browsers name others as well.
_BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "FxiOS": "Firefox", "Firefox": "Firefox",
    "CriOS": "Chrome", "Chrome": "Chrome", "Safari": "Safari",
}  # fmt: skip
_SYSTEMS = {
    "Windows": "Windows", "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "CrOS": "ChromeOS",
    "Mac OS X": "macOS", "Linux": "Linux",
}  # fmt: skip


def browser_name(user_agent: str) -> str:
    """For example "Firefox on Windows", without a version: enough to tell one's own browsers apart, and no more."""
    browser = next((name for sign, name in _BROWSERS.items() if sign in user_agent), "Another browser")
    system = next((name for sign, name in _SYSTEMS.items() if sign in user_agent), None)
    return f"{browser} on {system}" if system else browser
