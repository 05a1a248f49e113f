"""The pages in a real browser: what it loads and draws, contrast, narrow windows, keyboard, paper."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from autograder.class_page import class_page
from autograder.pages import student_page
from tests.autograder import made_up_class as made
from tests.autograder.made_up_class import check, exercise, not_started, report, result, right, wrong

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no Chromium at {CHROMIUM}")

EVIL = '"><script>document.title="owned"</script><img src=http://127.0.0.1:9/x onerror=alert(1)>\u202e'


@pytest.fixture(scope="module")
def browser():
    """One Chromium for all tests."""
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A student's page with every kind of verdict, and a class's page with hostile names, on disk."""
    folder = tmp_path_factory.mktemp("pages")
    crashed = check("value", 3, "FAILED", code="RAISED", message=EVIL, hint=EVIL)
    unclear = check("value", 3, "GRADER_ERROR", code="GRADER_ERROR")
    exercises = [right("relu_grad"), wrong("backprop"), not_started("graph_backprop")]
    exercises += [exercise("layer_backward", crashed), exercise("linear_backward", unclear)]
    staff = report(*exercises, cells=[{"cell": 3, "trouble": EVIL}])
    results = [*made.a_class(80), result(EVIL, made.a_class(1)[0].report, EVIL)]
    pages = {
        "student": student_page(result("ada", staff, EVIL, score=None), "Homework 3"),
        "class": class_page(results, "Homework 3", made.SOURCES, {one.student: "students/x.html" for one in results}),
    }
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(page, "utf-8")
    return folder


@pytest.fixture
def opened(browser, files):
    """Opens a page by name; gives it, with all its folded parts open."""
    contexts = []

    def show(name, width=900, **options):
        contexts.append(browser.new_context(viewport={"width": width, "height": 800}, **options))
        page = contexts[-1].new_page()
        page.goto((files / f"{name}.html").as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        return page

    yield show
    for context in contexts:
        context.close()


NAMES = pytest.mark.parametrize("name", ["student", "class"])
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


@NAMES
def test_a_page_asks_for_nothing_and_runs_nothing(browser, files, name):
    """The file itself is the only request; nothing is said on the console, and no policy is broken."""
    context = browser.new_context()
    page = context.new_page()
    requests, said = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: said.append(message.text))

    page.goto((files / f"{name}.html").as_uri(), wait_until="networkidle")

    assert requests == [(files / f"{name}.html").as_uri()]
    assert said == []
    assert page.title() != "owned"
    assert page.locator("script, img, iframe").count() == 0
    context.close()


@NAMES
def test_a_page_reads_the_same_without_javascript(opened, name):
    """Everything is in the file."""
    with_it = opened(name).locator("main").inner_text()
    without_it = opened(name, java_script_enabled=False).locator("main").inner_text()

    assert without_it.split()[:50] == with_it.split()[:50]


@NAMES
def test_the_style_is_used(opened, name):
    """The policy lets the page's own style through."""
    assert opened(name).evaluate("getComputedStyle(document.querySelector('.page')).maxWidth") != "none"


@NAMES
@pytest.mark.parametrize("width", [320, 400, 1200])
def test_nothing_sticks_out_sideways(opened, name, width):
    """From a small phone to a wide screen the page does not scroll sideways, whatever is in it."""
    assert opened(name, width).evaluate("document.documentElement.scrollWidth") <= width


@NAMES
@SCHEMES
def test_all_text_has_contrast(opened, name, scheme):
    """Every text reaches the ratio of 4.5 that WCAG asks for, on whatever lies behind it, in light and dark."""
    page = opened(name, color_scheme=scheme)

    found = page.evaluate(COLOURS)

    assert len(found) > 5
    assert {
        sample["text"]: ratio for sample in found if (ratio := contrast(sample["ink"], sample["paper"])) < 4.5
    } == {}


@SCHEMES
def test_status_differs_by_word_and_sign_and_not_by_colour_alone(opened, scheme):
    """Each verdict has its own word and its own sign."""
    page = opened("student", color_scheme=scheme)

    chips = {tuple(text.split(" ", 1)) for text in page.locator(".status").all_inner_texts()}

    assert chips == {("✓", "passed"), ("✗", "not yet"), ("○", "not run"), ("!", "being looked at")}


@SCHEMES
def test_bars_stand_out_from_their_track(opened, scheme):
    """Parts of a drawing that carry meaning reach a ratio of 3."""
    page = opened("class", color_scheme=scheme)

    fill, track = (
        page.evaluate(f"getComputedStyle(document.querySelector('svg.bar .{part}')).fill") for part in ("fill", "track")
    )

    assert contrast(fill, track) >= 3


@NAMES
def test_landmarks_and_headings_as_a_screen_reader_finds_them(opened, name):
    """One main, one banner, one footer; levels without a gap; every drawing is hidden or named."""
    page = opened(name)

    levels = [int(tag[1]) for tag in page.eval_on_selector_all("h1,h2,h3,h4", "all => all.map(one => one.tagName)")]

    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("heading", level=1).count() == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert page.locator("svg:not([aria-hidden=true])").count() == 0
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_histogram_is_told_in_words(opened):
    """Who does not see the drawing hears its numbers."""
    text = opened("class").locator("figcaption").text_content()

    assert re.search(r"90 to 100: \d+; full marks: \d+\.", text)


@NAMES
def test_the_keyboard_reaches_everything_and_shows_where_it_is(opened, name):
    """The first stop skips to the results; folded parts open with the keyboard."""
    page = opened(name)

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.textContent") == "Skip to the results"
    summary = page.locator("summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("details").first.get_attribute("open") is None


@NAMES
def test_a_page_can_be_printed(opened, name):
    """On paper the background is white and nothing is cut off."""
    page = opened(name, color_scheme="dark")

    page.emulate_media(media="print", color_scheme="light")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf()[:5] == b"%PDF-"


def contrast(ink: str, paper: str) -> float:
    """The contrast ratio of WCAG 2 between two colours as CSS computes them."""
    darker, lighter = sorted(map(_luminance, (ink, paper)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(value) / 255 for value in re.findall(r"\d+", colour)[:3]]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_formula_of_contrast():
    """Black on white is 21, equal colours are 1, and WCAG's own example grey #767676 on white is 4.54."""
    assert contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)") == pytest.approx(21)
    assert contrast("rgb(9, 9, 9)", "rgb(9, 9, 9)") == 1
    assert contrast("rgb(118, 118, 118)", "rgb(255, 255, 255)") == pytest.approx(4.54, abs=0.005)


# For one element of each kind that holds text: its colour, and that of the nearest opaque thing behind it.
COLOURS = """() => {
    const seen = new Map();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.textContent.trim() || !element.getClientRects().length) continue;
        let behind = element;
        while (behind && getComputedStyle(behind).backgroundColor === 'rgba(0, 0, 0, 0)') behind = behind.parentElement;
        const style = getComputedStyle(element);
        const ink = element.closest('svg') ? style.fill : style.color;
        const paper = getComputedStyle(behind || document.body).backgroundColor;
        const text = `${element.tagName}.${element.getAttribute('class') || ''}: ${ink} on ${paper}`;
        if (!seen.has(ink + paper)) seen.set(ink + paper, {text, ink, paper});
    }
    return [...seen.values()];
}"""
