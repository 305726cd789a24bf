"""Texts of frontmatter, ordinary and odd, on which the quick looks are held against the YAML reader."""

from hypothesis import strategies as st

name = st.sampled_from(
    ["a", "b", "tags", "Tags", "type", "TYPE", "kanban-plugin", "due date", "größe", "true", "Null", "e1", "1", "1.0", "_x", "- a", '"q"', "a b:c", "x ", "é", "e\u0301", "=", "<<", "?", "a#b", "²", "---", "..."]
)  # fmt: skip
scalar = st.sampled_from(
    ["", " ", "goal", "Goal", "#goal", "goal/2026", "goals", "my goal", "win", "2026-01-04", "10:30", "10:30:00", "https://a.b/c?d=e#f", "a: b", "a:", "a #b", "a#b", "# c",
     "1", "1.5", "1e9", "0x1f", "0x" + "f" * 90, "0o7", ".inf", "~", "null", "yes", "=", "<<", "*a", "&a", "!a", "!!int x", "%a", "@a", "`a", "?", "? a", "-", "- a", "-a", "--- a", "...", "...a",
     '"x"', '"[[Note]]"', '"a\\"', '"a\\x"', '"a" b', '"a', "'x'", "'it''s'", "'go''al'", "|\n  goal", ">-\n  my\n  goal", "|\n  a\n b", "'a", "'a' b", "it's", "[a, b]", "[a,b]", "[a, b,]", "[]", "[ ]", "[a: b]", "[a:b]", "[a, 'b, c']", '["a"]', "[goal]", "[#goal]", "[a, goal ]", "[a", "a]", "]a", "}a", "\\a", ";a", "^a", "[[a]]", "[[a|b]]", "[[a], b]", "[a?]", "[?a]", "[-]", "[- a]", "[a #b]", "[,]", "[a,,b]",
     "{a: b}", "{{date}}", "{}", "a, b", "(a) b", "/a", "+1", "$a", "|", "|-", ">", ">+", "| x", "a\tb", "a\t", "\ta", "a\x85b", "a\u2028b", "\ufeffa", "a\ufeff", "\xa0a", "a\xa0", "a\xa0#b", "\udc80", "\x7f", "🙂", "日記", "\ue085", "ſ", "goAl", "<% tp %>", "a\\nb", "ends.  "]
)  # fmt: skip
space = st.sampled_from(["", " ", "  ", " ", "\t"])
comment = st.sampled_from(["", "", "", " # c", "# c", " #", "  # é"])
step = st.sampled_from(["", "", "", " ", "  ", "    ", "\t"])
value = st.builds("{}{}{}{}".format, space, scalar, comment, space)
entry = st.one_of(
    st.builds("{}{}:{}".format, step, name, value),
    st.builds("{}{}:{}".format, step, name, value),
    st.builds("{}-{}".format, step, value),
    st.builds("{}{}".format, step, scalar),
    st.sampled_from(["", "# comment", "  # comment", "  text", " text", "    more"]),
)
end = st.sampled_from(["\n", "\n", "\r\n", "\r"])
yaml_texts = st.builds(
    lambda eol, lines: "".join(f"{line}{eol}" for line in lines), end, st.lists(entry, max_size=7)
)
