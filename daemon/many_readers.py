"""Reads the notes of a large vault on all processors: several processes read, and this one takes in what they found."""

from __future__ import annotations

import os
import pickle
import subprocess
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue

from .heap import take_from_one_place
from .own_process import command
from .reading_process import Answer, Asked, Order, main

_COMMAND = command(main.__module__)
_MOST = 8
_AHEAD = 2
"""Answers that wait for each process while the last ones are taken in."""
_LOST = (OSError, EOFError, pickle.UnpicklingError)


class ManyReaders:
    """Processes that read notes as they are told. One that is lost leaves what it was asked unanswered."""

    def __init__(self, order: Order, count: int) -> None:
        self._idle: SimpleQueue[subprocess.Popen[bytes] | None] = SimpleQueue()
        self._processes: list[subprocess.Popen[bytes]] = []
        self._count = count
        for _ in range(count):
            self._idle.put(self._started(order))

    def read(self, jobs: Iterable[Asked]) -> Generator[tuple[Asked, Answer | None], None, None]:
        """Yield each job with its answer, in order; None where it has to be done otherwise."""
        waiting: deque[tuple[Asked, Future[Answer | None]]] = deque()
        take_from_one_place()
        threads = ThreadPoolExecutor(self._count)
        try:
            for job in jobs:
                waiting.append((job, threads.submit(self._ask, job)))
                if len(waiting) > _AHEAD * self._count:
                    done, answer = waiting.popleft()
                    yield done, answer.result()
            while waiting:
                done, answer = waiting.popleft()
                yield done, answer.result()
        finally:
            threads.shutdown(cancel_futures=True)

    def close(self) -> None:
        """Let the processes end."""
        for process in self._processes:
            process.kill()
            process.communicate()

    def _started(self, order: Order) -> subprocess.Popen[bytes] | None:
        """Return a process that knows how to read; it is in no terminal's group, so that Ctrl-C ends it through this one."""
        with suppress(*_LOST):
            process = subprocess.Popen(
                _COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            self._processes.append(process)
            _tell(process, order)
            return process
        return None

    def _ask(self, asked: Asked) -> Answer | None:
        process = self._idle.get()
        answer = None
        try:
            if process is not None:
                answer = _answered(process, asked)
        except _LOST:
            process = None
        finally:
            self._idle.put(process)
        return answer


def processors() -> int:
    """Return how many processors this process may use, and no more than are worth using."""
    free = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(free, _MOST)


def _answered(process: subprocess.Popen[bytes], asked: Asked) -> Answer:
    _tell(process, asked)
    if process.stdout is None:
        raise EOFError
    found: Answer = pickle.load(process.stdout)
    return found


def _tell(process: subprocess.Popen[bytes], message: object) -> None:
    if process.stdin is not None:
        pickle.dump(message, process.stdin, pickle.HIGHEST_PROTOCOL)
        process.stdin.flush()
