"""What a default Docker container leaves to its root, imitated: few capabilities, a filter, no Landlock."""

from collections.abc import Callable

from autograder.worker import identity

# chown dac_override fowner fsetid kill setgid setuid setpcap net_bind_service net_raw sys_chroot mknod audit_write
# setfcap
CAPABILITIES = (0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31)
REFUSED = (
    "mount umount2 pivot_root unshare setns keyctl add_key request_key bpf perf_event_open userfaultfd kexec_load "
    "open_by_handle_at init_module finit_module delete_module reboot swapon swapoff syslog acct settimeofday "
    "io_uring_setup io_uring_enter io_uring_register"
)
MISSING = "clone3 landlock_create_ruleset landlock_add_rule landlock_restrict_self"
ENOSYS, EPERM = 38, 1
NUMBERS = {"landlock_create_ruleset": 444, "landlock_add_rule": 445, "landlock_restrict_self": 446, "clone3": 435,
           "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427}  # fmt: skip


def preparation() -> Callable[[], None]:
    """For `preexec_fn`: takes the filter, which needs a capability, then gives up what Docker does not leave."""
    import pyseccomp

    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    rules.set_attr(pyseccomp.Attr.CTL_NNP, 0)
    for names, code in ((REFUSED, EPERM), (MISSING, ENOSYS)):
        for name in names.split():
            rules.add_rule(
                pyseccomp.ERRNO(code), NUMBERS.get(name) or pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
            )

    def prepare() -> None:
        rules.load()
        for capability in range(41):
            if capability not in CAPABILITIES:
                identity.prctl(identity.PR_CAPBSET_DROP, capability)

    return prepare
