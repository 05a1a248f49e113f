"""Arenas shared by all attack tests, and the table at the end of `pytest -m attack`."""

from collections import defaultdict

import pytest

from attacks.modes import Mode, Runner


@pytest.fixture(scope="session")
def arenas():
    """Gives the arena of a mode; each is started once, and one at a time."""
    running: dict[Mode, Runner] = {}

    def arena(mode: Mode) -> Runner:
        if mode not in running:
            for runner in running.values():
                runner.close()
            running.clear()
            running[mode] = Runner(mode)
        return running[mode]

    yield arena
    for runner in running.values():
        runner.close()


def pytest_terminal_summary(terminalreporter, config):
    """Mode, layers, attacks tried, breaches; those that are known (xfail) count as breaches."""
    if config.option.markexpr != "attack":
        return
    tried, breaches, layers = defaultdict(int), defaultdict(int), {}
    for outcome in ("passed", "failed", "xfailed", "xpassed"):
        for report in terminalreporter.stats.get(outcome, []):
            told = dict(report.user_properties)
            if "mode" in told:
                tried[told["mode"]] += 1
                breaches[told["mode"]] += outcome in ("failed", "xfailed")
                layers[told["mode"]] = told["layers"]
    if tried:
        terminalreporter.section("attacks")
        terminalreporter.write_line(f"{'mode':<28}{'layers':<46}{'tried':>6}{'breaches':>10}")
    for mode, count in tried.items():
        terminalreporter.write_line(f"{mode:<28}{layers[mode]:<46}{count:>6}{breaches[mode]:>10}")
