"""This module runs a command, and prints its seconds of CPU and of the clock and its peak memory.

It is a program of its own, and small: Linux counts the memory of who starts a program as that
program's, so that nothing seems smaller than its starter. This one has about 10 MB.

python -I -S measured.py COMMAND..., in the folder where the command is to run.
"""

import os
import sys
import time


def main() -> None:
    command = sys.argv[1:]
    silent = [
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, "errors.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644),
    ]
    began = time.monotonic()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=silent)
    _, status, usage = os.wait4(child, 0)
    wall = time.monotonic() - began
    print(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)
    sys.exit(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
