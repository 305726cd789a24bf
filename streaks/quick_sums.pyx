# cython: language_level=3
"""Boxes added up as `box_sums.SumsInPython` does it, compiled: the tests hold the two against each other."""

from cpython.bytearray cimport PyByteArray_AS_STRING
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from cpython.unicode cimport PyUnicode_AsUTF8AndSize
from libc.stdlib cimport calloc, free, realloc
from libc.string cimport memchr, memcmp, memcpy, memset, strlen

from microwins.parsers.task import State
from microwins.streaks.box_paths import pattern_of
from microwins.streaks.daily_notes import DailyNotes
from microwins.streaks.day_numbers import PAGE, DayNumbers
from microwins.streaks.known_boxes import DEPENDS, MOST_BODIES, OF_NONE
from microwins.streaks.ledger_state import LedgerState
from microwins.streaks.note_days import NoteDays
from microwins.streaks.packed_boxes import PackedBoxes, written_kind
from microwins.streaks.texts import BLOCK

DEF LETTERS = 32768
DEF MOST_SHARED = 254

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


cdef struct Box:
    unsigned int note
    unsigned int line
    int day
    int win
    int more
    char state


cdef class Column:
    """Bytes that grow at their end."""

    cdef char *begin
    cdef Py_ssize_t size, room

    def __dealloc__(self):
        free(self.begin)

    cdef int put(self, const void *data, Py_ssize_t size) except -1:
        cdef char *begin
        if self.size + size > self.room:
            begin = <char *>realloc(self.begin, self.room + self.room // 2 + size + 1024)
            if begin == NULL:
                raise MemoryError
            self.begin, self.room = begin, self.room + self.room // 2 + size + 1024
        memcpy(self.begin + self.size, data, size)
        self.size += size
        return 0

    cdef int number(self, unsigned int number) except -1:
        return self.put(&number, sizeof(number))

    cdef bytes data(self):
        return PyBytes_FromStringAndSize(self.begin, self.size)


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

    cdef bytes at(self, Py_ssize_t place):
        """Return the path at a place, which there is."""
        cdef const char *text = self.texts.begin + (<unsigned int *>self.starts.begin)[place // block]
        cdef Py_ssize_t step, size
        for step in range(place % block + 1):
            size = strlen(text + 1)
            self.last.size = <unsigned char>text[0] - 1
            self.last.put(text + 1, size)
            text += size + 2
        return self.last.data()

    cdef tuple packed(self):
        return self.texts.data(), self.starts.data()


cdef class QuickSums:
    cdef object known_boxes, statuses
    cdef dict known, wins, shared, kinds
    cdef list undated_notes, patterns
    cdef int *pattern_days
    cdef Meaning *meanings
    cdef Py_ssize_t known_count
    cdef Box *boxes
    cdef Py_ssize_t count, room
    cdef char[128] letters
    cdef unsigned char *heads
    cdef Paths daily, notes
    cdef Column daily_days, days, ends
    cdef Py_ssize_t undated

    def __cinit__(self):
        self.meanings = <Meaning *>calloc(most_bodies, sizeof(Meaning))
        self.heads = <unsigned char *>calloc(LETTERS // 8, 1)
        if self.meanings == NULL or self.heads == NULL:
            raise MemoryError
        self.daily, self.notes = Paths(), Paths()
        self.daily_days, self.days, self.ends = Column(), Column(), Column()

    def __dealloc__(self):
        free(self.meanings)
        free(self.heads)
        free(self.boxes)

    def __init__(self, known):
        cdef int place
        self.known_boxes, self.statuses = known, known.statuses
        self.known, self.wins, self.undated_notes = {}, {}, []
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
                    self.append(line, when, win, more, state)
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

    def put(self, unsigned int line, state, int day, int win, int more):
        self.append(line, day, win, more, letter_of[state])

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
        self.known.clear()  # what is let go of makes room for what is made
        found.wins = self.packed_wins()
        free(self.boxes)
        self.boxes, self.count, self.room = NULL, 0, 0
        found.matched = NoteDays(*self.notes.packed(), self.days.data(), self.ends.data())
        if not self.notes.in_order:
            found.matched = found.matched.in_order()
        found.days = DailyNotes(self.daily_days.data(), *self.daily.packed()).in_order()
        found.other_wins = DayNumbers(self.wins)
        return found

    cdef dict packed_wins(self):
        """Return the boxes of each micro-win, which are sorted for it in one go."""
        cdef Py_ssize_t wins = len(self.known_boxes.wins), at, begin
        cdef list mores = list(self.known_boxes.mores)
        cdef Py_ssize_t *starts = <Py_ssize_t *>calloc(wins + 1, sizeof(Py_ssize_t))
        self.patterns, self.shared, self.kinds = [None] * self.notes.count, {}, {}
        self.pattern_days = <int *>calloc(self.notes.count + 1, sizeof(int))
        cdef Box **ordered = <Box **>calloc(self.count + 1, sizeof(Box *))
        try:
            if starts == NULL or ordered == NULL or self.pattern_days == NULL:
                raise MemoryError
            for at in range(self.count):
                starts[self.boxes[at].win + 1] += 1
            for at in range(wins):
                starts[at + 1] += starts[at]
            for at in range(self.count):
                begin = self.boxes[at].win
                ordered[starts[begin]] = &self.boxes[at]
                starts[begin] += 1  # where the boxes of each micro-win end, after all of them
            found, mores = {}, list(self.known_boxes.mores)
            for win_id, place in self.known_boxes.wins.items():
                begin = starts[place - 1] if place else 0
                if starts[place] > begin:
                    found[win_id] = self.columns(ordered + begin, starts[place] - begin, mores)
            return found
        finally:
            free(starts)
            free(ordered)
            free(self.pattern_days)
            self.pattern_days, self.patterns, self.shared, self.kinds = NULL, None, None, None

    cdef bytes pattern(self, Py_ssize_t note, int day):
        """Return the pattern of a note's path on a day, which is mostly asked for again: micro-wins stand in a row."""
        if self.patterns[note] is None or self.pattern_days[note] != day:
            found = pattern_of(self.notes.at(note), day)
            self.patterns[note] = self.shared.setdefault(found, found)
            self.pattern_days[note] = day
        return self.patterns[note]

    cdef bytes kind(self, key, list mores):
        """Return how a kind of box is written, most of which many micro-wins have."""
        found = self.kinds.get(key)
        if found is None:
            found = self.kinds[key] = written_kind(chr(key % 256), mores[key // 256])
        return found

    cdef columns(self, Box **boxes, Py_ssize_t count, list mores):
        """Return the boxes of one micro-win as they are kept."""
        cdef Py_ssize_t at
        cdef unsigned int note
        cdef dict known = {}
        cdef list kinds = [], patterns = [], days = [], lines = [], numbers = []
        for at in range(count):
            note = boxes[at].note
            patterns.append(self.pattern(note, boxes[at].day))
            days.append(boxes[at].day)
            lines.append(boxes[at].line)
            key = boxes[at].more * 256 + boxes[at].state
            number = known.get(key)
            if number is None:
                number = known[key] = len(known)
                kinds.append(self.kind(key, mores))
            numbers.append(number)
        return PackedBoxes.of_columns(patterns, days, lines, numbers, kinds)

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
        found.win, found.more, found.done, found.cancelled, found.frog = learned
        self.known[body] = self.known_count
        self.known_count += 1
        return found

    cdef int append(self, unsigned int line, int day, int win, int more, char state) except -1:
        cdef Box *boxes
        cdef unsigned int note = <unsigned int>(self.ends.size // 4)
        if self.count == self.room:
            boxes = <Box *>realloc(self.boxes, (2 * self.room + 1024) * sizeof(Box))
            if boxes == NULL:
                raise MemoryError
            self.boxes, self.room = boxes, 2 * self.room + 1024
        self.boxes[self.count] = Box(note, line, day, win, more, state)
        self.count += 1
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


cdef str text(const char *p, const char *eol):
    return PyBytes_FromStringAndSize(p, eol - p).decode("utf-8", "surrogatepass")
