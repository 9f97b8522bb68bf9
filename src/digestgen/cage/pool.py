"""This module is an executor whose workers are caged processes, each replaced alone when it fails.

Ours, because the standard library's pool breaks as a whole with one child, and it, Pebble (LGPL)
and loky unpickle what a child sends, which a hostile file may have written.
"""

import functools
import inspect
import os
import pickle
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from types import TracebackType
from typing import Any, ParamSpec, TypeVar  # Any: tasks of all types wait in one queue

import msgspec

from digestgen.cage.limits import CageError, Limits, RefusalError
from digestgen.cage.process import Worker
from digestgen.cage.wire import Task

_P = ParamSpec("_P")
_T = TypeVar("_T")
_Pending = tuple[Future[Any], Task]

_USUAL = Limits()


class Cage(Executor):
    """Up to ``workers`` processes, started when needed and warm between tasks.

    A function must stand at the top level of a module and say what it returns, in types that
    JSON can carry: dataclasses, tuples, strings, numbers, bytes. A future's exception is a
    CageError for whatever the function or its process came to: a ValueError's words as they
    are, as the function's judgement of the file. Give paths rather than bytes when many tasks
    wait: arguments are kept until a worker takes them.

    Leaving a ``with`` block by an exception, such as Ctrl-C, stops at once.
    """

    def __init__(self, workers: int, limits: Limits = _USUAL) -> None:
        self._workers = workers
        self._limits = limits
        self._waiting: queue.SimpleQueue[_Pending | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._closed = False
        self._stop, self._running = os.pipe()  # readable once the other end is closed

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """See ``concurrent.futures.Executor``.

        Raises:
            TypeError: what the function returns is not said, or cannot be carried.
            RuntimeError: the cage is closed.
        """
        _decoder(fn)
        future: Future[_T] = Future()
        task = Task(function=fn, args=args, kwargs=kwargs, limits=self._limits)
        with self._lock:
            if self._closed:
                raise RuntimeError("the cage is closed")
            self._waiting.put((future, task))
            if len(self._threads) < self._workers:
                # A daemon, so that a program that forgot to close the cage can end.
                thread = threading.Thread(target=self._serve, name="cage", daemon=True)
                self._threads.append(thread)
                thread.start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - the standard's signature
        """See ``concurrent.futures.Executor``; ``cancel_futures`` also stops what is running."""
        with self._lock:
            self._closed = True
            if cancel_futures:
                self._cancel()
            for _ in self._threads:
                self._waiting.put(None)
        if wait:
            for thread in self._threads:
                thread.join()
            with self._lock:
                self._release()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Wait for what was submitted, or after an exception, stop it."""
        self.shutdown(cancel_futures=kind is not None)

    def _cancel(self) -> None:
        if self._running >= 0:
            os.close(self._running)
            self._running = -1
        while True:
            try:
                pending = self._waiting.get_nowait()
            except queue.Empty:
                return
            if pending:
                pending[0].cancel()

    def _release(self) -> None:
        for descriptor in (self._running, self._stop):
            if descriptor >= 0:
                os.close(descriptor)
        self._running = self._stop = -1

    def _serve(self) -> None:
        """Take tasks one after the other; the life of a thread, which owns one process."""
        worker: Worker | None = None
        try:
            while (pending := self._waiting.get()) is not None:
                worker = self._attend(pending, worker)
                del pending  # the result is the caller's to keep or drop
        finally:
            if worker:
                worker.close()

    def _attend(self, pending: _Pending, worker: Worker | None) -> Worker | None:
        """Settle one future; return the worker if it can go on."""
        future, task = pending
        if not future.set_running_or_notify_cancel():
            return worker
        keep = True
        try:
            request = pickle.dumps(task)
            worker = worker or Worker(stop=self._stop)
            future.set_result(_decoded(worker.run(request, task.limits), task))
        except CageError as error:
            keep = isinstance(error, RefusalError)
            future.set_exception(error)
        except Exception as error:  # noqa: BLE001 - what cannot be pickled; told to who asked
            future.set_exception(error)
        if worker and (not keep or worker.is_worn(task.limits)):
            worker.close()
            return None
        return worker


def _decoded(content: bytes, task: Task) -> object:
    try:
        return _decoder(task.function).decode(content)
    except (ValueError, RecursionError) as error:
        raise CageError("gave an answer that cannot be read") from error


@functools.cache
def _decoder(function: Callable[..., Any]) -> msgspec.json.Decoder[Any]:
    """Return what reads the function's results, and nothing else."""
    returns = inspect.signature(function, eval_str=True).return_annotation
    if returns is inspect.Signature.empty:
        raise TypeError(f"{function.__qualname__} does not say what it returns")
    return msgspec.json.Decoder(returns)
