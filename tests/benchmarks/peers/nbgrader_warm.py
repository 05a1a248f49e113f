"""Grades submissions with nbgrader in one warm process, started in the folder of the course."""

import os

from nbgrader.apps import NbGraderAPI
from serve import serve
from traitlets.config import Config, PyFileConfigLoader

ASSIGNMENT = "hw"


def main():
    """Serve `autograde`; the answer is the student's points."""
    config = Config(PyFileConfigLoader("nbgrader_config.py", path=os.getcwd()).load_config())
    config.CourseDirectory.root = os.getcwd()
    interface = NbGraderAPI(config=config)

    def grade(student):
        done = interface.autograde(ASSIGNMENT, student, force=True, create=True)
        if not done["success"]:
            raise RuntimeError(done.get("error") or done.get("log"))
        with interface.gradebook as gradebook:
            return gradebook.find_submission(ASSIGNMENT, student).score

    serve(grade)


main()
