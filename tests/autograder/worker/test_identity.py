"""Identity: what a worker inherits and who it is. `in_child` serves the tests of the other layers too."""

import ctypes
import errno
import os
import pickle
import select
import signal
import subprocess
import tempfile
import warnings

import pytest

from autograder.worker import identity

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can change its uid")
ORDINARY = identity.pick_uid(identity.SLOTS - 1)  # chosen beforehand: a child behind Landlock cannot look for one
PR_GET_PDEATHSIG, PR_GET_DUMPABLE = 2, 3
SECONDS = 20


# ---- a child to try things in ---------------------------------------------------------------------------------


def in_child(*steps, seconds=SECONDS):
    """Run `steps` in a fork, one after the other; the last one's result, or how the child ended without one."""
    reading, writing = os.pipe()
    pid = fork()
    if pid == 0:
        _run(steps, lambda data: os.write(writing, data))
    os.close(writing)
    ready, _, _ = select.select([reading], [], [], seconds)
    answer = os.read(reading, 65_536) if ready else b""
    os.close(reading)
    status = _end(pid, grace=seconds if ready else 0)
    return pickle.loads(answer) if answer else f"ended with status {status}"  # noqa: S301  from our own child


def fork():
    """os.fork without the warning that numpy's threads will not exist in the child: the child starts its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _run(steps, answer):
    try:
        for step in steps:
            result = step()
        answer(pickle.dumps(result))
    except BaseException as error:
        answer(pickle.dumps(f"raised {error!r}"))
    finally:
        os._exit(0)


def _end(pid, grace):
    """The child's wait status; it is killed unless it ends within the grace."""
    handle = os.pidfd_open(pid)
    try:
        select.select([handle], [], [], grace)
        signal.pidfd_send_signal(handle, signal.SIGKILL)
        return os.waitpid(pid, 0)[1]
    finally:
        os.close(handle)


def outcome(deed):
    """The name of the error that `deed` ends in, or "possible"."""
    try:
        deed()
    except OSError as error:
        return errno.errorcode[error.errno]
    return "possible"


def as_ordinary_user():
    """Become, in a child, a user without privileges whose processes may trace each other, as at a login."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(*[ORDINARY] * 3)
        os.setresuid(*[ORDINARY] * 3)
        identity.prctl(identity.PR_SET_DUMPABLE, 1)


def as_root():
    """Stay root: a step that says so."""
    assert os.geteuid() == 0


USERS = [pytest.param(as_ordinary_user, id="ordinary user"), pytest.param(as_root, id="root", marks=AS_ROOT)]


# ---- session and descriptors ----------------------------------------------------------------------------------


@pytest.fixture
def pipe():
    """Both ends of a pipe that holds one word."""
    reading, writing = os.pipe()
    os.write(writing, b"word")
    yield reading, writing
    os.close(reading)
    os.close(writing)


@pytest.fixture
def layered():
    """in_child for steps behind `new_session_and_descriptors`: the answer leaves through a kept descriptor."""

    def run(step, keep):
        reading, writing = os.pipe()
        pid = fork()
        if pid == 0:
            _run(
                [lambda: identity.new_session_and_descriptors({**keep, writing: 9}), step],
                lambda data: os.write(9, data),
            )
        os.close(writing)
        ready, _, _ = select.select([reading], [], [], SECONDS)
        answer = os.read(reading, 65_536) if ready else b""
        os.close(reading)
        _end(pid, grace=0)
        return pickle.loads(answer)  # noqa: S301  from our own child

    return run


def _open_descriptors():
    return sorted(int(name) for name in os.listdir("/proc/self/fd") if os.path.exists(f"/proc/self/fd/{name}"))


def test_only_the_given_descriptors_stay_open(layered, pipe):
    """After the layer a process has its three standard descriptors and those that were asked for."""
    assert len(_open_descriptors()) > 4
    assert pipe[1] in in_child(_open_descriptors)

    assert layered(_open_descriptors, {pipe[0]: 5}) == [0, 1, 2, 5, 9]


def test_only_the_given_descriptors_stay_open_on_kernels_without_close_range(layered, pipe, monkeypatch):
    """Without the close_range call, descriptors are closed one by one to the same end."""

    def missing(*_):
        raise OSError(errno.ENOSYS, "no such call")

    monkeypatch.setattr(identity, "system_call", missing)

    assert layered(_open_descriptors, {pipe[0]: 5}) == [0, 1, 2, 5, 9]


def test_descriptors_may_exchange_their_numbers(layered, pipe):
    """A descriptor gets its number even if another one that is kept had it before."""
    reading, writing = pipe

    def exchange():
        os.write(reading, b"s")
        return os.read(writing, 5)

    assert layered(exchange, {reading: writing, writing: reading}) == b"words"


def test_standard_descriptors_lead_nowhere(layered):
    """Nothing can be read from standard input, and what is printed vanishes."""
    assert layered(lambda: (os.read(0, 1), os.write(1, b"x"), os.write(2, b"x")), {}) == (b"", 1, 1)


def test_worker_leads_a_session_of_its_own(layered):
    """A signal to the grader's process group does not reach the worker, nor the other way round."""
    assert in_child(lambda: os.getsid(0) == os.getpid()) is False

    assert layered(lambda: os.getsid(0) == os.getpgid(0) == os.getpid(), {}) is True


@pytest.mark.parametrize("keep", [{3: 2}, {3: 5, 4: 5}], ids=["a standard descriptor", "one number twice"])
def test_impossible_numbers_are_refused(keep):
    """Descriptors cannot replace a standard one nor share a number."""
    with pytest.raises(ValueError, match="distinct numbers above 2"):
        identity.new_session_and_descriptors(keep)


# ---- environment, memory, privileges --------------------------------------------------------------------------


def test_environment_is_cleared(monkeypatch):
    """Neither Python nor a C library finds a variable of the grader."""
    monkeypatch.setenv("GRADER_SECRET", "7")
    getenv = identity.LIBC.getenv
    monkeypatch.setattr(getenv, "restype", ctypes.c_char_p)

    def seen():
        return os.environ.get("GRADER_SECRET"), getenv(b"GRADER_SECRET")

    assert in_child(seen) == ("7", b"7")
    assert in_child(lambda: identity.clear_environment("/scratch"), seen) == (None, None)


def test_temporary_files_go_to_the_scratch_folder(tmp_path):
    """Even if the zygote has asked for the temporary folder before."""
    tempfile.gettempdir()

    found = in_child(
        lambda: identity.clear_environment(str(tmp_path)), lambda: (tempfile.gettempdir(), os.environ["HOME"])
    )

    assert found == (str(tmp_path), str(tmp_path))


def test_worker_is_the_first_to_go_when_memory_runs_out():
    """Its badness is the highest there is."""

    def score():
        with open("/proc/self/oom_score_adj") as file:
            return int(file.read())

    assert in_child(score) < 1000
    assert in_child(identity.raise_oom_score, score) == 1000


def _status(*names):
    with open("/proc/self/status") as file:
        lines = dict(line.split(":", 1) for line in file)
    return [lines[name].strip() for name in names]


def test_no_new_privileges_is_in_force():
    """The kernel says so itself."""
    assert in_child(lambda: _status("NoNewPrivs")) == ["0"]
    assert in_child(identity.no_new_privileges, lambda: _status("NoNewPrivs")) == ["1"]


# ---- another user ---------------------------------------------------------------------------------------------


@pytest.fixture
def parent():
    """The pid that becomes the parent of a child."""
    return os.getpid()


@pytest.fixture
def secret(tmp_path):
    """A file of mode 0600."""
    path = tmp_path / "key"
    path.write_text("42")
    path.chmod(0o600)
    return path


def _become_somebody(parent):
    uid = identity.pick_uid(0)
    identity.become(uid, uid, parent=parent)


OTHERS_BUSINESS = {
    "read a private file": lambda secret, parent: secret.read_text(),
    "write a private file": lambda secret, parent: secret.write_text("0"),
    "signal the grader": lambda secret, parent: os.kill(parent, 0),
    "read the grader's memory": lambda secret, parent: open(f"/proc/{parent}/mem", "rb").close(),
    "read the grader's environment": lambda secret, parent: open(f"/proc/{parent}/environ", "rb").close(),
    "become root again": lambda secret, parent: os.setresuid(0, 0, 0),
    "join root's group": lambda secret, parent: os.setgroups([0]),
    "change the root folder": lambda secret, parent: os.chroot("/"),
}


@AS_ROOT
@pytest.mark.parametrize("deed", OTHERS_BUSINESS.values(), ids=OTHERS_BUSINESS)
def test_another_user_cannot(deed, secret, parent):
    """What root could do before, the throwaway user cannot."""
    assert in_child(lambda: outcome(lambda: deed(secret, parent))) == "possible"

    behind = in_child(lambda: _become_somebody(parent), lambda: outcome(lambda: deed(secret, parent)))

    assert behind in ("EACCES", "EPERM")


@AS_ROOT
def test_another_user_has_no_group_and_no_capability(parent):
    """All five capability sets are empty, and the supplementary groups are gone."""
    names = ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")
    assert in_child(lambda: _status("CapBnd")) != ["0" * 16]

    assert in_child(lambda: _become_somebody(parent), lambda: _status(*names)) == ["0" * 16] * 5
    assert in_child(lambda: os.setgroups([0, 4]), lambda: _become_somebody(parent), os.getgroups) == []


@AS_ROOT
def test_root_that_stays_root_loses_its_capabilities(secret, parent):
    """Without a uid to change to, the right to pass over file modes goes all the same."""
    os.chown(secret, 54321, 54321)
    os.chmod(secret.parent, 0o755)  # noqa: S103  the file alone is private

    stay = [lambda: identity.become(None, None, parent=parent), lambda: outcome(secret.read_text)]

    assert in_child(lambda: outcome(secret.read_text)) == "possible"
    assert in_child(*stay) == "EACCES"


@pytest.mark.parametrize("ids", [(0, 50000), (50000, 0)], ids=["uid 0", "gid 0"])
def test_root_is_no_throwaway_user(ids, parent):
    """A configuration that would leave a worker root's uid or group is refused."""
    with pytest.raises(ValueError, match="above 0"):
        identity.become(*ids, parent=parent)


@pytest.mark.parametrize("user", USERS)
def test_worker_cannot_be_traced_and_dies_with_its_parent(user, parent):
    """Both flags are in force after the change of uid, which resets them."""

    def flags():
        value = ctypes.c_int()
        identity.prctl(PR_GET_PDEATHSIG, ctypes.addressof(value))
        return value.value, identity.prctl(PR_GET_DUMPABLE)

    assert in_child(user, flags) == (0, 1)
    assert in_child(user, lambda: identity.become(None, None, parent=parent), flags) == (signal.SIGKILL, 0)


def test_worker_does_not_start_without_its_parent(parent):
    """A parent that died before the death signal was asked for is noticed."""
    answer = in_child(lambda: identity.become(None, None, parent=parent + 1))

    assert answer.startswith("raised ProcessLookupError")


@pytest.mark.parametrize("protected", [True, False], ids=["with the layer", "without"])
def test_orphans_end(protected):
    """When the process that forked a worker dies, so does the worker; without the layer it lives on."""
    reading, writing = os.pipe()
    zygote = fork()
    if zygote == 0:
        _orphan(writing, protected)
    os.close(writing)
    orphan = int(os.read(reading, 20))
    os.waitpid(zygote, 0)

    ended, _, _ = select.select([reading], [], [], SECONDS if protected else 0.3)  # its end of the pipe closes
    os.close(reading)
    if not protected:
        os.kill(orphan, signal.SIGKILL)

    assert bool(ended) is protected


def _orphan(writing, protected):
    zygote = os.getpid()
    ready, done = os.pipe()
    worker = os.fork()
    if worker == 0:
        if protected:
            identity.become(None, None, parent=zygote)
        os.write(done, b".")
        select.select([], [], [], 2 * SECONDS)
        os._exit(0)
    os.read(ready, 1)
    os.write(writing, str(worker).encode())
    os._exit(0)


# ---- a free uid -----------------------------------------------------------------------------------------------


def test_slots_get_different_uids():
    """All slots of one grader can run side by side."""
    uids = [identity.pick_uid(slot) for slot in range(identity.SLOTS)]

    assert len(set(uids)) == identity.SLOTS
    assert all(uid in identity.UIDS for uid in uids)


@AS_ROOT
def test_uid_of_a_running_process_is_not_picked():
    """A process that survived an earlier submission keeps its uid to itself."""
    uid = identity.pick_uid(3)
    sleeper = subprocess.Popen(["/bin/sleep", "30"], user=uid)
    try:
        assert identity.pick_uid(3) not in (uid, identity.pick_uid(4))
    finally:
        sleeper.kill()
        sleeper.wait()

    assert identity.pick_uid(3) == uid


@pytest.mark.parametrize("look_up", ["pwd.getpwuid", "grp.getgrgid"])
def test_uid_of_an_account_or_group_is_not_picked(look_up, monkeypatch):
    """A student server may have accounts in any range."""
    taken = identity.pick_uid(1)

    def account(uid):
        if uid != taken:
            raise KeyError(uid)

    monkeypatch.setattr(f"autograder.worker.identity.{look_up}", account)

    assert identity.pick_uid(1) != taken


@pytest.mark.parametrize("slot", [-1, identity.SLOTS])
def test_slot_out_of_range_is_refused(slot):
    """Two slots must not meet at one uid."""
    with pytest.raises(ValueError, match="slot"):
        identity.pick_uid(slot)
