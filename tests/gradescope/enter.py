"""Becomes the first process of a container that is like Docker's, and runs one command in it.

Run as `unshare --mount --pid --ipc --uts --fork --kill-child python enter.py SPECIFICATION` (JSON, see `main`), so that
every mount and every process is gone when it ends. Prints, as JSON, how the command ended.
"""

import errno
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pyseccomp

from autograder.worker.identity import PR_CAPBSET_DROP, prctl

# The capabilities that Docker leaves a container: chown dac_override fowner fsetid kill setgid setuid setpcap
# net_bind_service net_raw sys_chroot mknod audit_write setfcap.
KEPT = {0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31}
LAST_CAPABILITY = 40
DENIED = """
    mount umount2 pivot_root unshare setns keyctl add_key request_key bpf perf_event_open userfaultfd kexec_load
    init_module finit_module open_by_handle_at quotactl swapon reboot
"""
LANDLOCK = (444, 445, 446)
DEVICES = ("null", "zero", "full", "random", "urandom")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def main(spec):
    """Mount, run and report.

    Args:
        spec: "root" (the image), "overlay" ([upper, work] or null: change the image itself), "mounted" (a folder),
            "binds" ([[from, to]], read-only), "groups" (folders of control groups to join), "landlock" (false: as on a
            kernel without it), "environment", "command", "output" (a file in the container), "seconds".
    """
    mounted = Path(spec["mounted"])
    _mount_all(spec, mounted)
    started = time.monotonic()
    pid = os.fork()
    if pid == 0:
        _run(spec, mounted)
    timed_out, status = _wait(pid, spec["seconds"])
    seconds = time.monotonic() - started
    survivors = [name for name in os.listdir("/proc") if name.isdecimal() and int(name) != os.getpid() and _lives(name)]
    report = {"code": os.waitstatus_to_exitcode(status), "seconds": seconds, "timed_out": timed_out}
    print(json.dumps(report | {"survivors": [_command_of(name) for name in survivors]}))


def _mount_all(spec, mounted):
    _mount("--make-rprivate", "/")
    if spec["overlay"]:
        upper, work = spec["overlay"]
        options = f"lowerdir={spec['root']},upperdir={upper},workdir={work}"
        _mount("-t", "overlay", "overlay", "-o", options, str(mounted))
    else:
        _mount("--bind", spec["root"], str(mounted))
    _mount("-t", "proc", "proc", str(mounted / "proc"))
    _mount("-t", "tmpfs", "tmpfs", "-o", "mode=755", str(mounted / "dev"))
    for name in DEVICES:
        (mounted / "dev" / name).touch()
        _mount("--bind", f"/dev/{name}", str(mounted / "dev" / name))
    (mounted / "dev" / "shm").mkdir(mode=0o1777)
    (mounted / "dev" / "shm").chmod(0o1777)
    (mounted / "dev" / "pts").mkdir()
    _mount("-t", "devpts", "devpts", "-o", "newinstance,ptmxmode=0666", str(mounted / "dev" / "pts"))
    (mounted / "dev" / "ptmx").symlink_to("pts/ptmx")
    _mount("-t", "tmpfs", "tmpfs", "-o", "mode=755", str(mounted / "sys"))
    for source, target in spec["binds"]:
        _bind(Path(source), mounted / target.lstrip("/"))
    _mount("-t", "proc", "proc", "/proc")  # ours, to see who survives


def _bind(source, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        target.mkdir(exist_ok=True)
    else:
        target.touch()
    _mount("--bind", str(source), str(target))
    _mount("-o", "remount,bind,ro", str(target))


def _mount(*arguments):
    subprocess.run([shutil.which("mount") or "/bin/mount", *arguments], check=True)  # noqa: S603  our own arguments


def _run(spec, mounted):
    """In the child: join the groups, go inside, give up what Docker takes away, and run the command."""
    try:
        for group in spec["groups"]:
            Path(group, "cgroup.procs").write_text("0")
        os.setsid()
        os.chroot(mounted)
        os.chdir("/autograder")
        output = os.open(spec["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        null = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((null, 0), (output, 1), (output, 2)):
            os.dup2(source, target)
        os.closerange(3, 256)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _filter(landlock=spec["landlock"])
        _drop_capabilities()
        environment = {"PATH": PATH, "HOME": "/root", **spec["environment"]}
        os.execve(spec["command"][0], spec["command"], environment)  # noqa: S606  that is the point
    except BaseException as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(125)


def _filter(*, landlock):
    """The system calls that Docker's default profile denies, as far as they matter here."""
    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    for name in DENIED.split():
        rules.add_rule(pyseccomp.ERRNO(errno.EPERM), name)
    if not landlock:
        for number in LANDLOCK:
            rules.add_rule(pyseccomp.ERRNO(errno.ENOSYS), number)
    rules.set_attr(pyseccomp.Attr.CTL_NNP, 0)  # in a container, set-uid programs work
    rules.load()


def _drop_capabilities():
    for capability in set(range(LAST_CAPABILITY + 1)) - KEPT:
        prctl(PR_CAPBSET_DROP, capability)


def _wait(pid, seconds):
    """Wait as the platform does: after so many seconds everything is ended."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        done, status = os.waitpid(-1, os.WNOHANG)
        if done == pid:
            return False, status
        if not done:
            time.sleep(0.01)
    os.kill(pid, 9)
    return True, os.waitpid(pid, 0)[1]


def _lives(name):
    try:
        return Path("/proc", name, "stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def _command_of(name):
    try:
        return Path("/proc", name, "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return name


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
