"""Attacks that get through at present, with the reason; a test fails as soon as one of them is repelled."""

UNCAUGHT = "WorkerEnded leaves Session.replace and with it Grader.grade: the whole grader fails"
KNOWN: dict[str, str] = {
    "an answer in advance, twice the honest one": UNCAUGHT,
    "die when a function is replaced": UNCAUGHT,
    "a generator that stands still": "wire takes a PCG64 increment that is even: draws of the check never end, in C",
    "a frame of small things": "msgpack builds 16 million containers before they are counted",
    "frames of 16 MB for every cell": "texts of a cell's outcome are kept in full, however long and many they are",
    "an earlier function with a large product": "the reference allocates on the trusted side what the arguments say",
    "many small things": "20 MB of JSON become 430 MB of lists",
    "a folder with a name of two lines": "render.report_text writes the problem with its line ends",
    "a cell of empty lines": "CHECK_CALL looks for blanks over line ends anew at every line",
}
KNOWN_IN: dict[tuple[str, str], str] = {  # by mode's and attack's names
    ("ordinary user, bubblewrap", "write into the zygote's memory"): "the zygote is dumpable and of the worker's uid",
}
