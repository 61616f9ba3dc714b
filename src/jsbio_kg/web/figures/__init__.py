"""Figures: drawn on the server as SVG, styled by the classes of the one stylesheet.

In: values that a page already shows as text. Out: sizes and places for the templates in
``templates/figures``. No figure says anything that its page does not also say in words.
"""

from .bars import Bars, draw_bars
from .map import Map, Mark, draw_map
from .neighbourhood import Neighbour, Neighbourhood, draw_neighbourhood
from .tiles import Tiles, draw_tiles
from .timeline import Timeline, draw_timeline

__all__ = [
    "Bars",
    "Map",
    "Mark",
    "Neighbour",
    "Neighbourhood",
    "Tiles",
    "Timeline",
    "draw_bars",
    "draw_map",
    "draw_neighbourhood",
    "draw_tiles",
    "draw_timeline",
]
