"""The web: HTTP, and nothing else.

In: a :class:`~jsbio_kg.service.Service`. Out: a WSGI application. Knows no RDF library; what it
needs of a graph it asks the service for.
"""

from .app import create_app

__all__ = ["create_app"]
