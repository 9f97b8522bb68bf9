"""This module starts one caged process, gives it tasks, and tells in words how it ended."""

import fcntl
import os
import resource
import select
import signal
import socket
import sys
import time
from contextlib import suppress

from digestgen.cage.limits import CageError, Limits, RefusalError, in_words
from digestgen.cage.wire import ANSWER, FAILURE, LINE, MEMORY, REFUSAL, REQUEST, VALUE

_PROGRAM = "from digestgen.cage.worker import main; main()"
_CHUNK = 1 << 20
_WORDS = 300  # characters of a worker's own words that are passed on
_NOISE = 65536  # bytes that a pipe holds; what comes after them is dropped
_ABOVE = 10  # clear of the descriptors that the worker's own are put on

# How libraries end themselves, or are ended, when memory is refused to them.
_GIVES_UP = {signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGTRAP}
# Of the allowance, resident at the end: then it was memory that was refused. PDFium's bombs come
# to 0.97 of it. The system counts what this process held when it started the worker in with it.
_FULL = 0.75


class Worker:
    """One caged process. Not for use by two threads; to be started by the thread that uses it.

    Linux kills a process whose parent's thread is gone: here, the one that started it.
    """

    def __init__(self, *, stop: int) -> None:
        """Start it; whenever the descriptor ``stop`` can be read, ``run`` gives up."""
        self._stop = stop
        self._line, theirs = socket.socketpair()
        self._noise, noise = os.pipe()
        with theirs:
            try:
                os.set_blocking(noise, False)
                os.set_blocking(self._noise, False)
                self._id = _start(theirs.fileno(), noise)
            except OSError as error:
                self._line.close()
                os.close(self._noise)
                raise CageError(f"found no PDF reader: {error.strerror}") from error
            finally:
                os.close(noise)
        self._line.settimeout(0)  # waiting is done in `_wait`
        self._tasks = 0
        self._held = 0

    def run(self, request: bytes, limits: Limits) -> bytes:
        """Return the JSON of a pickled task's result.

        Raises:
            RefusalError: the function gave words instead.
            CageError: there is none; the worker is of no more use then, and is to be closed.
        """
        until = time.monotonic() + limits.seconds
        self._tasks += 1
        try:
            self._send(REQUEST.pack(len(request)), until)
            self._send(request, until)
            kind, self._held, size = ANSWER.unpack(self._receive(ANSWER.size, until))
            if size > limits.result:
                raise CageError(f"gave more than {in_words(limits.result)}", noise=self._heard())
            content = self._receive(size, until)
        except TimeoutError as error:
            words = f"took longer than {limits.seconds:g} s"
            raise CageError(words, noise=self._heard()) from error
        except (ConnectionError, EOFError) as error:
            raise CageError(self._end(limits), noise=self._heard()) from error
        noise = self._heard()
        if kind == REFUSAL:
            raise RefusalError(_printable(content), noise=noise)
        if kind != VALUE:
            raise CageError(_failure(kind, content, limits), noise=noise)
        return content

    def is_worn(self, limits: Limits) -> bool:
        """Tell whether a fresh one should do the next task."""
        return self._tasks >= limits.tasks or self._held > limits.kept

    def close(self) -> None:
        """End it, whatever it does, and leave nothing of it behind."""
        self._kill()
        self._line.close()
        os.close(self._noise)

    def _send(self, content: bytes, until: float) -> None:
        rest = memoryview(content)
        while rest:
            self._wait(select.POLLOUT, until)
            rest = rest[self._line.send(rest[:_CHUNK]) :]

    def _receive(self, size: int, until: float) -> bytes:
        received = bytearray()
        while len(received) < size:
            self._wait(select.POLLIN, until)
            chunk = self._line.recv(min(_CHUNK, size - len(received)))
            if not chunk:
                raise EOFError
            received += chunk
        return bytes(received)

    def _wait(self, event: int, until: float) -> None:
        """Wait until the line can be used, the time is over, or all is to stop."""
        waiting = select.poll()
        waiting.register(self._line, event)
        waiting.register(self._stop, select.POLLIN)
        ready = dict(waiting.poll(max(0.0, until - time.monotonic()) * 1000))
        if self._stop in ready:
            raise CageError("was stopped before it was done")
        if not ready:
            raise TimeoutError

    def _kill(self) -> tuple[int, int]:
        """End the process; return its exit code and the most memory it held, 0 when long gone.

        A process that is dying keeps the code it dies with.
        """
        if not self._id:
            return 0, 0
        with suppress(ProcessLookupError):
            os.kill(self._id, signal.SIGKILL)
        _, status, usage = os.wait4(self._id, 0)
        self._id = 0
        return os.waitstatus_to_exitcode(status), _peak(usage)

    def _end(self, limits: Limits) -> str:
        """Tell why the process hung up."""
        code, peak = self._kill()
        if -code == signal.SIGXCPU:
            return f"used more than {limits.processor_seconds:g} s of processor time"
        if -code in _GIVES_UP and peak >= _FULL * limits.memory:
            return _too_much_memory(limits)
        if -code == signal.SIGKILL:
            return "was killed by the system, perhaps for its memory"
        if code < 0:
            return f"crashed the PDF reader (signal {-code})"
        return f"ended the PDF reader (exit code {code})"

    def _heard(self) -> str:
        """Return what the libraries inside wrote meanwhile, without what moves a cursor."""
        try:
            noise = os.read(self._noise, _NOISE)
        except BlockingIOError:
            return ""
        return _printable(noise[-_WORDS:])


def _start(line: int, noise: int) -> int:
    """Start a process that holds nothing of this one but its line; return its id."""
    line, noise = (fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, _ABOVE) for one in (line, noise))
    try:
        return os.posix_spawn(
            sys.executable,
            [sys.executable, "-P", "-B", "-s", "-X", "utf8", "-c", _PROGRAM, str(os.getpid())],
            {
                "PYTHONPATH": os.pathsep.join(os.path.abspath(folder) for folder in sys.path),  # noqa: PTH100 - as given, links and all
                "OPENBLAS_NUM_THREADS": "1",  # each thread's buffers count as memory
                "OMP_NUM_THREADS": "1",
            },
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_DUP2, noise, 1),
                (os.POSIX_SPAWN_DUP2, noise, 2),
                (os.POSIX_SPAWN_DUP2, line, LINE),
            ],
            setpgroup=0,  # a Ctrl-C in the terminal is for the parent to act on
            setsigmask=[],
        )
    finally:
        os.close(line)
        os.close(noise)


def _failure(kind: bytes, content: bytes, limits: Limits) -> str:
    if kind == FAILURE:
        return f"failed the PDF reader ({_printable(content)})"
    if kind == MEMORY:
        return _too_much_memory(limits)
    return "gave an answer that cannot be read"


def _too_much_memory(limits: Limits) -> str:
    return f"needed more than {in_words(limits.memory)} of memory"


def _printable(words: bytes) -> str:
    """Return one line that cannot do anything to a terminal."""
    text = " ".join(words.decode(errors="replace").split())[:_WORDS]
    return "".join(character for character in text if character.isprintable())


def _peak(usage: resource.struct_rusage) -> int:
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
