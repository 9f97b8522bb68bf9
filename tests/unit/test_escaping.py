import json
import re

import pytest

from digestgen.escaping import Encoded, attribute, autolink, html, link, markdown, tex, yaml

JOINER = "\u2060"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("x<y>z & more", "x&lt;y&gt;z &amp; more"),
        ("*a* _b_ `c` [d] ~e~ ^f^ |", r"\*a\* \_b\_ \`c\` \[d\] \~e\~ \^f\^ \|"),
        ("# heading", r"\# heading"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
        ("2) item", r"2\) item"),
        ("100. item", r"100\. item"),
        ("1.5 dB", "1.5 dB"),
        ("=====", r"\=\=\=\=="),
        ("performance.In a@b.com (c)", r"performance\.In a\@b\.com \(c)"),
        ("see https://example.org/a", r"see https:\//example\.org/a"),
        ("C# #", r"C\# \#"),
        ("one\n\ntwo", "one two"),
        ("costs $5", "costs <span>$</span>5"),
        ("a\\b", f"a\\\\{JOINER}b"),
        (r"\(x{\)", f"\\\\{JOINER}(x&#123;\\\\{JOINER})"),
        (r"\emph{so} -- ``it'' is", "so – “it” is"),
        (r"\emph{} - x", r"\- x"),
        ('it\'s "so"', 'it\'s "so"'),
    ],
)
def test_prose_is_written_as_literal_markdown(text: str, written: str) -> None:
    assert markdown(text) == written


def test_no_braces_touch_in_prose() -> None:
    assert markdown("{{ x }} {% y %} {# z #}") == (
        f"&#123;{JOINER}&#123; x &#125;{JOINER}&#125; "
        f"&#123;{JOINER}% y %{JOINER}&#125; &#123;{JOINER}\\# z \\#{JOINER}&#125;"
    )


@pytest.mark.parametrize(
    ("formula", "written"),
    [
        ("x_i^*", r"$x\_i\^\*$"),
        (r"\{a\}", r"$\\&#123;a\\&#125;$"),
        ("f'(x) < 1", r"$f&#39;\(x\) &lt; 1$"),
        ("a -- b", r"$a \-\- b$"),
        ("{{a}}", "$&#123; &#123;a&#125; &#125;$"),
        (r"35\%", r"$35\\\%$"),
    ],
)
def test_a_formula_is_written_in_the_escaped_dialect(formula: str, written: str) -> None:
    assert tex(formula) == written


def test_a_displayed_formula_has_doubled_dollars() -> None:
    assert tex("a", display=True) == "$$a$$"
    assert markdown(r"\[ a \]") == "$$a$$"


def test_an_unsound_formula_becomes_prose() -> None:
    assert tex("a{") == "<span>$</span>a&#123;<span>$</span>"
    assert "$" not in tex(r"\href{javascript:x}{y}").replace("<span>$</span>", "")


def test_html_has_entities_and_no_backslash_escapes() -> None:
    assert html('a *b* <c> & "d" $x_i<1$ $5') == (
        "a *b* &lt;c&gt; &amp; &quot;d&quot; $x_i&lt;1$ <span>$</span>5"
    )


def test_an_attribute_holds_no_element_and_no_tag_even_when_decoded_once() -> None:
    assert attribute('"<img onerror=x> $5') == f"&quot;&lt;{JOINER}img onerror=x&gt; $5"


@pytest.mark.parametrize("text", ['a "b" \\ c', "yes", "{{ x }}", "a: b # c", "模型 é", "- [x]"])
def test_a_yaml_scalar_is_a_json_string(text: str) -> None:
    assert json.loads(yaml(text)) == text


@pytest.mark.parametrize("text", ["<details open>", "</p>", "<!--", "<?php", "{{ x }}", "{% x %}"])
def test_a_yaml_scalar_holds_nothing_that_looks_like_a_tag(text: str) -> None:
    assert not re.search(r"<\S|\{\{|\{%|%\}|\}\}", yaml(text))
    assert json.loads(yaml(text)) == text


def test_a_yaml_scalar_has_no_line_separators_and_controls() -> None:
    assert yaml("a\u2028b\x00c\x85d\n") == '"a bc d"'


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://example.org/a?b=c&d=e#f", "<https://example.org/a?b=c&d=e#f>"),
        ("https://example.org/a b>c", "<https://example.org/a%20b%3Ec>"),
        ("http://example.org/{{x}}$y$", "<http://example.org/%7B%7Bx%7D%7D%24y%24>"),
        ("https://example.org/模", "<https://example.org/%E6%A8%A1>"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("https://", r"https:\//"),
    ],
)
def test_only_web_addresses_become_links(url: str, written: str) -> None:
    assert autolink(url) == written


def test_a_link_has_a_literal_label_and_a_closed_address() -> None:
    assert link("a](b)*", "https://example.org/(x)") == r"[a\](b)\*](https://example.org/%28x%29)"
    assert link("down", "#paper-2409-1") == "[down](#paper-2409-1)"
    assert link("no", "data:text/html,x") == "no"


def test_what_is_encoded_is_not_encoded_again() -> None:
    assert link(Encoded("**bold**"), "https://example.org") == "[**bold**](https://example.org)"
