"""``python -m engage``: the same as the ``engage`` command."""

from __future__ import annotations

from engage.commands import main

main()
