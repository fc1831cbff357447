"""Settings of the head that make no sense: rules, limits, files and data of an assignment."""

BROKEN: dict[str, tuple[str, str, str, str]] = {
    "course without settings": (
        "ok_format: false",
        "ok_format: false\n# course: strict",
        "# course: strict",
        "`course:` holds settings, one on each line below it",
    ),
    "misspelt rule": (
        "ok_format: false",
        "ok_format: false\n# course:\n#     module: [numpy]",
        "#     module: [numpy]",
        "no setting `module`: did you mean `modules`",
    ),
    "modules in words": (
        "ok_format: false",
        "ok_format: false\n# course:\n#     modules: numpy",
        "#     modules: numpy",
        "a list of names is wanted, such as [numpy, torch], got 'numpy'",
    ),
    "an unknown module": (
        "ok_format: false",
        "ok_format: false\n# course:\n#     modules: [nunpy]",
        "#     modules: [nunpy]",
        "`nunpy` is not installed here, did you mean `numpy`",
    ),
    "an unknown part": (
        "ok_format: false",
        "ok_format: false\n# course:\n#     modules: [convnet.functionals]",
        "#     modules: [convnet.functionals]",
        "`convnet.functionals` is not installed here, did you mean `convnet.functional`",
    ),
    "the grader itself": (
        "ok_format: false",
        "ok_format: false\n# course:\n#     modules: [autograder]",
        "#     modules: [autograder]",
        "no notebook may see it: take it out",
    ),
    "seconds in words": (
        "ok_format: false",
        "ok_format: false\n# course:\n#     seconds: {cell: long}",
        "#     seconds: {cell: long}",
        "`cell` is a number of seconds, more than 0 and at most 3600, got 'long'",
    ),
    "seconds of nothing": (
        "ok_format: false",
        "ok_format: false\n# course:\n#     seconds: {cells: 3}",
        "#     seconds: {cells: 3}",
        "seconds are for `cell`, `call` or both",
    ),
    "memory in numbers": (
        "ok_format: false",
        "ok_format: false\n# course:\n#     memory: 2",
        "#     memory: 2",
        "memory is like `2 GiB` or `512 MiB`, got 2",
    ),
    "too little memory": (
        "ok_format: false",
        "ok_format: false\n# course:\n#     memory: 1 MiB",
        "#     memory: 1 MiB",
        "memory is at least 256 MiB",
    ),
    "files that are no list": (
        "#     ok_format: false",
        "#     ok_format: false\n# course:\n#     files: predictions.npy",
        "#     files: predictions.npy",
        "a list of files is wanted",
    ),
    "a file in a folder": (
        "#     ok_format: false",
        "#     ok_format: false\n# course:\n#     files: [{name: ../a.npy, kind: npy, most: 1 MB}]",
        "#     files: [{name: ../a.npy, kind: npy, most: 1 MB}]",
        "a file's name is like predictions.npy",
    ),
    "a pickled file": (
        "#     ok_format: false",
        "#     ok_format: false\n# course:\n#     files: [{name: a.pkl, kind: pkl, most: 1 MB}]",
        "#     files: [{name: a.pkl, kind: pkl, most: 1 MB}]",
        "`kind` is npy or safetensors",
    ),
    "a file without a size": (
        "#     ok_format: false",
        "#     ok_format: false\n# course:\n#     files: [{name: a.npy, kind: npy}]",
        "#     files: [{name: a.npy, kind: npy}]",
        "`most` is like `500 kB` or `1 MB`",
    ),
    "a file too large for any": (
        "#     ok_format: false",
        "#     ok_format: false\n# course:\n#     files: [{name: a.npy, kind: npy, most: 900 MB}]",
        "#     files: [{name: a.npy, kind: npy, most: 900 MB}]",
        "at most 64 MB",
    ),
    "a shape that does not fit": (
        "#     ok_format: false",
        "#     ok_format: false\n# course:\n"
        "#     files: [{name: a.npy, kind: npy, most: 1 kB, shape: [9999]}]",
        "#     files: [{name: a.npy, kind: npy, most: 1 kB, shape: [9999]}]",
        "does not fit into `most`",
    ),
    "a misspelt setting of a file": (
        "#     ok_format: false",
        "#     ok_format: false\n# course:\n#     files: [{name: a.npy, kind: npy, mots: 1 MB}]",
        "#     files: [{name: a.npy, kind: npy, mots: 1 MB}]",
        "a file has no setting `mots`",
    ),
    "two files of one name": (
        "#     ok_format: false",
        "#     ok_format: false\n# course:\n"
        "#     files: [{name: a.npy, kind: npy, most: 1 kB}, {name: A.npy, kind: npy, most: 1 kB}]",
        "#     files: [{name: a.npy, kind: npy, most: 1 kB}, {name: A.npy, kind: npy, most: 1 kB}]",
        "two files are called a.npy",
    ),
    "data that are not there": (
        "#     ok_format: false",
        "#     ok_format: false\n# course:\n#     data: [held_out.npz]",
        "#     data: [held_out.npz]",
        "there is no data/held_out.npz beside hw0.py",
    ),
    "data that would be unpickled": (
        "#     ok_format: false",
        "#     ok_format: false\n# course:\n#     data: [held_out.pkl]",
        "#     data: [held_out.pkl]",
        "a name is like held_out.npz",
    ),
}
