"""The web application and the command line: the only package that knows Flask, sessions and HTTP."""
