# cython: language_level=3
"""The files of one folder, compiled: their stamps, and their bytes, asked for by name in the open folder."""

import sys

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from cpython.exc cimport PyErr_SetFromErrno
from libc.errno cimport ENOENT, errno
from libc.stdint cimport int64_t, uint64_t
from libc.stdlib cimport free, malloc, qsort, realloc
from libc.string cimport memcmp, memcpy, strcmp, strlen

cdef extern from *:
    """
    #include <dirent.h>
    #include <errno.h>
    #include <fcntl.h>
    #include <sys/stat.h>
    #include <unistd.h>
    #ifdef __APPLE__
    #define MODIFIED st_mtimespec
    #define CHANGED st_ctimespec
    #else
    #define MODIFIED st_mtim
    #define CHANGED st_ctim
    #endif
    #ifdef __GLIBC__
    #include <malloc.h>
    #define give_back_free_memory() malloc_trim(0)
    #define take_from_one_arena() mallopt(M_ARENA_MAX, 1)
    #else
    #define give_back_free_memory() 0
    #define take_from_one_arena() 0
    #endif
    static inline int64_t in_ns(struct timespec one) { return (int64_t)one.tv_sec * 1000000000 + one.tv_nsec; }
    static inline int64_t modified_of(const struct stat *one) { return in_ns(one->MODIFIED); }
    static inline int64_t changed_of(const struct stat *one) { return in_ns(one->CHANGED); }
    static inline struct dirent *next_entry(DIR *folder) { errno = 0; return readdir(folder); }
    static inline int is_far(const struct stat *one) {
        const int64_t most = 9000000000;
        return one->MODIFIED.tv_sec > most || one->MODIFIED.tv_sec < -most || one->CHANGED.tv_sec > most || one->CHANGED.tv_sec < -most;
    }
    """
    ctypedef struct DIR:
        pass
    bint give_back "give_back_free_memory"() nogil
    bint one_arena "take_from_one_arena"() nogil
    ctypedef struct dirent "struct dirent":
        char *d_name
        unsigned char d_type
    ctypedef struct Status "struct stat":
        unsigned int st_mode
        int64_t st_size
        uint64_t st_ino
    const unsigned char DT_REG, DT_DIR, DT_UNKNOWN
    const int O_RDONLY, O_NONBLOCK, O_CLOEXEC, O_DIRECTORY, AT_SYMLINK_NOFOLLOW
    DIR *fdopendir(int descriptor) nogil
    dirent *next_entry(DIR *folder) nogil
    void rewinddir(DIR *folder) nogil
    int closedir(DIR *folder) nogil
    int dup(int descriptor) nogil
    int fstatat(int folder, const char *name, Status *status, int flags) nogil
    int fstat(int descriptor, Status *status) nogil
    int open(const char *path, int flags) nogil
    int openat(int folder, const char *name, int flags) nogil
    ssize_t read(int descriptor, void *data, size_t size) nogil
    int close(int descriptor) nogil
    bint S_ISREG(unsigned int mode) nogil
    int64_t modified_of(const Status *status) nogil
    int64_t changed_of(const Status *status) nogil
    bint is_far(const Status *status) nogil

if sys.getfilesystemencoding() != "utf-8":
    raise ImportError("names of files are not UTF-8 here")

cdef int64_t MOST = 9223372036854775807


cdef class Names:
    """Names that are held together, one after the other."""

    cdef char *text
    cdef size_t size
    cdef size_t room
    cdef size_t count

    def __cinit__(self):
        self.room = 4096
        self.text = <char *>malloc(self.room)
        self.size = self.count = 0
        if self.text == NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self.text)

    cdef int add(self, const char *name, size_t length) except -1:
        cdef char *more
        while self.size + length + 1 > self.room:
            more = <char *>realloc(self.text, self.room * 2)
            if more == NULL:
                raise MemoryError
            self.text = more
            self.room *= 2
        memcpy(self.text + self.size, name, length + 1)
        self.size += length + 1
        self.count += 1
        return 0


cdef int in_order(const void *one, const void *other) noexcept nogil:
    return strcmp((<const char **>one)[0], (<const char **>other)[0])


def notes_in(int descriptor):
    """Return what is in an open folder: the names of the files like notes, in order, each between two `/` and as bytes, the four
    numbers of each stamp in 64 bits, the folders, and the other names. None where that cannot be told so. Raise OSError.
    """
    cdef Names notes = Names(), folders = Names(), others = Names()
    cdef int second = dup(descriptor)
    cdef DIR *folder = fdopendir(second) if second >= 0 else NULL
    cdef bint sure
    if folder == NULL:
        if second >= 0:
            close(second)
        PyErr_SetFromErrno(OSError)
    try:
        sure = told_apart(folder, notes, folders, others)
    finally:
        rewinddir(folder)
        closedir(folder)
    if not sure:
        return None
    found = stamped(descriptor, notes)
    return None if found is None else (*found, split(folders), split(others))


cdef bint told_apart(DIR *folder, Names notes, Names folders, Names others) except -1:
    cdef dirent *entry
    cdef const char *name
    cdef size_t length
    while True:
        entry = next_entry(folder)
        if entry == NULL:
            if errno != 0:
                PyErr_SetFromErrno(OSError)
            return True
        name = entry.d_name
        length = strlen(name)
        if name[0] == b"." and (length == 1 or (length == 2 and name[1] == b".")):
            continue
        if entry.d_type == DT_UNKNOWN:
            return False
        if is_like_a_note(name, length) and entry.d_type == DT_REG:
            notes.add(name, length)
        elif entry.d_type == DT_DIR:
            folders.add(name, length)
        else:
            others.add(name, length)


cdef bint is_like_a_note(const char *name, size_t length):
    return length > 3 and memcmp(name + length - 3, b".md", 3) == 0 and name[0] != b"." and name[0] != b"~"


cdef list split(Names names):
    cdef size_t place = 0
    found = []
    while place < names.size:
        found.append((names.text + place).decode("utf-8", "surrogateescape"))
        place += strlen(names.text + place) + 1
    return found


cdef tuple stamped(int descriptor, Names names):
    """Return the names in order, joined, with their stamps; None where a stamp has no ordinary numbers."""
    cdef const char **order = <const char **>malloc((names.count + 1) * sizeof(char *))
    cdef int64_t *numbers = <int64_t *>malloc((names.count + 1) * 4 * sizeof(int64_t))
    cdef size_t place = 0, number, size = names.count
    cdef ssize_t count
    try:
        if order == NULL or numbers == NULL:
            raise MemoryError
        for number in range(names.count):
            order[number] = names.text + place
            place += strlen(names.text + place) + 1
        qsort(order, names.count, sizeof(char *), in_order)
        with nogil:
            count = with_stamps(descriptor, order, numbers, size)
        if count == -2:
            return None
        if count < 0:
            PyErr_SetFromErrno(OSError)
        return joined(order, count, names.size), PyBytes_FromStringAndSize(<const char *>numbers, count * 4 * sizeof(int64_t))
    finally:
        free(order)
        free(numbers)


cdef ssize_t with_stamps(int descriptor, const char **order, int64_t *numbers, size_t size) noexcept nogil:
    """Take the stamp of each file, and leave out those that are gone; return how many there are."""
    cdef Status status
    cdef size_t number, count = 0
    for number in range(size):
        if fstatat(descriptor, order[number], &status, AT_SYMLINK_NOFOLLOW) != 0:
            if errno == ENOENT:
                continue
            return -1
        if is_far(&status):
            return -2
        order[count] = order[number]
        numbers[4 * count] = modified_of(&status)
        numbers[4 * count + 1] = changed_of(&status)
        numbers[4 * count + 2] = status.st_size
        numbers[4 * count + 3] = <int64_t>(status.st_ino & <uint64_t>MOST)
        count += 1
    return count


cdef bytes joined(const char **order, size_t count, size_t size):
    cdef bytes text = PyBytes_FromStringAndSize(NULL, size + 1)
    cdef char *at = PyBytes_AS_STRING(text)
    cdef size_t number, length
    for number in range(count):
        at[0] = b"/"
        length = strlen(order[number])
        memcpy(at + 1, order[number], length)
        at += length + 1
    if count:
        at[0] = b"/"
        at += 1
    return text[: at - PyBytes_AS_STRING(text)]


def settled_files(bytes folder, names, sizes, double before, int64_t most):
    """Read what `read_in_python` of settled_files.py reads."""
    cdef int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    cdef int64_t size
    if descriptor < 0:
        return [None] * len(names)
    try:
        found = []
        for name, size in zip(names, sizes):
            found.append(settled(descriptor, name.encode("utf-8", "surrogateescape"), size, before) if size <= most else None)
        return found
    finally:
        close(descriptor)


cdef bytes settled(int folder, bytes name, int64_t size, double before):
    cdef bytes found = PyBytes_FromStringAndSize(NULL, size)
    cdef char *data = PyBytes_AS_STRING(found)
    cdef const char *called = PyBytes_AS_STRING(name)
    cdef bint whole
    with nogil:
        whole = is_read(folder, called, data, size, before)
    return found if whole else None


cdef bint is_read(int folder, const char *name, char *data, int64_t size, double before) noexcept nogil:
    cdef Status status
    cdef int descriptor = openat(folder, name, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    cdef bint whole
    if descriptor < 0:
        return False
    whole = read(descriptor, data, size) == size and fstat(descriptor, &status) == 0
    whole = whole and S_ISREG(status.st_mode) and status.st_size == size and modified_of(&status) < before
    close(descriptor)
    return whole


def give_free_memory_back():
    """Give the memory to the system that the C library holds and nobody uses; return whether there was any."""
    with nogil:
        found = give_back()
    return bool(found)


def take_memory_from_one_place():
    """Let the C library give all threads memory from one place; return whether it does."""
    with nogil:
        found = one_arena()
    return bool(found)
