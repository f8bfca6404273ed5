import pytest

from dynalint.reports.fingerprints import line_hashes

LOREM = "Lorem ipsum dolor sit amet.\n" * 10
LF = " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n"
ENDED = (
    "e9496ae3ebfced30:1 fb7c023a8b9ccb3f:1 ce8ba1a563dcdaca:1 e20e36e16fcb0cc8:1 b3edc88f2938467e:1 "
    "c8e28b0b4002a3a0:1 c129715d7a2bc9a3:1"
)

# What GitHub's own action answers for these texts.
VECTORS = [
    ("", "c129715d7a2bc9a3:1"),
    (" a\nb\n  \t\tc\n d", "271789c17abda88f:1 54703d4cd895b18:1 180aee12dab6264:1 a23a3dc5e078b07b:1"),
    (
        LF.removesuffix("\n"),
        (
            "8b7cf3e952e7aeb2:1 b1ae1287ec4718d9:1 bff680108adb0fcc:1 c6805c5e1288b612:1 b86d3392aea1be30:1 "
            "e6ceba753e1a442:1"
        ),
    ),
    (LF, ENDED),
    (LF.replace("\n", "\r"), ENDED),
    (LF.replace("\n", "\r\n"), ENDED),
    (" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", ENDED),
    (
        LOREM,
        (
            "a7f2ff13bc495cf2:1 a7f2ff13bc495cf2:2 a7f2ff13bc495cf2:3 a7f2ff13bc495cf2:4 a7f2ff13bc495cf2:5 "
            "a7f2ff13bc495cf2:6 a7f2ff1481e87703:1 a9cf91f7bbf1862b:1 55ec222b86bcae53:1 cc97dc7b1d7d8f7b:1 "
            "c129715d7a2bc9a3:1"
        ),
    ),
]


@pytest.mark.parametrize(("text", "expected"), VECTORS)
def test_every_line_hashes_as_github_hashes_it(text: str, expected: str) -> None:
    hashes = line_hashes(text.encode(), wanted=set(range(1, 100)))
    assert list(hashes.values()) == expected.split()
    assert list(hashes) == list(range(1, len(hashes) + 1))


def rolling(data: bytes) -> dict[int, str]:
    """The same by the book: a window that rolls over the file unit by unit."""
    text = data.decode("utf-8", "replace")
    encoded = text.encode("utf-16-le", "surrogatepass")
    units = [int.from_bytes(encoded[i : i + 2], "little") for i in range(0, len(encoded), 2)]
    window, waiting = [0] * 100, [0] * 100
    state = {"hash": 0, "at": 0, "line": 0}
    seen: dict[str, int] = {}
    found: dict[int, str] = {}

    def push(unit: int) -> None:
        if waiting[state["at"]]:
            value = f"{state['hash']:x}"
            seen[value] = seen.get(value, 0) + 1
            found[waiting[state["at"]]] = f"{value}:{seen[value]}"
            waiting[state["at"]] = 0
        if state.pop("fresh", 1):
            state["line"] += 1
            waiting[state["at"]] = state["line"]
        state["fresh"] = int(unit == 10)
        state["hash"] = (37 * state["hash"] + unit - 37**100 * window[state["at"]]) % 2**64
        window[state["at"]] = unit
        state["at"] = (state["at"] + 1) % 100

    after_cr = False
    for unit in units:
        if unit in (32, 9) or (after_cr and unit == 10):
            after_cr = False
            continue
        after_cr = unit == 13
        push(10 if after_cr else unit)
    push(65535)
    state["fresh"] = 0
    for _ in range(100):
        push(0)
        state["fresh"] = 0
    return found


@pytest.mark.parametrize(
    "data",
    [
        'x = "𐐀𐐀"\n'.encode() * 70,
        b"\xef\xbb\xbfa\r \nb\r\r\n\tc",
        b"\xff\xfe\x00 broken \xe2\x82\n" * 9,
        bytes(range(256)) * 3,
        b"\n" * 300,
    ],
)
def test_astral_characters_broken_utf8_and_lone_returns_count_as_in_the_rolling_form(data: bytes) -> None:
    assert line_hashes(data, set(range(1, 10_000))) == rolling(data)


def test_lines_beyond_the_end_have_no_hash() -> None:
    assert line_hashes(b"one\n", {3}) == {}
