"""What counts as equal, what does not, and which pattern of a wrong value is named."""

import numpy as np
import pytest

from autograder.compare import array, equal, number, require, slopes, slopes_and_kinks, unpack
from autograder.failure import Failure

MATRIX = np.array([[1.0, 2.0, 4.0], [3.0, 5.0, 9.0]])
SQUARE = np.array([[1.0, 2.0], [3.0, 5.0]])


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        pytest.param(MATRIX.tolist(), MATRIX, id="nested lists for an array"),
        pytest.param(MATRIX.astype(np.float32) * np.float32(1 + 1e-4), MATRIX, id="float32 within its tolerance"),
        pytest.param(MATRIX * (1 + 5e-6), MATRIX, id="rounding"),
        pytest.param(MATRIX[:, :1], MATRIX[:, 0], id="(n, 1) for (n,)"),
        pytest.param(MATRIX[:1], MATRIX[0], id="(1, n) for (n,)"),
        pytest.param(np.array([[2.5]]), 2.5, id="an array of one entry for a number"),
        pytest.param(np.float64(2.5), 2.5, id="a numpy number"),
        pytest.param([True, False], np.array([1.0, 0.0]), id="booleans for 0 and 1"),
        pytest.param([1, 2], (1.0, 2.0), id="a list for a tuple"),
        pytest.param(np.array([1.0, 2.0]), [1.0, 2.0], id="an array for a list of numbers"),
        pytest.param({2: 1, 1: 2.0}, {1: 2.0, 2: 1.0}, id="a dict in another order"),
        pytest.param(np.inf, np.inf, id="infinity where it is expected"),
        pytest.param(np.zeros((0, 3)), np.zeros((0, 3)), id="nothing"),
    ],
)
def test_accepts(got, expected):
    """Everything that is right in another form passes."""
    equal("x", got, expected)


@pytest.mark.parametrize(
    ("got", "expected", "code"),
    [
        pytest.param(None, MATRIX, "UNSUPPORTED_RETURN", id="None"),
        pytest.param("text", MATRIX, "DTYPE", id="text"),
        pytest.param(1j * MATRIX, MATRIX, "DTYPE", id="complex numbers"),
        pytest.param(np.array([object()]), 1.0, "DTYPE", id="objects"),
        pytest.param([[1.0], [1.0, 2.0]], MATRIX, "SHAPE", id="ragged lists"),
        pytest.param(MATRIX.T, MATRIX, "SHAPE", id="transposed"),
        pytest.param(MATRIX[0], MATRIX[:, :1], "SHAPE", id="(n,) for (n, 1)"),
        pytest.param(MATRIX[0], MATRIX[:1], "SHAPE", id="(n,) for (1, n)"),
        pytest.param(MATRIX * (1 + 1e-4), MATRIX, "WRONG", id="one part in ten thousand"),
        pytest.param(MATRIX + np.nan, MATRIX, "NONFINITE", id="NaN"),
        pytest.param(np.where(MATRIX == 9, np.inf, MATRIX), MATRIX, "NONFINITE", id="one infinity"),
        pytest.param((1.0, 2.0, 3.0), (1.0, 2.0), "SHAPE", id="three results for two"),
        pytest.param(1.0, (1.0, 2.0), "SHAPE", id="a number for a tuple"),
        pytest.param({1: 1.0}, {1: 1.0, 2: 2.0}, "SHAPE", id="a missing key"),
        pytest.param({1: 1.0, 3: 1.0}, {1: 1.0}, "SHAPE", id="a key too many"),
        pytest.param([1.0], {1: 1.0}, "SHAPE", id="a list for a dict"),
        pytest.param(-np.inf, np.inf, "WRONG", id="the wrong infinity"),
        pytest.param(1e300, np.inf, "WRONG", id="large for infinity"),
    ],
)
def test_refuses(got, expected, code):
    """What is wrong fails with the code that says how."""
    with pytest.raises(Failure) as failed:
        equal("x", got, expected)

    assert failed.value.code == code


def test_what_comes_from_single_precision_may_be_off_by_its_rounding():
    """Whichever of the two it is: a check may compare two functions of the student's."""
    exact, rounded = MATRIX / 3, (MATRIX / 3).astype(np.float32)

    equal("dW", exact, rounded)
    equal("dW", rounded, exact)
    with pytest.raises(Failure):
        equal("dW", exact, exact + 3e-5)


@pytest.mark.parametrize(
    ("got", "expected", "slip", "words"),
    [
        pytest.param(SQUARE.T, SQUARE, "transposed", "is transposed", id="transposed square"),
        pytest.param(MATRIX.T, MATRIX, "transposed", "(3, 2)", id="transposed shape"),
        pytest.param(-MATRIX, MATRIX, "sign", "wrong sign", id="sign"),
        pytest.param(MATRIX / 2, MATRIX, "half", "0.5", id="missing factor 2"),
        pytest.param(2 * MATRIX, MATRIX, "factor 2", "factor, 2.", id="factor 2 too many"),
        pytest.param(7 * MATRIX, MATRIX, "summed", "factor, 7.", id="sum for mean"),
        pytest.param(MATRIX / 7, MATRIX, "averaged", "0.142857", id="mean for sum"),
        pytest.param(MATRIX * 1.3, MATRIX, "factor", "1.3", id="some factor"),
        pytest.param(MATRIX[::-1], MATRIX, "upside down", "upside down", id="a slip that the author foresaw"),
        pytest.param(MATRIX + 1, MATRIX, None, "6 of 6 entries", id="no pattern"),
    ],
)
def test_names_the_slip(got, expected, slip, words):
    """A value that is right up to one named slip fails, and the slip is named."""
    with pytest.raises(Failure) as failed:
        equal("dW", got, expected, examples=7, slips={"upside down": MATRIX[::-1]})

    assert failed.value.slip == slip
    assert words in str(failed.value)


def test_a_single_wrong_number_has_no_factor():
    """Any two numbers differ by a factor, so it says nothing."""
    with pytest.raises(Failure) as failed:
        equal("x", 4.0, 3.0)

    assert failed.value.slip is None


def test_says_where_and_what():
    """The message gives the first wrong entry, both values and how many are wrong."""
    with pytest.raises(Failure, match=r"1 of 6 entries of dW is wrong. dW\[1, 2\] is 8.5, expected 9.") as failed:
        equal("dW", np.where(MATRIX == 9, 8.5, MATRIX), MATRIX)

    assert failed.value.code == "WRONG"


def test_every_shape_comes_before_any_value():
    """A wrong shape in the second result is said before a wrong value in the first."""
    with pytest.raises(Failure, match=r"dW has shape \(2, 2\), expected \(fan_in, fan_out\) = \(2, 3\)"):
        equal("dX, dW", (SQUARE + 1, SQUARE), (SQUARE, MATRIX), axes=("(N, fan_in)", "(fan_in, fan_out)"))


def test_messages_hold_no_angle_bracket():
    """otter shows messages as HTML without escaping them."""
    with pytest.raises(Failure) as failed:
        require(False, "a < b > c")

    assert not set("<>") & set(str(failed.value))


def test_unpack_names_what_is_expected():
    """One array where three results belong is a sentence, not an error of Python."""
    with pytest.raises(Failure, match="expected 3 results: dX, dW, db"):
        unpack(MATRIX, "dX", "dW", "db")


def test_array_allows_any_length_where_the_shape_says_none():
    """None in a shape stands for any length."""
    assert array("x", MATRIX, (None, 3)).shape == (2, 3)
    with pytest.raises(Failure, match="any"):
        array("x", MATRIX, (None, 4))


@pytest.mark.parametrize("value", [np.nan, np.inf, [1.0, 2.0], "3", None])
def test_number_is_one_finite_number(value):
    """`number` refuses everything else."""
    with pytest.raises(Failure):
        number("loss", value)


def test_slopes_of_a_polynomial():
    """Central differences of x^3 + 2 x y at (2, 5) are 3 x^2 + 2 y = 22 and 2 x = 4."""
    found = slopes(lambda v: v[0] ** 3 + 2 * v[0] * v[1], [2.0, 5.0])

    np.testing.assert_allclose(found, [22.0, 4.0], rtol=1e-6)


def test_kinks_are_marked():
    """Where a ReLU changes side between the two points there is no slope to compare with."""
    found, kinked = slopes_and_kinks(lambda v: float(np.maximum(v, 0).sum()), np.array([2e-7, 1.0, -1.0]))

    assert kinked.tolist() == [True, False, False]
    np.testing.assert_allclose(found[1:], [1.0, 0.0], atol=1e-8)
