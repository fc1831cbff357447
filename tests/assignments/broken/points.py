"""Points and bands that make no sense."""

BROKEN: dict[str, tuple[str, str, str, str]] = {
    "no points": ("# points: 2\n", "", "# # BEGIN QUESTION", "q1 has no points: write `points: 2`"),
    "points in words": ("points: 2", "points: two", "# points: two", "a number above 0, got 'two'"),
    "no points at all": ("points: 2", "points: 0", "# points: 0", "a number above 0, got 0"),
    "points in a list": ("points: 2", "points: [1, 1]", "# points: [1, 1]", "a number above 0, got [1, 1]"),
    "bands that are no list of steps": (
        "hidden: true\nfailure_message: It is wrong for some number.",
        "hidden: true\nbands: 0.7\nfailure_message: It is wrong for some number.",
        "bands: 0.7",
        "`bands` says where each band begins",
    ),
    "bands that go down": (
        "hidden: true\nfailure_message: It is wrong for some number.",
        "hidden: true\nbands: {0.8: 1, 0.7: 1}\nfailure_message: It is wrong for some number.",
        "bands: {0.8: 1, 0.7: 1}",
        "the bands go upwards",
    ),
    "a band that adds nothing": (
        "hidden: true\nfailure_message: It is wrong for some number.",
        "hidden: true\nbands: {0.8: 0}\nfailure_message: It is wrong for some number.",
        "bands: {0.8: 0}",
        "a band begins at a number and adds points",
    ),
    "bands beside points": (
        "hidden: true\nfailure_message: It is wrong for some number.",
        "hidden: true\nbands: {0.8: 2}\npoints: 2\nfailure_message: It is wrong for some number.",
        "points: 2",
        "the bands of test_b are its points",
    ),
    "points for some tests alone": (
        "hidden: true\nfailure_message: It is wrong for some number.",
        "hidden: true\npoints: 1\nfailure_message: It is wrong for some number.",
        "# # END QUESTION",
        "some name points and test_a names none",
    ),
}
