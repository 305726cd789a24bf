# cython: language_level=3
"""Boxes added up as `box_sums.SumsInPython` does it, compiled: the tests hold the two against each other."""

from cpython.bytearray cimport PyByteArray_AS_STRING
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from cpython.mem cimport PyMem_Free, PyMem_Malloc, PyMem_Realloc
from cpython.ref cimport Py_CLEAR, Py_XDECREF, PyObject
from cpython.unicode cimport PyUnicode_AsUTF8AndSize
from libc.stdlib cimport calloc, free, realloc
from libc.string cimport memchr, memcmp, memcpy, memmove, memset

from microwins.parsers.task import State
from microwins.streaks.box_paths import pattern_of
from microwins.streaks.daily_notes import DailyNotes
from microwins.streaks.day_numbers import PAGE, DayNumbers
from microwins.streaks.known_boxes import DEPENDS, MOST_BODIES, OF_NONE
from microwins.streaks.ledger_state import LedgerState
from microwins.streaks.made_values import MadeValues
from microwins.streaks.note_days import NoteDays
from microwins.streaks.packed_boxes import PackedBoxes, written_kind
from microwins.streaks.texts import BLOCK

DEF LETTERS = 32768
DEF MOST_SHARED = 254
DEF MOST_OF_BOX = 20
DEF IN_A_ROW = 4

cdef extern from "Python.h":
    PyObject *new_bytes "PyBytes_FromStringAndSize"(const char *data, Py_ssize_t size) except NULL
    int _PyBytes_Resize(PyObject **held, Py_ssize_t size) except -1

cdef int depends = DEPENDS, of_none = OF_NONE, page_days = PAGE, block = BLOCK
cdef Py_ssize_t most_bodies = MOST_BODIES
cdef char DONE = b"d", SKIPPED = b"s", OPEN = b"o"
cdef dict letter_of = {state: ord(state.value[0]) for state in State}

cdef bint[256] is_plain
cdef unsigned char sign
for sign in b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .,;!?'-":
    is_plain[sign] = True


cdef struct Meaning:
    int win
    int more
    int done
    int cancelled
    bint frog


cdef struct Known:
    # What the text that stands behind this means.
    Meaning meaning
    unsigned int size


cdef struct Boxes:
    # Those of one micro-win: of each the number of its path's pattern, the days since the one before, its line and its kind.
    unsigned char *begin
    unsigned int size, room
    int day


cdef class Column:
    """Bytes that grow at their end, made to be one value of Python's: `data` copies nothing."""

    cdef PyObject *held
    cdef char *begin
    cdef Py_ssize_t size, room

    def __dealloc__(self):
        Py_XDECREF(self.held)

    cdef int put(self, const void *data, Py_ssize_t size) except -1:
        if self.size + size > self.room:
            self.resize(self.size + size + self.room // 8 + 1024)
        memcpy(self.begin + self.size, data, size)
        self.size += size
        return 0

    cdef int number(self, unsigned int number) except -1:
        return self.put(&number, sizeof(number))

    cdef int resize(self, Py_ssize_t room) except -1:
        if self.held == NULL:
            self.held = new_bytes(NULL, room)
        else:
            _PyBytes_Resize(&self.held, room)
        self.begin, self.room = PyBytes_AS_STRING(<object>self.held), room
        return 0

    cdef bytes data(self):
        """Return what was put here, which is let go of."""
        if not self.size:
            return b""
        self.resize(self.size)
        found = <bytes>self.held
        Py_CLEAR(self.held)
        self.begin, self.size, self.room = NULL, 0, 0
        return found


cdef class Paths:
    """Paths one behind the other, as `Texts` packs them, and whether they came in their order."""

    cdef Column texts, starts, last
    cdef Py_ssize_t count
    cdef bint in_order

    def __cinit__(self):
        self.texts, self.starts, self.last = Column(), Column(), Column()
        self.in_order = True

    cdef int put(self, str path) except -1:
        cdef Py_ssize_t size
        cdef const char *text
        try:
            text = PyUnicode_AsUTF8AndSize(path, &size)
            return self.put_text(text, size)
        except UnicodeEncodeError:
            data = path.encode("utf-8", "surrogatepass")
            return self.put_text(PyBytes_AS_STRING(data), PyBytes_GET_SIZE(data))

    cdef int put_text(self, const char *text, Py_ssize_t size) except -1:
        cdef Py_ssize_t shared = 0, most = min(size, self.last.size, MOST_SHARED)
        cdef unsigned char told
        if memchr(text, 0, size) != NULL:
            raise ValueError("no path has a NUL")
        self.in_order = self.in_order and self.is_next(text, size)
        if self.count % block == 0:
            self.starts.number(<unsigned int>self.texts.size)
            most = 0
        while shared < most and text[shared] == self.last.begin[shared]:
            shared += 1
        told = <unsigned char>(shared + 1)
        self.texts.put(&told, 1)
        self.texts.put(text + shared, size - shared)
        self.texts.put("\0", 1)
        self.last.size = shared
        self.last.put(text + shared, size - shared)
        self.count += 1
        return 0

    cdef bint is_next(self, const char *text, Py_ssize_t size):
        """Return whether a path comes behind the last one, or is the same."""
        cdef Py_ssize_t least = min(size, self.last.size)
        cdef int order = memcmp(self.last.begin, text, least) if least else 0
        return order < 0 or (order == 0 and self.last.size <= size)

    cdef tuple packed(self):
        return self.texts.data(), self.starts.data()


cdef class QuickSums:
    cdef object known_boxes, statuses
    cdef dict wins, patterns, kinds
    cdef list undated_notes, ordered_patterns, mores
    cdef str last_path
    cdef int last_day
    cdef unsigned int last_pattern
    cdef Known **known
    cdef Boxes *boxes
    cdef Py_ssize_t room
    cdef char[128] letters
    cdef unsigned char *heads
    cdef Paths daily, notes
    cdef Column daily_days, days, ends
    cdef Py_ssize_t undated

    def __cinit__(self):
        self.known = <Known **>calloc(most_bodies, sizeof(Known *))
        self.heads = <unsigned char *>calloc(LETTERS // 8, 1)
        if self.known == NULL or self.heads == NULL:
            raise MemoryError
        self.daily, self.notes = Paths(), Paths()
        self.daily_days, self.days, self.ends = Column(), Column(), Column()

    def __dealloc__(self):
        cdef Py_ssize_t place
        self.forget_texts()
        for place in range(self.room):
            PyMem_Free(self.boxes[place].begin)
        free(self.boxes)
        free(self.known)
        free(self.heads)

    def __init__(self, known):
        cdef int place
        self.known_boxes, self.statuses = known, known.statuses
        self.wins, self.patterns, self.kinds, self.undated_notes = {}, {}, {}, []
        memset(self.letters, OPEN, sizeof(self.letters))
        for symbol, state in known.statuses.items():
            if len(symbol) == 1 and symbol.isascii():
                self.letters[ord(symbol)] = letter_of[state]
        for head in known.heads:
            if len(head) == 4 and head.isascii() and head[1:].isalpha():
                place = head_place(PyBytes_AS_STRING(head.lower().encode()))
                self.heads[place >> 3] |= 1 << (place & 7)

    def take(self, str path, bytes row):
        cdef const char *p = PyBytes_AS_STRING(row)
        cdef const char *end = p + PyBytes_GET_SIZE(row)
        cdef const char *eol = <const char *>memchr(p, b"\n", end - p)
        cdef int day = 0
        if eol == NULL:
            raise ValueError("no row of an ordinary note")
        if eol - p > 4 and memcmp(p, b"day ", 4) == 0:
            day = <int>number(p + 4, eol)
            if day <= 0:  # no ordinal of a date: what is taken for none would be asked for behind the end
                raise ValueError("no row of an ordinary note")
            self.daily_days.number(day)
            self.daily.put(path)
        if eol + 1 < end:
            self.take_boxes(path, day, eol + 1, end)

    cdef int take_boxes(self, str path, int day, const char *p, const char *end) except -1:
        cdef const char *eol
        cdef unsigned int line
        cdef int when, first = -1, win, more, wins = 0, win_day = 0
        cdef char state
        cdef bint counts, is_undated = False
        cdef Meaning *known
        cdef set several = None
        while p < end:
            eol = <const char *>memchr(p, b"\n", end - p)
            if eol == NULL:
                raise ValueError("no row of an ordinary note")
            line = number(p, eol)
            p = self.read_state(after_number(p, eol), eol, &state)
            counts = False
            if self.is_unknown(p, eol):
                if state != DONE:
                    p = eol + 1
                    continue
                when, counts = day, True
            else:
                known = self.meaning(p, eol)
                win, more = known.win, known.more
                when = known.done if state == DONE else known.cancelled if state == SKIPPED else 0
                if win == depends:
                    win, more = self.known_boxes.places_in(path, line, text(p, eol))
                if win != of_none:
                    when = day if day else when
                    self.append(path, line, when, win, more, state)
                    is_undated |= not day
                elif state == DONE or known.frog:
                    when = when if when else day
                    counts = state == DONE
                else:
                    p = eol + 1
                    continue
            if first < 0:
                first = when
            elif several is not None:
                several.add(when)
            elif when != first:
                several = {first, when}
            if counts:
                if wins and when != win_day:
                    self.add_wins(win_day, wins)
                    wins = 0
                win_day = when
                wins += 1
            p = eol + 1
        if wins:
            self.add_wins(win_day, wins)
        if first >= 0:
            self.put_days(path, sorted(several - {0}) if several is not None else (first,) if first else ())
        if is_undated:
            self.undated_notes.append(path)
        return 0

    def put(self, str path, unsigned int line, state, int day, int win, int more):
        self.append(path, line, day, win, more, letter_of[state])

    def put_days(self, str path, days):
        self.notes.put(path)
        for day in days:
            self.days.number(<unsigned int><int>day)
        self.ends.number(<unsigned int>(self.days.size // 4))

    def put_daily(self, int day, str path):
        self.daily_days.number(day)
        self.daily.put(path)

    def put_win(self, int day):
        self.add_wins(day, 1)

    def put_undated(self, str path):
        self.undated_notes.append(path)

    def state(self):
        found = LedgerState(undated=self.undated, undated_notes=self.undated_notes)
        self.forget_texts()  # what is let go of makes room for what is made
        found.wins = self.packed_wins()
        found.matched = NoteDays(*self.notes.packed(), self.days.data(), self.ends.data())
        if not self.notes.in_order:
            found.matched = found.matched.in_order()
        found.days = DailyNotes(self.daily_days.data(), *self.daily.packed()).in_order()
        found.other_wins = DayNumbers(self.wins)
        return found

    cdef packed_wins(self):
        """Return the boxes of each micro-win as they are kept, which they are made when they are asked for."""
        self.ordered_patterns, self.mores = list(self.patterns), list(self.known_boxes.mores)
        places = {
            win_id: place
            for win_id, place in self.known_boxes.wins.items()
            if place < self.room and self.boxes[<Py_ssize_t>place].size
        }
        return MadeValues(places, self.boxes_at)

    def boxes_at(self, Py_ssize_t place):
        """Return the boxes of one micro-win as they are kept."""
        cdef const unsigned char *p = self.boxes[place].begin
        cdef const unsigned char *end = p + self.boxes[place].size
        cdef int day = 0
        cdef unsigned int kind
        cdef dict known = {}
        cdef list kinds = [], places = [], days = [], lines = [], numbers = []
        while p < end:
            places.append(self.ordered_patterns[read_small(&p)])
            day += <int>read_small(&p)
            days.append(day)
            lines.append(read_small(&p))
            kind = read_small(&p)
            number = known.get(kind)
            if number is None:
                number = known[kind] = len(known)
                kinds.append(self.kind(kind))
            numbers.append(number)
        return PackedBoxes.of_columns(places, days, lines, numbers, kinds)

    cdef bytes kind(self, unsigned int kind):
        """Return how a kind of box is written, most of which many micro-wins have."""
        found = self.kinds.get(kind)
        if found is None:
            found = self.kinds[kind] = written_kind(chr(kind % 128), self.mores[kind // 128])
        return found

    cdef unsigned int pattern(self, str path, int day) except? 0:
        """Return the number of the pattern of a note's path on a day, which is mostly asked for again: a note's boxes stand in a row."""
        if path is not self.last_path or day != self.last_day:
            found = pattern_of(path.encode("utf-8", "surrogatepass"), day)
            self.last_pattern = self.patterns.setdefault(found, len(self.patterns))
            self.last_path, self.last_day = path, day
        return self.last_pattern

    cdef const char *read_state(self, const char *p, const char *eol, char *state) except NULL:
        """Read the sign in a box; return where what follows it begins."""
        cdef unsigned char c = <unsigned char>p[0]
        cdef int length = 1 if c < 0x80 else 2 if c < 0xE0 else 3 if c < 0xF0 else 4
        if eol - p < length:
            raise ValueError("no row of an ordinary note")
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
        """Return what a box of this text means: of texts that have one row the few are remembered that were asked for last."""
        cdef Py_ssize_t size = eol - p
        cdef Known **row = self.known + row_of(p, size)
        cdef Known *found
        cdef int place = 0
        while place < IN_A_ROW - 1 and row[place] != NULL and not says(row[place], p, size):
            place += 1
        found = row[place]
        if found == NULL or not says(found, p, size):
            found = self.learned(p, size)
            PyMem_Free(row[place])
        memmove(row + 1, row, place * sizeof(Known *))
        row[0] = found
        return &found.meaning

    cdef Known *learned(self, const char *p, Py_ssize_t size) except NULL:
        cdef Meaning meaning
        meaning.win, meaning.more, meaning.done, meaning.cancelled, meaning.frog = self.known_boxes.learn(text(p, p + size))
        cdef Known *found = <Known *>PyMem_Malloc(sizeof(Known) + size)
        if found == NULL:
            raise MemoryError
        found.meaning, found.size = meaning, <unsigned int>size
        memcpy(found + 1, p, size)
        return found

    cdef int forget_texts(self) except -1:
        cdef Py_ssize_t place
        for place in range(most_bodies):
            PyMem_Free(self.known[place])
            self.known[place] = NULL
        return 0

    cdef int append(self, str path, unsigned int line, int day, int win, int more, char state) except -1:
        cdef unsigned int pattern = self.pattern(path, day)
        cdef unsigned char *p
        if win >= self.room:
            self.make_room(win + 1)
        cdef Boxes *boxes = &self.boxes[win]
        if boxes.size + MOST_OF_BOX > boxes.room:
            p = <unsigned char *>PyMem_Realloc(boxes.begin, boxes.room + boxes.room // 4 + 32)
            if p == NULL:
                raise MemoryError
            boxes.begin, boxes.room = p, boxes.room + boxes.room // 4 + 32
        p = boxes.begin + boxes.size
        p = write_small(p, pattern)
        p = write_small(p, <unsigned int>(day - boxes.day))
        p = write_small(p, line)
        p = write_small(p, <unsigned int>more * 128 + state)
        boxes.size, boxes.day = <unsigned int>(p - boxes.begin), day
        return 0

    cdef int make_room(self, Py_ssize_t wins) except -1:
        """Have place for the boxes of so many micro-wins at least."""
        cdef Py_ssize_t room = wins + wins // 4
        cdef Boxes *boxes = <Boxes *>realloc(self.boxes, room * sizeof(Boxes))
        if boxes == NULL:
            raise MemoryError
        memset(boxes + self.room, 0, (room - self.room) * sizeof(Boxes))
        self.boxes, self.room = boxes, room
        return 0

    cdef int add_wins(self, int day, int wins) except -1:
        """Count wins of no micro-win, day by day as `DayNumbers` packs them."""
        if not day:
            self.undated += wins
            return 0
        page = self.wins.get(day // page_days)
        if page is None:
            page = self.wins[day // page_days] = bytearray(page_days * sizeof(int))
        (<int *>PyByteArray_AS_STRING(page))[day % page_days] += wins
        return 0


cdef inline bint is_letter(char c):
    return b"a" <= c | 32 <= b"z"


cdef inline int head_place(const char *p):
    """Return a number for the three letters behind a space, large ones as small ones."""
    return (p[1] & 31) << 10 | (p[2] & 31) << 5 | (p[3] & 31)


cdef inline unsigned int number(const char *p, const char *eol):
    cdef unsigned int found = 0
    while p < eol and p[0] != b" ":
        found = found * 10 + (p[0] - 48)
        p += 1
    return found


cdef inline const char *after_number(const char *p, const char *eol):
    """Return where what follows a number and a space begins."""
    while p < eol and p[0] != b" ":
        p += 1
    return p + 1


cdef inline Py_ssize_t row_of(const char *p, Py_ssize_t size):
    """Return where the row of a text begins among all that are remembered."""
    cdef unsigned int found = 2166136261  # FNV-1a
    cdef Py_ssize_t at
    for at in range(size):
        found = (found ^ <unsigned char>p[at]) * 16777619
    return (found ^ found >> 15) % (most_bodies // IN_A_ROW) * IN_A_ROW


cdef inline bint says(const Known *known, const char *p, Py_ssize_t size):
    return known.size == size and memcmp(known + 1, p, size) == 0


cdef inline unsigned char *write_small(unsigned char *p, unsigned int number):
    """Write a number in as few bytes as it needs, seven bits in each; return where the next one begins."""
    while number > 127:
        p[0] = <unsigned char>(number & 127 | 128)
        p += 1
        number >>= 7
    p[0] = <unsigned char>number
    return p + 1


cdef inline unsigned int read_small(const unsigned char **p):
    """Read a number that was written so, and step behind it."""
    cdef unsigned int found = 0, bits = 0
    while p[0][0] > 127:
        found |= (<unsigned int>p[0][0] & 127) << bits
        bits += 7
        p[0] += 1
    found |= <unsigned int>p[0][0] << bits
    p[0] += 1
    return found


cdef str text(const char *p, const char *eol):
    return PyBytes_FromStringAndSize(p, eol - p).decode("utf-8", "surrogatepass")
