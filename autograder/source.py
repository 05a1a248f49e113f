"""The source text of an answer of the bank under the name of its exercise, as a student would have typed it."""

import inspect
import re
import textwrap

from autograder.check import Answer


def answer_source(answer: Answer) -> str:
    """The function's text without decorator and hint, named after its exercise."""
    text = textwrap.dedent(inspect.getsource(answer.function))
    definition = text[text.index(f"def {answer.name}(") :]
    docstring = answer.function.__doc__
    if docstring is not None:
        definition = re.sub(
            r'^\s+(?:"""|\'\'\'|"|\')' + re.escape(docstring) + r'(?:"""|\'\'\'|"|\')\n',
            "",
            definition,
            count=1,
            flags=re.MULTILINE,
        )
    return definition.replace(f"def {answer.name}(", f"def {answer.exercise}(", 1)
