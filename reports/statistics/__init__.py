"""Statistics on plain numbers and arrays: nothing here knows a survey, a database or a page."""
