"""The pages for people, put together.

In: a service. Out: the blueprints of the site's pages, for the application to register.
"""

from flask import Blueprint

from ..service import Service
from . import editor, gallery, home, linked, proofs, releases, search, shelf, things
from .context import Options

__all__ = ["make_blueprints"]


def make_blueprints(service: Service, options: Options) -> list[Blueprint]:
    """Return every blueprint of pages."""
    return [
        home.make_blueprint(service, options),
        gallery.make_blueprint(service, options),
        things.make_blueprint(service, options),
        linked.make_blueprint(service),
        shelf.make_blueprint(service, options),
        editor.make_blueprint(service),
        search.make_blueprint(service),
        proofs.make_blueprint(service),
        releases.make_blueprint(service),
    ]
