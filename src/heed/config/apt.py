"""Gets a program from Debian's packages for the tests, where this account may."""

import os
import shutil
import subprocess


def may_install() -> bool:
    """Whether this is a machine with apt-get, and we are its administrator."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(*words: str) -> None:
    """Options and packages of one `apt-get install`. Errors are shown; whether it worked, the caller looks for itself."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-qq", "-y", *words]):
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=environment)
