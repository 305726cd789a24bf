# cython: language_level=3
"""The boxes of an ordinary note told from its bytes, compiled: the same answers as of `glance`, or none.

`glance` and what it asks say what is read and why; this says nothing else, only sooner, and gives up wherever it is not
sure. The tests hold the two against each other.
"""

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from cpython.unicode cimport PyUnicode_DecodeUTF8
from libc.stdio cimport sprintf
from libc.stdlib cimport free, realloc
from libc.string cimport memchr, memcmp, memcpy

from microwins.parsers.bounds import LONGEST_LINE, MOST_BOXES, MOST_SIGNS

cdef extern from "string.h" nogil:
    const char *memmem(const char *text, size_t length, const char *part, size_t size)

DEF MOST_OPEN = 32
DEF MOST_NAMES = 24
DEF MOST_WORDS = 4
DEF CODE = 4
DEF MOST_DIGITS = 16

cdef Py_ssize_t most_bytes = MOST_SIGNS
cdef Py_ssize_t most_boxes = MOST_BOXES
cdef Py_ssize_t longest_line = LONGEST_LINE
cdef int most_lines = 1000

cdef const char *MENTION = b"microwins"
cdef const char *LIST_BEGIN = b"<!-- microwins:today -->"
cdef const char *LIST_END = b"<!-- /microwins -->"

cdef bint[256] is_sign
cdef unsigned char one
for one in b" \t>*+.)0123456789-":
    is_sign[one] = True


cdef struct Text:
    const char *begin
    const char *start
    const char *end
    int line


cdef struct Place:
    int indent
    int content
    bint late
    bint quoted
    bint is_free


cdef struct Items:
    int[MOST_OPEN] contents
    int count
    bint paragraph
    bint whole


cdef class Written:
    """Boxes written one behind the other, each on a line of its own."""

    cdef char *begin
    cdef Py_ssize_t size, room
    cdef int lines

    def __dealloc__(self):
        free(self.begin)

    cdef int append(self, int line, const char *sign, int length, const char *eol) except -1:
        """Put one behind the others: a sign of so many bytes, and what stands between the bracket behind it and the line's end."""
        cdef Py_ssize_t rest = eol - sign - length - 1
        cdef Py_ssize_t most = self.size + length + rest + MOST_DIGITS
        cdef char *p
        if most > self.room:
            p = <char *>realloc(self.begin, 2 * most)
            if p == NULL:
                raise MemoryError
            self.begin, self.room = p, 2 * most
        p = self.begin + self.size
        p += sprintf(p, "%d ", line)
        memcpy(p, sign, length)
        memcpy(p + length, sign + length + 1, rest)
        p[length + rest] = b"\n"
        self.size = p + length + rest + 1 - self.begin
        self.lines += 1
        return 0

    cdef bytes data(self):
        return PyBytes_FromStringAndSize(self.begin, self.size)


cdef class Look:
    """What notes are looked at for: the tag of goals, without `#`, and the words that make frontmatter more than ordinary."""

    cdef bytes tag
    cdef list words
    cdef bint is_able
    cdef int least

    def __init__(self, str tag, words):
        self.is_able = tag.isascii() and all(word.isascii() for word in words)
        self.tag = tag.casefold().encode("utf-8", "replace")
        self.words = [word.casefold().encode("utf-8", "replace") for word in words]
        self.least = 1 if any(b"ss" in word for word in self.words) else 2

    def boxes(self, bytes data):
        """Return the boxes of an ordinary note as `box_text` writes them, and whether it is one only if it is a daily note; None where that is not sure."""
        cdef Text text
        cdef Py_ssize_t size
        cdef bint listed = False
        if b"\r" in data:
            data = data.replace(b"\r\n", b"\n")
        size = PyBytes_GET_SIZE(data)
        text.begin = text.start = PyBytes_AS_STRING(data)
        text.end = text.begin + size
        text.line = 0
        if not self.is_able or size > most_bytes or (size > most_boxes and data.count(b"[") > most_boxes):
            return None
        if has(&text, b"\0") or has(&text, b"\r"):
            return None
        if not self.pass_frontmatter(&text):
            return None
        if not is_ascii(&text) and not is_utf8(&text):
            return None
        if has(&text, b"<") or has(&text, b"%"):  # without them there is no marker
            listed = memmem(text.begin, size, MENTION, 9) != NULL
            if not is_list_of_the_day(&text) if listed else may_hold_slip(&text):
                return None
        if self.may_hold_tag(&text):
            return None
        boxes = found(&text) if has_box(&text) else b""
        if boxes is None:
            return None
        return boxes, listed or (boxes != b"" and may_date_heading(&text))

    cdef bint may_hold_tag(self, Text *text):
        cdef const char *p = text.begin
        cdef const char *q
        cdef Py_ssize_t size = PyBytes_GET_SIZE(self.tag)
        cdef const char *tag = PyBytes_AS_STRING(self.tag)
        while True:
            p = <const char *>memchr(p, b"#", text.end - p)
            if p == NULL:
                return False
            p += 1
            if text.end - p >= size and is_alike(p, tag, size):
                if p + size == text.end or is_space_or_odd(p[size]):
                    return True
            q = p
            while q < text.end and not is_space(q[0]) and q[0] != b"#":
                if <unsigned char>q[0] >= 0x80 and folds(q, text.end):
                    return True
                q += 1
            p = q

    cdef bint pass_frontmatter(self, Text *text):
        """Return whether a frontmatter, if there is one, is sound and says nothing of ours; the text then begins below it."""
        cdef const char *p = text.begin + (3 if is_mark(text.begin) else 0)
        cdef const char *eol
        cdef const char *body
        cdef const char *names[MOST_NAMES]
        cdef int lengths[MOST_NAMES]
        cdef int count = 0, length, number
        cdef int bullets = -2, indent
        if text.end - p < 3 or memcmp(p, b"---", 3) != 0:
            return True
        if p[3] != b"\n":
            return False
        text.line = 1
        p += 4
        body = p
        while True:
            eol = <const char *>memchr(p, b"\n", text.end - p)
            if eol == NULL:
                return False
            text.line += 1
            if eol - p >= 3 and memcmp(p, b"---", 3) == 0:
                if eol - p != 3:
                    return False
                text.start = eol + 1
                return not self.has_word(body, p)
            if p[0] == b" " or p[0] == b"-":
                if bullets == -2:
                    return False
                indent = 0
                while p[indent] == b" ":
                    indent += 1
                if p[indent] != b"-" or (bullets >= 0 and bullets != indent):
                    return False
                bullets = indent
                p += indent + 1
                if p != eol and (p[0] != b" " or not is_value(p, eol)):
                    return False
            else:
                length = name_length(p, eol)
                if not length or count == MOST_NAMES:
                    return False
                for number in range(count):
                    if lengths[number] == length and memcmp(names[number], p, length) == 0:
                        return False
                names[count], lengths[count] = p, length
                count += 1
                p += length + 1
                bullets = -1 if is_blank(p, eol) else -2
                if bullets == -2 and (p[0] != b" " or not is_value(p, eol)):
                    return False
            p = eol + 1

    cdef bint has_word(self, const char *p, const char *end):
        cdef const char *q = p
        cdef Py_ssize_t size
        while q < end:
            if <unsigned char>q[0] >= 0x80 and folds(q, end) >= self.least:
                return True
            q += 1
        for word in self.words:
            size = len(word)
            q = p
            while end - q >= size:
                if is_alike(q, <const char *><bytes>word, size):
                    if not (is_word(q[-1]) or is_word(q[size])):
                        return True
                q += 1
        return False


cdef inline bint has(Text *text, const char *sign):
    return memchr(text.begin, sign[0], text.end - text.begin) != NULL


cdef inline bint is_mark(const char *p):
    """Return whether this is a byte order mark."""
    return <unsigned char>p[0] == 0xEF and <unsigned char>p[1] == 0xBB and <unsigned char>p[2] == 0xBF


cdef inline bint is_space(char c):
    return c == b" " or (b"\t" <= c <= b"\r") or (28 <= c <= 31)


cdef inline bint is_space_or_odd(char c):
    return is_space(c) or <unsigned char>c >= 0x80


cdef inline bint is_letter(char c):
    return b"a" <= c <= b"z" or b"A" <= c <= b"Z"


cdef inline bint is_digit(char c):
    return b"0" <= c <= b"9"


cdef inline bint is_word(char c):
    """Return whether a sign may be part of a longer name; of signs beyond ASCII that is taken for granted to be none."""
    return is_letter(c) or is_digit(c) or c == b"_" or c == b"/" or c == b"-"


cdef bint is_alike(const char *p, const char *folded, Py_ssize_t size):
    cdef Py_ssize_t place
    cdef char c
    for place in range(size):
        c = p[place]
        if b"A" <= c <= b"Z":
            c += 32
        if c != folded[place]:
            return False
    return True


cdef bint is_ascii(Text *text):
    cdef const char *p
    cdef unsigned char seen = 0
    cdef Py_ssize_t place, size = text.end - text.begin
    p = text.begin
    for place in range(size):
        seen |= <unsigned char>p[place]
    return seen < 0x80


cdef bint is_utf8(Text *text):
    try:
        PyUnicode_DecodeUTF8(text.begin, text.end - text.begin, NULL)
    except UnicodeDecodeError:
        return False
    return True


cdef int folds(const char *p, const char *end):
    """Return 1 where a letter stands here that is two s where case makes no difference, 2 where it is another ASCII letter or two."""
    cdef Py_ssize_t left = end - p
    if left >= 2 and memcmp(p, b"\xc3\x9f", 2) == 0:
        return 1
    if left >= 2 and memcmp(p, b"\xc5\xbf", 2) == 0:
        return 2
    if left < 3:
        return 0
    if memcmp(p, b"\xe1\xba\x9e", 3) == 0:
        return 1
    return 2 if memcmp(p, b"\xe2\x84\xaa", 3) == 0 or memcmp(p, b"\xef\xac", 2) == 0 else 0


cdef bint is_blank(const char *p, const char *eol):
    while p < eol and p[0] == b" ":
        p += 1
    return p == eol


cdef int name_length(const char *p, const char *eol):
    """Return how long the name before the colon of a frontmatter's line is; 0 where it is none of the plain kind."""
    cdef int length = 0
    if not (is_letter(p[0]) or p[0] == b"_"):
        return 0
    while is_letter(p[length]) or is_digit(p[length]) or p[length] == b"_" or p[length] == b"-":
        length += 1
    if length > 60 or p[length] != b":":
        return 0
    if (length == 4 and (is_alike(p, b"null", 4) or is_alike(p, b"true", 4))) or (length == 5 and is_alike(p, b"false", 5)):
        return 0
    return length


cdef bint is_odd_sign(const char *p):
    """Return whether YAML may not allow a sign, or take it for the end of a line."""
    cdef unsigned char c = <unsigned char>p[0]
    if c < 0x20 or c == 0x7F or c == 0xC2 or c == 0xED or c == 0xEE or c == 0xEF:
        return True
    return c == 0xE2 and <unsigned char>p[1] == 0x80


cdef bint may_begin(const char *p):
    """Return whether a text without quotes may begin so in YAML."""
    cdef unsigned char c = <unsigned char>p[0]
    if c == b"0" and (p[1] == b"x" or p[1] == b"o"):
        return False
    return is_letter(c) or is_digit(c) or c == b"_" or c == b"(" or c == b")" or c == b"+" or c == b"." or c == b"/" or c > 0xC2


cdef const char *after_quoted(const char *p, const char *eol):
    """Return what follows a text in quotes, or NULL where it is not of the plain kind."""
    cdef char quote = p[0]
    p += 1
    while p < eol and p[0] != quote:
        if is_odd_sign(p) or p[0] == b"\\":
            return NULL
        p += 1
    if p >= eol:
        return NULL
    p += 1
    return NULL if p < eol and p[0] == quote else p


cdef const char *after_item(const char *p, const char *eol):
    if p < eol and (p[0] == b'"' or p[0] == b"'"):
        return after_quoted(p, eol)
    if p >= eol or not may_begin(p):
        return NULL
    while p < eol and not (p[0] == b"," or p[0] == b"]"):
        if is_odd_sign(p) or p[0] in b":#?[{}":
            return NULL
        p += 1
    return p


cdef const char *skip_spaces(const char *p, const char *eol):
    while p < eol and p[0] == b" ":
        p += 1
    return p


cdef bint is_value(const char *p, const char *eol):
    """Return whether a value after a colon or a dash, and the spaces before it, is of the plain kind: a text or a list of texts."""
    p = skip_spaces(p, eol)
    if p == eol:
        return True
    if p[0] == b'"' or p[0] == b"'":
        p = after_quoted(p, eol)
        return p != NULL and is_blank(p, eol)
    if p[0] == b"[":
        return is_list(p + 1, eol)
    if not may_begin(p):
        return False
    while p < eol:
        if is_odd_sign(p) or (p[0] == b":" and (p + 1 == eol or p[1] == b" ")) or (p[0] == b"#" and p[-1] == b" "):
            return False
        p += 1
    return True


cdef bint is_list(const char *p, const char *eol):
    p = skip_spaces(p, eol)
    while p < eol and p[0] != b"]":
        p = after_item(p, eol)
        if p == NULL:
            return False
        p = skip_spaces(p, eol)
        if p < eol and p[0] == b",":
            p = skip_spaces(p + 1, eol)
            if p < eol and p[0] == b"]":
                return False
        elif p >= eol or p[0] != b"]":
            return False
    return p < eol and is_blank(p + 1, eol)


cdef bint is_list_of_the_day(Text *text):
    """Return whether all that is ours is one plain `today` block, and surely nothing above hides a marker of it."""
    cdef const char *first = memmem(text.begin, text.end - text.begin, MENTION, 9)
    cdef const char *second = memmem(first + 9, text.end - first - 9, MENTION, 9)
    cdef const char *p
    if second == NULL or memmem(second + 9, text.end - second - 9, MENTION, 9) != NULL:
        return False
    if not is_line(text, first - 5, LIST_BEGIN, 24) or not is_line(text, second - 6, LIST_END, 19):
        return False
    if has(text, b"%") or memchr(second, b"<", text.end - second) != NULL:
        return False
    p = text.begin
    while p < second:
        if p[0] == b"`" and p[1] == b"`" and p[2] == b"`":
            return False
        if p[0] == b"~" and p[1] == b"~" and p[2] == b"~":
            return False
        if p[0] == b"$" and p[1] == b"$":
            return False
        if p[0] == b"<" and p != first - 5 and p != second - 6:
            return False
        if p[0] == b"-" and p[1] == b"-" and p[2] == b">" and p != first + 16:
            return False
        p += 1
    return True


cdef bint may_hold_slip(Text *text):
    """Return False only where no comment bears a name that is nearly ours, as marker_slips.py tells it."""
    cdef const char *p = text.begin
    while True:
        p = <const char *>memchr(p, b"<", text.end - p)
        if p == NULL:
            break
        p += 1
        if text.end - p >= 3 and memcmp(p, b"!--", 3) == 0 and is_like_ours(p + 3):
            return True
    p = text.begin
    while True:
        p = <const char *>memchr(p, b"%", text.end - p)
        if p == NULL:
            return False
        p += 1
        if p[0] == b"%" and is_like_ours(p + 1):
            return True


cdef bint is_like_ours(const char *p):
    """Return False only where the word that begins here, or behind a `/`, shares too few letters with our name."""
    cdef int[26] left
    cdef int letters = 0, common = 0, number
    cdef char c
    for number in range(26):
        left[number] = 0
    for number in range(9):
        left[MENTION[number] - c"a"] += 1
    while p[0] == b" " or p[0] == b"\t" or p[0] == b"/":
        p += 1
    while is_letter(p[0]) or p[0] == b"_" or p[0] == b"-":
        if is_letter(p[0]):
            c = (p[0] | 32) - c"a"
            letters += 1
            common += left[c] > 0
            left[c] -= 1
        p += 1
    return 200 * common >= 85 * (9 + letters)


cdef bint is_line(Text *text, const char *p, const char *line, Py_ssize_t size):
    if p < text.begin or text.end - p < size or memcmp(p, line, size) != 0:
        return False
    return (p == text.begin or p[-1] == b"\n") and (p + size == text.end or p[size] == b"\n")


cdef inline int sign_length(const char *p):
    """Return how many bytes a sign has."""
    cdef unsigned char c = <unsigned char>p[0]
    return 1 if c < 0x80 else 2 if c < 0xE0 else 3 if c < 0xF0 else 4


cdef bint has_box(Text *text):
    """Return whether there is anything like a box at all."""
    cdef const char *p = text.begin
    cdef int length
    while True:
        p = <const char *>memchr(p, b"[", text.end - p)
        if p == NULL or text.end - p < 3:
            return False
        p += 1
        if p[0] != b"\n":
            length = sign_length(p)
            if text.end - p > length and p[length] == b"]":
                return True


cdef bint may_date_heading(Text *text):
    """Return False only where surely no heading holds a date."""
    cdef const char *p = text.begin
    cdef const char *q
    cdef bint dated = False
    while True:
        p = <const char *>memchr(p, b"-", text.end - p)
        if p == NULL or text.end - p < 6:
            break
        if p >= text.start - 1 and is_digit(p[1]) and is_digit(p[2]) and p[3] == b"-" and is_digit(p[4]) and is_digit(p[5]):
            dated = True
            q = p
            while q > text.start and q[-1] != b"\n":
                q -= 1
            if is_heading(q):
                return True
            p = <const char *>memchr(p, b"\n", text.end - p)
            if p == NULL:
                break
        p += 1
    return dated and has_underline(text)


cdef bint is_heading(const char *p):
    cdef int count = 0
    while is_sign[<unsigned char>p[0]]:
        p += 1
    while p[count] == b"#":
        count += 1
    return 1 <= count <= 6 and (p[count] == b" " or p[count] == b"\t")


cdef bint has_underline(Text *text):
    cdef const char *p = text.start
    cdef const char *q
    cdef char sign
    while True:
        p = <const char *>memchr(p, b"\n", text.end - p)
        if p == NULL:
            return False
        q = p + 1
        if p > text.begin and p[-1] != b"\n":
            while q < text.end and (q[0] == b" " or q[0] == b"\t" or q[0] == b">"):
                q += 1
            if q < text.end and (q[0] == b"=" or q[0] == b"-"):
                sign = q[0]
                while q < text.end and q[0] == sign:
                    q += 1
                while q < text.end and (q[0] == b" " or q[0] == b"\t"):
                    q += 1
                if q == text.end or q[0] == b"\n":
                    return True
        p += 1


# The boxes, as box_lines.py and open_items.py tell them


cdef bytes found(Text *text):
    """Return the boxes of a text as `box_text` writes them; None where something may hide them."""
    cdef Written boxes = Written.__new__(Written)
    cdef const char *p = text.start
    cdef const char *eol
    cdef const char *q
    cdef const char *between = text.start
    cdef Place place, above = Place(0, 0, False, False, False)
    cdef Items around
    cdef bint has_above = False, may_be_table = False
    cdef int line = text.line, kind, verdict, length
    around.count, around.paragraph, around.whole = 0, False, True
    while p < text.end:
        eol = <const char *>memchr(p, b"\n", text.end - p)
        if eol == NULL:
            eol = text.end
        line += 1
        q = p
        while is_sign[<unsigned char>q[0]]:
            q += 1
        kind = notable(text, p, q, eol)
        if kind == PLAIN:
            if may_be_table:
                if is_table(p, eol):
                    return None
                may_be_table = False
        elif kind == UNSURE:
            return None
        elif kind == HIDDEN:
            eol = after_hidden(text, p, eol, &line)
            has_above = may_be_table = False
            around.count, around.paragraph, around.whole = 0, False, True
            between = eol
        else:
            length = sign_length(q + 1)
            if eol - q > longest_line or boxes.lines == most_lines or not read_place(p, q, &place):
                return None
            verdict = 1
            if not place.is_free:
                verdict = is_box(&place, &above if has_above else NULL, between, p, &around)
                if verdict < 0:
                    return None
            has_above = place.is_free
            above = place
            may_be_table = verdict == 1 and memchr(q + length + 2, b"|", eol - q - length - 2) != NULL
            if verdict == 1:
                boxes.append(line, q + 1, length, eol)
            between = eol
        p = eol + 1
    return boxes.data()


cdef enum:
    PLAIN
    BOX
    HIDDEN
    UNSURE


cdef int notable(Text *text, const char *p, const char *q, const char *eol):
    """Return what a line is whose first sign after its markers is at `q`."""
    cdef char c = q[0]
    cdef int length
    if q >= eol:
        return PLAIN
    if c == b"[":
        return box_kind(q + 1, eol, text.end)
    if c == b"`" or c == b"~":
        if q[1] != c or q[2] != c:
            return PLAIN
        if q != p:
            return UNSURE
        if c == b"~":
            return HIDDEN
        while q < eol and q[0] == b"`":
            q += 1
        return HIDDEN if memchr(q, b"`", eol - q) == NULL else UNSURE
    if c == b"<":
        return angle_kind(p, q, eol)
    if (c == b"%" or c == b"$") and q[1] == c:
        return UNSURE
    if is_mark(q):
        q += 3
        while q[0] == b" " or q[0] == b"\t" or q[0] == b">":
            q += 1
        return UNSURE if (q[0] == b"%" or q[0] == b"$") and q[1] == q[0] else PLAIN
    return PLAIN


cdef int box_kind(const char *p, const char *eol, const char *end):
    cdef int length
    if p >= eol:
        return PLAIN
    length = sign_length(p)
    if eol - p <= length or p[length] != b"]":
        return PLAIN
    p += length + 1
    if p == end or p[0] == b" " or (b"\t" <= p[0] <= b"\r"):
        return BOX
    return UNSURE if <unsigned char>p[0] >= 0x80 else PLAIN


cdef int angle_kind(const char *p, const char *q, const char *eol):
    """Return what a line is that begins with `<`: a comment at the margin is passed over, HTML may hide what follows."""
    if eol - q >= 4 and memcmp(q, b"<!--", 4) == 0:
        if q == p:
            return HIDDEN
        return PLAIN if memmem(q + 4, eol - q - 4, b"-->", 3) != NULL else UNSURE
    if q + 1 < eol and (q[1] == b"/" or q[1] == b"!" or q[1] == b"?" or is_letter(q[1])):
        return UNSURE
    return PLAIN


cdef const char *after_hidden(Text *text, const char *p, const char *eol, int *line):
    """Return the end of the last line of a fence or a comment that begins at `p`, and count its lines."""
    cdef const char *q = p
    cdef char sign = p[0]
    cdef Py_ssize_t length
    if sign == b"<":
        q = memmem(p + 2, text.end - p - 2, b"-->", 3)  # `<!-->` is whole
        if q == NULL:
            q = text.end
        while eol < q:
            line[0] += 1
            eol = next_end(text, eol)
        return eol
    while q < eol and q[0] == sign:
        q += 1
    length = q - p
    while eol < text.end:
        p = eol + 1
        eol = next_end(text, eol)
        line[0] += 1
        if closes(p, eol, sign, length):
            break
    return eol


cdef const char *next_end(Text *text, const char *eol):
    cdef const char *found = <const char *>memchr(eol + 1, b"\n", text.end - eol - 1)
    return text.end if found == NULL else found


cdef bint closes(const char *p, const char *eol, char sign, Py_ssize_t length):
    cdef Py_ssize_t count = 0
    cdef int spaces = 0
    while p < eol and p[0] == b" " and spaces < 3:
        p += 1
        spaces += 1
    while p < eol and p[0] == sign:
        p += 1
        count += 1
    while p < eol and (p[0] == b" " or p[0] == b"\t"):
        p += 1
    return count >= length and p == eol


cdef bint is_table(const char *p, const char *eol):
    while p < eol and (p[0] == b" " or p[0] == b"\t" or p[0] == b">"):
        p += 1
    if p == eol or not (p[0] == b"-" or p[0] == b":" or p[0] == b"|"):
        return False
    while p < eol and (p[0] == b"-" or p[0] == b":" or p[0] == b"|" or p[0] == b" " or p[0] == b"\t"):
        p += 1
    return p == eol


cdef bint read_place(const char *p, const char *end, Place *place):
    """Read the signs before a box; return False where they are not those of one list item."""
    cdef const char *begin = p
    cdef const char *marker
    cdef bint tabs = memchr(p, b"\t", end - p) != NULL
    cdef int spaces
    if end - p > 24:
        return False
    while p[0] == b">":
        p += 1
        if p[0] == b" ":
            p += 1
    place.quoted = p != begin
    place.indent = width(&p)
    marker = p
    place.late = False
    if is_digit(p[0]):
        while is_digit(p[0]):
            p += 1
        if p - marker > 9 or not (p[0] == b"." or p[0] == b")"):
            return False
        place.late = not (p[-1] == b"1" and are_zeros(marker, p - 1))
    elif not (p[0] == b"-" or p[0] == b"*" or p[0] == b"+"):
        return False
    p += 1
    spaces = 0
    while p[0] == b" ":
        p += 1
        spaces += 1
    if p != end or not 1 <= spaces <= 4:
        return False
    if place.quoted and (place.late or place.indent >= CODE or tabs):
        return False
    place.is_free = place.indent < CODE and not place.late and not place.quoted
    place.content = place.indent + <int>(end - marker)
    return True


cdef bint are_zeros(const char *p, const char *end):
    while p < end and p[0] == b"0":
        p += 1
    return p == end


cdef int width(const char **p):
    """Return how many columns white space takes, and pass over it."""
    cdef int columns = 0
    while p[0][0] == b" " or p[0][0] == b"\t":
        columns += 1 if p[0][0] == b" " else CODE - columns % CODE
        p[0] += 1
    return columns


cdef int is_box(Place *place, Place *above, const char *between, const char *line, Items *around):
    """Return 1 where a line begins an item, 0 where it does not, -1 where this is not sure."""
    if above != NULL:
        around.contents[0], around.count, around.paragraph = above.content, 1, True
        around.whole = above.indent == 0
    if place.quoted:
        around.count, around.paragraph, around.whole = 0, True, False
        return 1
    if not pass_over(between, line, around):
        return -1
    return take(place.indent, place.content, place.late, around)


cdef bint pass_over(const char *between, const char *end, Items *around):
    """Take in the lines from the end of the last box to this one; return False where they are not plain."""
    cdef const char *p = between
    cdef const char *eol
    if p < end and p[0] == b"\n":
        p += 1
    while p < end:
        eol = <const char *>memchr(p, b"\n", end - p)
        if not pass_line(p, eol, around):
            return False
        p = eol + 1
    return True


cdef bint pass_line(const char *p, const char *eol, Items *around):
    cdef int indent = width(&p)
    cdef const char *q = p
    cdef int spaces, base
    cdef bint late = False
    if p == eol:
        around.paragraph = False
        return True
    if is_digit(p[0]):
        while is_digit(q[0]):
            q += 1
        if q - p <= 9 and (q[0] == b"." or q[0] == b")"):
            late = not (q[-1] == b"1" and are_zeros(p, q - 1))
        else:
            q = NULL
    elif not (p[0] == b"-" or p[0] == b"*" or p[0] == b"+"):
        q = NULL
    if q != NULL:
        q += 1
        spaces = 0
        while q[0] == b" ":
            q += 1
            spaces += 1
        if 1 <= spaces <= 4 and is_text(q, eol):
            return take(indent, indent + <int>(q - p), late, around) >= 0
    if indent == 0 and p[0] == b"#":
        q = p
        while q[0] == b"#":
            q += 1
        if q - p <= 6 and (q == eol or q[0] == b" "):
            around.count, around.paragraph, around.whole = 0, False, True
            return True
    if not is_text(p, eol):
        return False
    if around.paragraph:
        return True
    base = base_of(indent, around)
    around.paragraph = base >= 0 and indent - base < CODE
    around.whole = around.whole or indent == 0
    return base >= 0


cdef bint is_text(const char *p, const char *eol):
    """Return whether a line is surely no block of its own if it goes on like this."""
    if p >= eol:
        return False
    if is_letter(p[0]) or <unsigned char>p[0] >= 0x80:
        return True
    if p[0] == b"[":
        return p + 1 < eol and p[1] == b"["
    if p[0] == b"*":
        if p + 1 < eol and p[1] == b"*":
            return p + 2 < eol and p[2] != b"*" and not is_space_or_odd(p[2])
        return p + 1 < eol and not is_space_or_odd(p[1])
    if p[0] == b"(" or p[0] == b'"' or p[0] == b"'" or p[0] == b"#":
        return p + 1 < eol and is_letter(p[1])
    return False


cdef int take(int indent, int content, bint late, Items *around):
    cdef int inner, base
    if around.paragraph:
        if not around.count and not around.whole:
            if not (indent < CODE and not late):
                return -1
        else:
            inner = around.contents[around.count - 1] if around.count else 0
            if not (indent < inner + CODE and not (late and indent >= inner)):
                return 0
    base = base_of(indent, around)
    if base < 0 or around.count == MOST_OPEN:
        return -1
    if indent - base >= CODE:
        return -1 if around.paragraph else 0
    around.contents[around.count] = content
    around.count += 1
    around.paragraph = True
    return 1


cdef int base_of(int indent, Items *around):
    """Close the items that a line with this indentation is not part of; return the column of those that stay open."""
    while around.count and around.contents[around.count - 1] > indent:
        around.count -= 1
    if around.count:
        return around.contents[around.count - 1]
    return 0 if around.whole or indent < CODE else -1
