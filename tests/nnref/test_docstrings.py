"""Docstrings of the answer key are the homework's text: their examples run, and every function has one."""

import doctest
import importlib
import inspect
import pkgutil

import numpy as np
import pytest

import nnref

MODULES = [importlib.import_module(f"nnref.{info.name}") for info in pkgutil.iter_modules(nnref.__path__)]
FUNCTIONS = [
    function
    for module in MODULES
    for _, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__
]


def name_of(thing):
    return thing.__name__


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_examples_run(module):
    """Every example gives what it says."""
    found = doctest.testmod(module, extraglobs={"np": np})

    assert found.attempted
    assert not found.failed


@pytest.mark.parametrize("function", FUNCTIONS, ids=name_of)
def test_a_docstring_has_a_source_and_an_example(function):
    """Result, source, arguments and an example: what a student needs to start."""
    text = inspect.getdoc(function) or ""

    assert "Source:" in text
    assert "Returns:" in text
    assert ">>>" in text
    assert all(name in text for name in inspect.signature(function).parameters)
