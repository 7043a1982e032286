"""Good files made wrong: bits turned, pieces cut out, doubled, taken from another, numbers made huge, nesting without end."""

from collections.abc import Sequence

from hypothesis import strategies as st

ODD = [
    b"",
    b"\0",
    b"\n",
    b"\r\n\r\n",
    b'"',
    b"\\",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\\u0000",
    b"\\ud800",
    b"null",
    b"true",
    b"{}",
    b"[]",
    b'""',
    b"-1",
    b"1e999",
    b"NaN",
    b"Infinity",
    b"2" * 30,
    b"9" * 5000,
    b"[" * 3000,
    b'{"a":' * 3000,
    b"=HYPERLINK(1)",
    b"../../x",
    b"%00%ff",
    "\u202e\ud7ff\U0001f600é".encode(),
    b";" * 2000,
    b"0001-01-01T00:00:00+23:59",
    b"9999-12-31T23:59:59-23:59",
    b"\xff\xff\xff\xff\xff\xff\xff\x7f",
]


@st.composite
def mutated(draw: st.DrawFn, corpus: Sequence[bytes]) -> bytes:
    """One of the good files with up to five wrongs; now and then bytes that were never a file."""
    if draw(st.integers(0, 15)) == 0:
        return draw(st.binary(max_size=300))
    made = bytearray(draw(st.sampled_from(corpus)))
    for _ in range(draw(st.integers(1, 5))):
        first, second = sorted(draw(st.integers(0, len(made))) for _ in range(2))
        match draw(st.sampled_from(["flip", "cut", "end", "odd", "instead", "double", "splice", "byte"])):
            case "flip" if first < len(made):
                made[first] ^= 1 << draw(st.integers(0, 7))
            case "byte" if first < len(made):
                made[first] = draw(st.integers(0, 255))
            case "cut":
                del made[first : min(second, first + 200)]
            case "end":
                del made[second:]
            case "odd":
                made[first:first] = draw(st.sampled_from(ODD))
            case "instead":
                made[first : min(second, first + 20)] = draw(st.sampled_from(ODD))
            case "double":
                made[first:first] = made[first : min(second, first + 4000)]
            case "splice":
                other = draw(st.sampled_from(corpus))
                made[first:second] = other[draw(st.integers(0, len(other))) :][:2000]
    return bytes(made[: 1 << 20])
