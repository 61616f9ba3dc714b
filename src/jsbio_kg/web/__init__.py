"""The web: HTTP, and nothing else.

In: a :class:`~jsbio_kg.service.Service`. Out: a WSGI application, made by ``web.app.create_app``
and served by ``web.server.run``. Knows no RDF library: what it needs of a graph it asks the service
for.
Nothing is imported here, so that the server can load the graph while it loads the framework.
"""
