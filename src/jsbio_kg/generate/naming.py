"""Names of made-up things: in pinyin and in characters, none twice, worked out from a number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["Name", "organisation_name", "park_name", "place_name"]

_SYLLABLES: Final = tuple(
    pair.split(":")
    for pair in """
    an:安 bai:白 bei:北 chang:昌 cheng:城 chun:春 da:大 dong:东 fang:芳 feng:丰 fu:福 gan:甘 gao:高
    guang:广 hai:海 han:汉 he:和 hong:宏 hua:华 hui:惠 ji:吉 jia:嘉 jian:建 jin:金 jing:景 ju:居
    kai:开 kang:康 lan:兰 li:利 lin:林 ling:灵 liu:柳 long:龙 lu:鹿 mei:梅 ming:明 mu:木 nan:南
    ning:宁 ping:平 pu:浦 qi:齐 qing:清 quan:泉 ren:仁 rong:荣 run:润 shan:山 shao:绍 sheng:盛
    shi:石 shou:寿 shui:水 song:松 tai:泰 tian:天 tong:通 wan:万 wei:威 wen:文 wu:武 xi:西 xian:贤
    xiang:祥 xin:新 xing:兴 ya:雅 yan:延 yang:阳 yi:宜 yong:永 yuan:源 yue:岳 yun:云 ze:泽
    zhang:彰 zhen:振 zhong:中 zhou:洲 zhu:珠 zi:紫
    """.split()
)
_TRADES: Final = (
    ("Biologics", "生物"),
    ("Pharmaceuticals", "制药"),
    ("Therapeutics", "药业"),
    ("Diagnostics", "诊断"),
    ("Medical", "医疗"),
    ("Genomics", "基因"),
    ("Vaccines", "疫苗"),
    ("Biotech", "生物技术"),
    ("Instruments", "器械"),
    ("Laboratories", "实验室"),
)
_SITES: Final = (
    ("Biomedical Park", "生物医药园"),
    ("High-tech Zone", "高新区"),
    ("Life Science Park", "生命科学园"),
    ("Medical Device Park", "医疗器械园"),
    ("International Health City", "国际健康城"),
)


@dataclass(frozen=True)
class Name:
    """A name in both languages, and the slug that its IRI ends with."""

    en: str
    zh: str
    slug: str


def place_name(number: int, ending: str = "") -> Name:
    """Return the name of the place of a number.

    :param ending: what Chinese says after the name, such as 市.

    >>> place_name(1, "市")
    Name(en='Hairun', zh='海润市', slug='hairun-1')
    """
    parts = [_SYLLABLES[digit] for digit in _digits(number, len(_SYLLABLES))]
    en = "".join(pinyin for pinyin, _ in parts)
    return Name(en.capitalize(), "".join(sign for _, sign in parts) + ending, f"{en}-{number}")


def park_name(number: int) -> Name:
    """Return the name of the park of a number."""
    return _compound(number, _SITES)


def organisation_name(number: int) -> Name:
    """Return the name of the firm of a number."""
    return _compound(number, _TRADES)


def _compound(number: int, endings: Sequence[tuple[str, str]]) -> Name:
    place = place_name(number // len(endings))
    en, zh = endings[number % len(endings)]
    slug = f"{place.en} {en} {number}".lower().replace(" ", "-")
    return Name(f"{place.en} {en}", place.zh + zh, slug)


def _digits(number: int, base: int) -> list[int]:
    """Return two digits or more; neighbouring numbers get digits that are far from each other.

    Multiplying by a prime permutes the numbers below a power of the base, so none comes twice.
    """
    size = base * base
    while number >= size:
        number, size = number - size, size * base
    number = number * 7919 % size
    digits = []
    while size > 1:
        size //= base
        digits.append(number // size)
        number %= size
    return digits
