"""A knowledge graph of the bio-pharmaceutical industry of Jiangsu Province.

Files (``ontology/``, ``data/``, ``queries/``) are built into a release; a release is served.
"""

__version__ = "0.1.0"
