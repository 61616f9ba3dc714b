"""What a text says: numbers in digits and in words, bounds, and names as whole words."""

from decimal import Decimal

import pytest

from jsbio_kg.build.quantities import numbers_in, says_number
from jsbio_kg.build.wording import has_wording


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("13 parks in 2023", "13 2023"),
        ("over 300, more than a quarter", "300 0.25"),
        ("100 million RMB each", "100000000"),
        ("ranking first for five consecutive years", "1 5"),
        ("twenty-five; twenty-first; two hundred fifth", "25 21 205"),
        ("1,234.5 and 1.5 million", "1234.5 1500000"),
        ("26% and fifty per cent", "26 0.26 50 0.5"),
        ("three quarters, half", "0.75 0.5"),
        ("3亿 120万", "300000000 1200000"),
        ("PD-1, [2], G5, v2.0", ""),
    ],
)
def test_numbers_are_read_in_digits_and_in_words(text: str, numbers: str) -> None:
    assert numbers_in(text) == {Decimal(number) for number in numbers.split()}


@pytest.mark.parametrize(
    ("text", "number", "bound"),
    [
        ("over 300 platforms", "300", "minExclusive"),
        ("accounting for more than a quarter", "0.25", "minExclusive"),
        ("sales exceeding 100 million RMB each", "100000000", "minExclusive"),
        ("all rank among top 20", "20", "maxInclusive"),
        ("at least five", "5", "minInclusive"),
        ("fewer than ten", "10", "maxExclusive"),
        ("Among the 4 drugs, 2 come from there", "4", "exactValue"),
        ("moreover 13 parks", "13", "exactValue"),
        ("about 40 firms", "40", ""),
    ],
)
def test_a_number_is_said_as_a_bound_or_as_a_value(text: str, number: str, bound: str) -> None:
    kinds = ("minExclusive", "minInclusive", "maxInclusive", "maxExclusive", "exactValue")
    assert [kind for kind in kinds if says_number(text, Decimal(number), kind)] == (
        [bound] if bound else []
    )
    assert says_number(text, Decimal(number), "listSize")


@pytest.mark.parametrize(
    ("text", "wording", "expected"),
    [
        ("over 300 innovation\n\nplatforms", "Innovation Platform", True),
        ("two therapies", "therapy", True),
        ("the bio-pharmaceutical industry", "pharmaceutical industry", False),
        ("Suzhouling", "Suzhou", False),
        ("Jiangsu's industry", "Jiangsu", True),
        ("生物医药全链条集成创新迎“江苏方案”", "江苏", True),
        ("R&D innovation", "R&D", True),
        ("anything", " ", False),
        ("class", "clas", False),
    ],
)
def test_names_are_found_as_whole_words(text: str, wording: str, expected: bool) -> None:
    assert has_wording(text, wording) is expected
