"""English and Chinese are equals: every message has both, with the same values in it."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "src/jsbio_kg/locale/zh/LC_MESSAGES/messages.po"
PLACE = re.compile(r"%\((\w+)\)[#0\- +]?[\d.]*[a-z]")


def messages_of_the_code() -> set[str]:
    with (ROOT / "babel.cfg").open(encoding="utf-8") as stream:
        methods, options = parse_mapping_cfg(stream)
    keywords = {"message": None, "_": None, "gettext": None, "ngettext": (1, 2)}
    found = extract_from_dir(
        str(ROOT / "src"), method_map=methods, options_map=options, keywords=keywords
    )
    return {text[0] if isinstance(text, tuple) else text for _, _, text, _, _ in found}


def translations() -> dict[str, str]:
    with CATALOGUE.open("rb") as stream:
        catalogue = read_po(stream, locale="zh")
    pairs = {}
    for entry in catalogue:
        if not entry.id:
            continue
        source = entry.id[0] if isinstance(entry.id, tuple) else entry.id
        target = entry.string[0] if isinstance(entry.string, tuple) else entry.string
        pairs[source] = target
    return pairs


def test_every_message_is_said_in_chinese() -> None:
    missing = sorted(messages_of_the_code() - translations().keys())
    assert not missing, f'Run "make catalogue", then translate: {missing}'


def test_no_translation_has_lost_its_message() -> None:
    left = sorted(translations().keys() - messages_of_the_code())
    assert not left, f'Run "make catalogue" to drop: {left}'


@pytest.mark.parametrize("source, target", sorted(translations().items()))
def test_a_translation_holds_the_same_values(source: str, target: str) -> None:
    assert target, source
    assert sorted(set(PLACE.findall(source))) == sorted(set(PLACE.findall(target)))
