"""A view asks for what it shows by functions that are bound to one organisation, and holds no query of its own."""

import ast

from tests.guarantees.repository import ROOT, place, python_files

QUERIES = {"select", "update", "delete", "insert", "text", "func", "exists"}


def imported_queries(source: str) -> list[tuple[int, str]]:
    return [
        (node.lineno, alias.name)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "sqlalchemy"
        for alias in node.names
        if alias.name in QUERIES
    ]


def test_modules_with_routes_import_nothing_to_query_with() -> None:
    faults = []
    for path in python_files():
        source = path.read_text(encoding="utf-8")
        if path.relative_to(ROOT).parts[0] == "engage" and "Blueprint(" in source:
            faults += [f"{place(path, line)}: imports {name}" for line, name in imported_queries(source)]
    assert not faults, "\n".join(faults)


def test_a_query_would_be_noticed() -> None:
    assert imported_queries("from sqlalchemy import Row, select") == [(1, "select")]
