"""Runs a command of `class_commands` as a process, on a homework below another root: `class_command.py ROOT COMMAND ...`."""

import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def main(root, command, *arguments):
    """Run the command."""
    sys.path.insert(0, str(CHECKOUT))
    from autograder import assignment, class_commands
    from autograder.errors import KitError

    load = assignment.load
    assignment.load = lambda name: load(name, Path(root))
    commands = {"class": class_commands.grade_class, "regrade": class_commands.regrade_class}
    try:
        commands[command].main(list(arguments), prog_name=command)
    except KitError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(*sys.argv[1:])
