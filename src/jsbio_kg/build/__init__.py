"""Building: files in, a release out.

In: the Turtle files and saved queries of a project. Out: findings, or a release folder. The only
room that writes Turtle, checks evidence and reasons; what serves never imports it.
"""
