"""What one submission may use. One frozen value, read by the worker, the judge, the intake and the documentation."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Defaults for answers that run in milliseconds; a homework overrides them with LIMITS in hidden.py."""

    cell_seconds: float = 10.0  # honest cells take milliseconds; figures that train are skipped if unchanged
    call_seconds: float = 3.0  # one call of an exercise; honest ones take milliseconds
    submission_seconds: float = 120.0  # everything together; checks that no time is left for are TIMEOUT
    timeouts_per_function: int = 2  # after these, the function's remaining checks are TIMEOUT without running
    callbacks_per_call: int = 100_000  # calls of a handle, such as f in numerical_gradient(f, theta)

    address_space_mb: int = 2048  # numpy and matplotlib map about 600 MB of it without using them
    cpu_seconds: int = 150  # a backstop behind the deadlines above
    stack_mb: int = 8  # the usual size: deep recursion ends in RecursionError, not in a crash
    open_files: int = 64
    processes: int = 64  # threads, counted per user; BLAS is held to one
    file_bytes: int = 0  # nothing is written

    output_chars: int = 20_000  # kept of what a cell prints
    notebook_bytes: int = 20 * 2**20  # a notebook with figures has 1-3 MB
    cells: int = 2_000
    zip_entries: int = 200
    zip_bytes: int = 50 * 2**20  # unpacked
