"""The web application as production servers load it: ``wsgi:application``."""

from engage.application import create_application

application = create_application()
