"""A bare Flask application with one constant page, under the server that Engage runs under: the unit of the others."""

from __future__ import annotations

import sys

from flask import Flask

from engage.serving import Server
from engage.settings import load_settings

application = Flask("constant")
PAGE = (
    '<!DOCTYPE html>\n<html lang="en">\n<title>Constant</title>\n<p>'
    + "The same words for everybody. " * 30
    + "</p>\n</html>\n"
)


@application.get("/")
def page() -> str:
    return PAGE


class ConstantServer(Server):
    """The same server with the same options, and nothing to do."""

    def load(self) -> Flask:
        return application


if __name__ == "__main__":
    ConstantServer(load_settings(), None, host="127.0.0.1", port=int(sys.argv[1]), workers=1).run()
