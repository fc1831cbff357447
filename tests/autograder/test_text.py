"""No character of a stranger's text may steer a terminal, a page or a file system."""

import sys
import unicodedata

from autograder.text import file_stem, one_line, plain


def test_every_control_and_format_character_is_dropped():
    for code in range(sys.maxunicode + 1):
        c = chr(code)
        kind = unicodedata.category(c)
        if code in (0x1B, 0x90, 0x98, 0x9B, 0x9D, 0x9E, 0x9F):
            assert c not in plain(f"a{c}b")  # these take what follows along
        elif kind in {"Cc", "Cf", "Zl", "Zp"}:
            assert plain(f"a{c}b") == (f"a{c}b" if c in "\n\t\u200c\u200d" else "ab"), hex(code)
        elif kind == "Cs":
            assert plain(c) == "\ufffd"
        elif kind[0] in "LNPSZ" and code < 0xE0000:
            assert plain(c) == c


def test_terminal_sequences_go_whole():
    assert plain(
        "\x1b[1;31mred\x1b[0m \x1b]0;title\x07bell \x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\ \x1b(Bg0 \x9b2Jc1"
    ) == ("red bell link g0 c1")
    assert plain("\x1bP1$rq\x1b\\dcs\x1b") == "dcs"


def test_one_line_is_one_line():
    assert one_line(" a\r\n\tb\u2028c ") == "a bc"
    assert one_line("x" * 50, 10) == "x" * 9 + "…"


def test_file_stems_are_apart_and_safe():
    names = [
        "ann",
        "ann lee",
        "ann-lee",
        "ann/lee",
        "..",
        "",
        "CON",
        "com1.txt",
        "é",
        "e\u0301",
        "a" * 300,
        "a" * 301,
    ]
    stems = [file_stem(n) for n in names]
    assert len(set(stems)) == len(names)
    assert stems[:3] == ["ann", "ann-lee-e4959174ae7b937f", "ann-lee"]
    for stem in stems:
        assert stem
        assert not set(stem) & set('/\\<>:"|?* \0')
        assert stem.strip(".-") == stem
        assert len(stem.encode()) < 200
