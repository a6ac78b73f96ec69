"""What people read exists once, in both languages."""

import re
from pathlib import Path

import attain
import pytest
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
        for folder in ("_report", "plots", "excel")
        for file in sorted((package / folder).rglob("*"))
        if file.suffix in (".py", ".html")
    ]
    asked = {key for text in sources for key in re.findall(r"(?:\bt|words)\(\s*['\"](\w+)['\"]\s*[,)]", text)}
    quoted = {word for text in sources for word in re.findall(r"['\"](\w+)['\"]", text)}
    assert asked <= set(TEXTS)
    of_data = ("code_", "severity_", "method_", "quality_", "at_least", "at_most", "rises", "falls")  # made of a word of the data
    prefixes = (*of_data, "column_", "asked_", "choice_")
    spare = {key for key in TEXTS if key not in quoted and not key.startswith(prefixes)}
    assert spare == set()


def test_every_code_of_a_finding_says_what_it_is_about_in_both_languages() -> None:
    header = Path(attain.get_include(), "attain", "core", "codes.hpp").read_text("utf-8")
    codes = re.findall(r"^  X\((\w+)\)", header, re.MULTILINE)
    assert len(codes) > 90
    assert [key for key in TEXTS if key.startswith("code_")] == [f"code_{code}" for code in codes]
    for column in (0, 1):
        texts = [TEXTS[f"code_{code}"][column] for code in codes]
        assert len(set(texts)) == len(texts)


def test_a_language_has_one_word_everywhere_and_its_english_name_does_as_well(now: attain.Evaluation) -> None:
    change = attain.compare(now, now).change()
    reason = attain.Reason.stale
    for code, name in (("en", "english"), ("zh", "chinese")):
        assert Words(name).language == code
        assert change.sentence(name) == change.sentence(code)
        assert reason.sentence(name) == reason.sentence(code)
        assert now["22.1"].status_label(language=name) == now["22.1"].status_label(language=code)
        assert attain.report(now, language=name).markdown() == attain.report(now, language=code).markdown()
    for ask in (Words, change.sentence, reason.sentence, lambda word: attain.report(now, language=word)):
        with pytest.raises(attain.InvalidOption, match="zh or en") as refused:
            ask("fr")
        assert refused.value.findings[0].where == "language"


def test_the_words_of_a_meaning_are_those_of_the_default_method() -> None:
    method = attain.find_method("time_proportional")
    for language in ("en", "zh"):
        for state, label in method.labels(language=language).items():
            assert Words(language)(state).lower() == label
