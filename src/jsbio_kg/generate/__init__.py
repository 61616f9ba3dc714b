"""The generator: the project, grown to any size with documents that it makes up.

In: a project, a number of triples and a seed. Out: another project, whose files are those of the
first and, for each made-up document, its text, facts, names and evidence. The same numbers give
the same bytes, on any version of Python. Memory holds one document at a time.
"""

from .project import Generated, generate_project

__all__ = ["Generated", "generate_project"]
