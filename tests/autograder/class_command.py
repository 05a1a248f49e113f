"""Runs a command of `class_commands` as a process, on the tiny homework below another root."""

import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def run(root, command, *arguments, **environment):
    """The command's outcome; it runs in `root`, and its reports go to `root/reports`."""
    return subprocess.run(  # noqa: S603  our own interpreter
        command_line(root, command, *arguments),
        cwd=root,
        env={**os.environ, "COLUMNS": "200", **environment},
        capture_output=True,
        text=True,
        timeout=300,
    )


def command_line(root, command, *arguments):
    """The words that start it."""
    return [sys.executable, str(Path(__file__)), str(root), command, "hw0_tiny", *map(str, arguments)]


def main(root, command, *arguments):
    """Run the command in this process, with homeworks below `root`."""
    sys.path.insert(0, str(CHECKOUT))
    from autograder import assignment, class_commands
    from autograder.errors import AuthorErrors, KitError

    load = assignment.load
    assignment.load = lambda name: load(name, Path(root))
    commands = {"class": class_commands.grade_class, "regrade": class_commands.regrade_class}
    try:
        commands[command].main(list(arguments), prog_name=command)
    except (AuthorErrors, KitError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(*sys.argv[1:])
