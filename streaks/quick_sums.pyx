# cython: language_level=3
"""Boxes added up as `box_sums.SumsInPython` does it, compiled: the tests hold the two against each other."""

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from libc.stdlib cimport calloc, free, realloc
from libc.string cimport memchr, memcpy, memset

from zlib import compress

from microwins.parsers.task import State
from microwins.streaks.known_boxes import DEPENDS, MOST_BODIES, OF_NONE
from microwins.streaks.packed_boxes import PackedBoxes

DEF LETTERS = 32768

cdef int depends = DEPENDS, of_none = OF_NONE
cdef Py_ssize_t most_bodies = MOST_BODIES
cdef char DONE = b"d", SKIPPED = b"s", OPEN = b"o"
cdef dict letter_of = {state: ord(state.value[0]) for state in State}

cdef bint[256] is_plain
cdef unsigned char sign
for sign in b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .,;!?'-":
    is_plain[sign] = True


cdef struct Meaning:
    int sort
    int done
    int cancelled
    bint frog


cdef struct Box:
    unsigned int note
    unsigned int line
    int day
    int sort
    char state


cdef class QuickSums:
    cdef object known_boxes, other_wins, statuses
    cdef dict known
    cdef set days
    cdef Meaning *meanings
    cdef Py_ssize_t known_count
    cdef Box *boxes
    cdef Py_ssize_t count, room
    cdef char[128] letters
    cdef unsigned char *heads
    cdef bint is_undated
    cdef readonly Py_ssize_t undated

    def __cinit__(self):
        self.meanings = <Meaning *>calloc(most_bodies, sizeof(Meaning))
        self.heads = <unsigned char *>calloc(LETTERS // 8, 1)
        if self.meanings == NULL or self.heads == NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self.meanings)
        free(self.heads)
        free(self.boxes)

    def __init__(self, known, other_wins):
        cdef int place
        self.known_boxes, self.other_wins = known, other_wins
        self.known, self.days = {}, set()
        self.statuses = known.statuses
        memset(self.letters, OPEN, sizeof(self.letters))
        for symbol, state in known.statuses.items():
            if len(symbol) == 1 and symbol.isascii():
                self.letters[ord(symbol)] = letter_of[state]
        for head in known.heads:
            if len(head) == 4 and head.isascii() and head[1:].isalpha():
                place = head_place(PyBytes_AS_STRING(head.lower().encode()))
                self.heads[place >> 3] |= 1 << (place & 7)

    def take(self, str path, Py_ssize_t note, int day, bytes boxes):
        cdef const char *p = PyBytes_AS_STRING(boxes)
        cdef const char *end = p + PyBytes_GET_SIZE(boxes)
        cdef const char *eol
        cdef unsigned int line
        cdef int when, first = -1, sort, wins = 0, win_day = 0
        cdef char state
        cdef bint counts, several = False
        cdef Meaning *known
        self.is_undated = False
        while p < end:
            line = 0
            eol = <const char *>memchr(p, b"\n", end - p)
            if eol == NULL:
                raise ValueError("no boxes in one piece")
            while p < eol and p[0] != b" ":
                line = line * 10 + (p[0] - 48)
                p += 1
            p = self.read_state(p + 1, eol, &state)
            if self.is_unknown(p, eol):
                if state != DONE:
                    p = eol + 1
                    continue
                when, counts = day, True
            else:
                known = self.meaning(p, eol)
                sort = known.sort
                if sort == depends:
                    sort = self.known_boxes.sort_in(path, line, text(p, eol))
                if sort != of_none:
                    when = day if day else written(known, state)
                    self.append(note, line, when, sort, state)
                    self.is_undated |= not day
                    counts = False
                elif state == DONE:
                    when = known.done if known.done else day
                    counts = True
                elif known.frog:
                    when = written(known, state)
                    when = when if when else day
                    counts = False
                else:
                    p = eol + 1
                    continue
            if first < 0:
                first = when
            elif when != first and not several:
                several = True
                self.days = {first}
            if several:
                self.days.add(when)
            if counts:
                if wins and when != win_day:
                    self.add_wins(win_day, wins)
                    wins = 0
                win_day = when
                wins += 1
            p = eol + 1
        if wins:
            self.add_wins(win_day, wins)
        if first < 0:
            return None
        if several:
            self.days.discard(0)
            return sorted(self.days)
        return (first,) if first else ()

    def put(self, Py_ssize_t note, unsigned int line, state, int day, int sort):
        self.append(note, line, day, sort, letter_of[state])

    def has_undated(self):
        return self.is_undated

    def wins(self, notes):
        """Return the boxes of each micro-win, which are sorted for it in one go."""
        data, ends = notes.packed()
        ids = [win_id for win_id, _ in self.known_boxes.sorts]
        places = {win_id: place for place, win_id in enumerate(dict.fromkeys(ids))}
        cdef bytes win_of = b"".join([places[one].to_bytes(4, "little") for one in ids])
        cdef unsigned int *win = <unsigned int *>PyBytes_AS_STRING(win_of)
        cdef Py_ssize_t wins = len(places), at, begin
        cdef Py_ssize_t *starts = <Py_ssize_t *>calloc(wins + 1, sizeof(Py_ssize_t))
        cdef Box **ordered = <Box **>calloc(self.count + 1, sizeof(Box *))
        try:
            if starts == NULL or ordered == NULL:
                raise MemoryError
            for at in range(self.count):
                starts[win[self.boxes[at].sort] + 1] += 1
            for at in range(wins):
                starts[at + 1] += starts[at]
            for at in range(self.count):
                begin = win[self.boxes[at].sort]
                ordered[starts[begin]] = &self.boxes[at]
                starts[begin] += 1  # where the boxes of each micro-win end, after all of them
            found = {}
            for win_id, place in places.items():
                begin = starts[place - 1] if place else 0
                if starts[place] > begin:
                    found[win_id] = self.columns(ordered + begin, starts[place] - begin, data, ends)
            return found
        finally:
            free(starts)
            free(ordered)

    cdef columns(self, Box **boxes, Py_ssize_t count, bytes data, bytes ends):
        """Return the boxes of one micro-win as they are kept."""
        cdef bytes lines = PyBytes_FromStringAndSize(NULL, 4 * count)
        cdef bytes states = PyBytes_FromStringAndSize(NULL, count)
        cdef bytes days = PyBytes_FromStringAndSize(NULL, 4 * count)
        cdef unsigned int *line = <unsigned int *>PyBytes_AS_STRING(lines)
        cdef char *state = PyBytes_AS_STRING(states)
        cdef int *day = <int *>PyBytes_AS_STRING(days)
        cdef Py_ssize_t at
        more = []
        for at in range(count):
            line[at], state[at], day[at] = boxes[at].line, boxes[at].state, boxes[at].day
            told = self.known_boxes.sorts[boxes[at].sort][1]
            if told:
                more.append(b"%d\n%b" % (at, told))
        return PackedBoxes(compress(joined(boxes, count, data, ends), 1), lines, states, days, b"\n".join(more))

    cdef const char *read_state(self, const char *p, const char *eol, char *state) except NULL:
        """Read the sign in a box; return where what follows it begins."""
        cdef unsigned char c = <unsigned char>p[0]
        cdef int length = 1 if c < 0x80 else 2 if c < 0xE0 else 3 if c < 0xF0 else 4
        if eol - p < length:
            raise ValueError("no boxes in one piece")
        if length == 1:
            state[0] = self.letters[c]
        else:
            symbol = PyBytes_FromStringAndSize(p, length).decode("utf-8", "surrogatepass")
            state[0] = letter_of[self.statuses.get(symbol, State.OPEN)]
        return p + length

    cdef bint is_unknown(self, const char *p, const char *eol):
        """Return whether a box of only words surely belongs to no micro-win, as `Catalog.is_unknown` tells at once."""
        cdef int place
        if eol - p < 4 or p[0] != b" " or not (is_letter(p[1]) and is_letter(p[2]) and is_letter(p[3])):
            return False
        place = head_place(p)
        if self.heads[place >> 3] >> (place & 7) & 1:
            return False
        while p < eol:
            if not is_plain[<unsigned char>p[0]]:
                return False
            p += 1
        return True

    cdef Meaning *meaning(self, const char *p, const char *eol) except NULL:
        """Return what a box of this text means."""
        cdef bytes body = PyBytes_FromStringAndSize(p, eol - p)
        cdef Meaning *found
        place = self.known.get(body)
        if place is not None:
            return &self.meanings[<Py_ssize_t>place]
        learned = self.known_boxes.learn(text(p, eol))
        if self.known_count == most_bodies:
            self.known.clear()
            self.known_count = 0
        found = &self.meanings[self.known_count]
        found.sort, found.done, found.cancelled, found.frog = learned
        self.known[body] = self.known_count
        self.known_count += 1
        return found

    cdef int append(self, Py_ssize_t note, unsigned int line, int day, int sort, char state) except -1:
        cdef Box *boxes
        if self.count == self.room:
            boxes = <Box *>realloc(self.boxes, (2 * self.room + 1024) * sizeof(Box))
            if boxes == NULL:
                raise MemoryError
            self.boxes, self.room = boxes, 2 * self.room + 1024
        self.boxes[self.count] = Box(<unsigned int>note, line, day, sort, state)
        self.count += 1
        return 0

    cdef int add_wins(self, int day, int wins) except -1:
        if day:
            self.other_wins.add(day, wins)
        else:
            self.undated += wins
        return 0


cdef inline bint is_letter(char c):
    return b"a" <= c | 32 <= b"z"


cdef inline int head_place(const char *p):
    """Return a number for the three letters behind a space, large ones as small ones."""
    return (p[1] & 31) << 10 | (p[2] & 31) << 5 | (p[3] & 31)


cdef inline int written(Meaning *known, char state):
    """Return the day that the text gives to a box of this state."""
    return known.done if state == DONE else known.cancelled if state == SKIPPED else 0


cdef str text(const char *p, const char *eol):
    return PyBytes_FromStringAndSize(p, eol - p).decode("utf-8", "surrogatepass")


cdef bytes joined(Box **boxes, Py_ssize_t count, bytes data, bytes ends):
    """Return the paths of the notes that boxes stand in, with a NUL between them."""
    cdef const char *texts = PyBytes_AS_STRING(data)
    cdef unsigned int *end = <unsigned int *>PyBytes_AS_STRING(ends)
    cdef Py_ssize_t at, size = count - 1
    cdef unsigned int note, begin
    cdef bytes found
    cdef char *p
    for at in range(count):
        note = boxes[at].note
        size += end[note] - (end[note - 1] if note else 0)
    found = PyBytes_FromStringAndSize(NULL, size)
    p = PyBytes_AS_STRING(found)
    for at in range(count):
        note = boxes[at].note
        begin = end[note - 1] if note else 0
        if at:
            p[0] = 0
            p += 1
        memcpy(p, texts + begin, end[note] - begin)
        p += end[note] - begin
    return found
