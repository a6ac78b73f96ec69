"""What people read exists once, in both languages."""

import re
from pathlib import Path

import attain
from attain.catalogue import TEXTS, Words


def test_every_text_exists_in_both_languages_with_the_same_places() -> None:
    for key, (english, chinese) in TEXTS.items():
        assert english and chinese, key
        assert set(re.findall(r"{(\w+)}", english)) >= set(re.findall(r"{(\w+)}", chinese)), key
        if re.search(r"[a-z]", re.sub(r"{\w+}", "", english)):
            assert re.search(r"[\u4e00-\u9fff]", chinese), key


def test_every_text_that_is_asked_for_is_in_the_catalogue_and_none_is_spare() -> None:
    package = Path(attain.__file__).parent
    sources = [
        file.read_text("utf-8")
        for folder in ("_report", "plots")
        for file in sorted((package / folder).rglob("*"))
        if file.suffix in (".py", ".html")
    ]
    asked = {key for text in sources for key in re.findall(r"\b(?:t|words)\(\s*['\"](\w+)['\"]\s*[,)]", text)}
    quoted = {word for text in sources for word in re.findall(r"['\"](\w+)['\"]", text)}
    assert asked <= set(TEXTS)
    prefixes = ("code_", "severity_", "method_", "quality_", "at_least", "at_most", "rises", "falls")  # made of a word of the data
    spare = {key for key in TEXTS if key not in quoted and not key.startswith(prefixes)}
    assert spare == set()


def test_the_words_of_a_meaning_are_those_of_the_default_method() -> None:
    method = attain.find_method("time_proportional")
    for language in ("en", "zh"):
        for state, label in method.labels(language=language).items():
            assert Words(language)(state).lower() == label
