"""The tables of the index.

One SQLite file. Numbers of things follow their prominence, so that the full-text index, which gives
its rows in the order of their numbers, gives the most prominent things first and can stop early
however many there are.
"""

import sqlite3
from typing import Final

__all__ = [
    "ABOUT",
    "ADDRESS",
    "ALIAS",
    "FORMAT",
    "IDENTIFIER",
    "LABEL",
    "ROLES",
    "create",
    "finish",
]

#: Changes with the tables or with what is written into them.
FORMAT: Final = "2"

#: What a name is to its thing, the most telling first.
LABEL, ALIAS, IDENTIFIER, ADDRESS, ABOUT = range(5)
ROLES: Final = ("label", "alias", "identifier", "address", "description")

_TABLES: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE thing (
  id INTEGER PRIMARY KEY, iri TEXT UNIQUE, kind TEXT,
  label_en TEXT, label_zh TEXT, about_en TEXT, about_zh TEXT
);
CREATE TABLE name (
  id INTEGER PRIMARY KEY, thing INTEGER, role INTEGER, language TEXT,
  text TEXT, key TEXT, sound TEXT
);
CREATE TABLE kind (
  name TEXT PRIMARY KEY, label_en TEXT, label_zh TEXT, count INTEGER
) WITHOUT ROWID;
CREATE TABLE syllable (text TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT, count INTEGER);
CREATE TABLE stump (text TEXT, word INTEGER, PRIMARY KEY (text, word)) WITHOUT ROWID;
CREATE TABLE term (id INTEGER PRIMARY KEY, iri TEXT, is_class INTEGER, label_en TEXT, label_zh TEXT,
  sound TEXT, count INTEGER);
CREATE TABLE usage (class INTEGER, property INTEGER, count INTEGER,
  PRIMARY KEY (class, property)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(
  names, sounds, initials, about, content='', tokenize='ascii', prefix='1 2 3 4 5'
);
"""
_INDEXES: Final = """
CREATE INDEX name_key ON name (key, thing);
CREATE INDEX name_thing ON name (thing);
CREATE INDEX thing_kind ON thing (kind, id);
"""


def create(connection: sqlite3.Connection) -> None:
    """Make the tables; what fills them calls :func:`finish`."""
    connection.executescript(_TABLES)


def finish(connection: sqlite3.Connection) -> None:
    """Make what is quicker to make at the end."""
    connection.executescript(_INDEXES)
    connection.execute("INSERT INTO words(words) VALUES ('optimize')")
