"""Show one page of the book in a browser, and build it again whenever it is saved.

    python tools/preview.py convolution/pooling [--port 8001]      (make preview PAGE=convolution/pooling)

The page is built alone (see `preview_book`); links to other pages lead to the built book where there is one.
A cell that raises, a broken reference and a page that cannot be read are shown above the page, until it is
saved again without them. Ctrl-C ends it.
"""

from __future__ import annotations

import argparse
import html
import http.server
import json
import multiprocessing
import signal
import sys
import threading
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import preview_book

ROOT = Path(__file__).resolve().parents[1]
WATCHED = ("book/**/*.md", "book/**/*.rst", "book/*.bib", "book/*.yml", "book/_ext/*.py", "_config.yml")
WATCHED += ("book/_static/*.*", "book/_templates/*", "src/**/*.py", "src/coursekit/_widgets/*")
EVENTS = "/-/events"
LOADED = (
    "jupyter_book.sphinx",
    "myst_nb.sphinx_",
    "sphinx_book_theme",
    "sphinx.ext.autodoc",
    "sphinx_exercise",
)
LOADED += (
    "sphinx_proof",
    "sphinxcontrib.bibtex",
    "sphinx_design",
    "sphinx_copybutton",
    "sphinx_togglebutton",
)
LOADED += ("sphinx.builders.html", "sphinx.ext.napoleon", "sphinx.ext.viewcode", "nbclient", "numpy")
PAUSE = 0.2  # seconds between two looks at the files
NOTHING_YET = "<!doctype html><title>Preview</title><body><p>This page has not been built yet.</p></body>"
LEFT_OUT = (
    "<!doctype html><title>Left out</title><p>This page is not part of the preview: make book has it.</p>"
)
PANEL = """
<pre id="preview-problem" role="alert" style="position:fixed;inset:0 0 auto 0;z-index:9999;margin:0;
max-height:50vh;overflow:auto;padding:1em;white-space:pre-wrap;background:#fff3f3;color:#7a0010;
border-bottom:3px solid #b00020">{problem}</pre>"""
SCRIPT = """
<div id="preview-busy" role="status" hidden style="position:fixed;right:1em;bottom:1em;z-index:9999;
padding:.3em .8em;background:#222;color:#fff;border-radius:.5em">building …</div>
<script>
new EventSource("{events}").onmessage = ({{ data }}) => {{
  const now = JSON.parse(data);
  if (now.version !== {version}) location.reload();
  document.getElementById("preview-busy").hidden = !now.busy;
}};
</script>
"""


class Live:
    """What the browser is told: which version of the page there is, and whether the next is on its way."""

    def __init__(self) -> None:
        self.version, self.busy, self.problem = 0, True, ""
        self.changed = threading.Condition()

    def tell(self, *, busy: bool, problem: str | None = None) -> None:
        """Set what is told; a problem, also an empty one, is a new version."""
        with self.changed:
            self.busy = busy
            if problem is not None:
                self.problem, self.version = problem, time.time_ns() // 1_000_000
            self.changed.notify_all()

    def events(self) -> Iterator[bytes]:
        """Yield a server-sent event at once and after every change; a comment where nothing happens."""
        told = ""
        while True:
            with self.changed:
                now = json.dumps({"version": self.version, "busy": self.busy})
                if now == told and not self.changed.wait(5):
                    yield b": still here\n\n"
                    continue
                now = json.dumps({"version": self.version, "busy": self.busy})
            told = now
            yield f"data: {now}\n\n".encode()

    def into(self, text: str) -> str:
        """Put problem and script into a page."""
        with self.changed:
            panel = PANEL.format(problem=html.escape(self.problem)) if self.problem else ""
            added = panel + SCRIPT.format(events=EVENTS, version=self.version)
        head, body, tail = text.rpartition("</body>")
        return head + added + body + tail


class Pages(http.server.SimpleHTTPRequestHandler):
    """Serves the page, whatever it loads, and the rest of the built book."""

    live: Live
    page: str
    site: Path
    book: Path

    def do_GET(self) -> None:
        """Answer with events, the page, another page or a file."""
        path = self.path.partition("?")[0].partition("#")[0]
        if path == EVENTS:
            self._stream()
        elif path == "/":
            self.send_response(302)
            self.send_header("Location", f"/{self.page}.html")
            self.end_headers()
        elif path == f"/{self.page}.html":
            there = self.site / f"{self.page}.html"
            text = (
                there.read_text(encoding="utf-8")
                if there.is_file()
                else "<title>Preview</title><body></body>"
            )
            self._answer(self.live.into(text))
        elif path.endswith(".html") and not Path(self.translate_path(path)).is_file():
            self._answer(LEFT_OUT)
        else:
            super().do_GET()

    def _answer(self, text: str) -> None:
        content = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            for event in self.live.events():
                self.wfile.write(event)
                self.wfile.flush()
        except OSError:  # the browser has gone
            return

    def end_headers(self) -> None:
        """Forbid the browser to keep anything: all of it may be built anew."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def translate_path(self, path: str) -> str:
        """Look among what was built here, then in the built book: its pages are whole."""
        here = Path(super().translate_path(path))
        there = self.book / here.relative_to(self.directory)
        whole = there.is_file() and (here.suffix == ".html" or not here.exists())
        return str(there if whole else here)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal shows builds."""


class Server(http.server.ThreadingHTTPServer):
    """Ends without waiting for browsers that still listen to events."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True


def state(root: Path) -> dict[Path, int]:
    """Say when each of the watched files was last written."""
    found = {}
    for path in (path for pattern in WATCHED for path in root.glob(pattern)):
        try:
            found[path] = path.stat().st_mtime_ns
        except FileNotFoundError:  # an editor is just replacing it
            found[path] = 0
    return found


def work(told: Connection, root: Path, page: str, folder: Path) -> None:
    """Build in a process of its own and hand over what it came to."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's; it ends this one
    try:
        told.send(preview_book.build(root, page, folder))
    except Exception as error:
        told.send(preview_book.Outcome(f"{type(error).__name__}: {error}", 0.0))


def built(root: Path, page: str, folder: Path) -> preview_book.Outcome:
    """Build the page in a fresh process that has Sphinx loaded already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*LOADED])
    told, tells = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(tells, root, page, folder), daemon=True)
    process.start()
    tells.close()
    try:
        outcome: preview_book.Outcome = told.recv()
    except EOFError:
        outcome = preview_book.Outcome("the build has ended without a word: is there memory left?", 0.0)
    except KeyboardInterrupt:
        process.terminate()
        raise
    process.join()
    return outcome


def keep_building(root: Path, page: str, live: Live) -> None:
    """Build, wait until a file changes, and so on for ever."""
    folder = root / "_build" / "preview"
    seen: dict[Path, int] = {}
    while True:
        while (now := state(root)) == seen:
            time.sleep(PAUSE)
        names = [path.relative_to(root).as_posix() for path in now if seen.get(path) != now[path]]
        seen = now
        live.tell(busy=True)
        outcome = built(root, page, folder)
        live.tell(busy=False, problem=outcome.problem)
        why = f" after a change of {', '.join(sorted(names)[:3])}" if len(names) < 20 else ""
        print(f"{page}: built in {outcome.seconds:.1f} s{why}", flush=True)
        if outcome.problem:
            print(outcome.problem, flush=True)


def build_once(root: Path, page: str) -> int:
    """Build the page and say how it went; 1 when something is wrong with it."""
    folder = root / "_build" / "preview"
    outcome = built(root, page, folder)
    made = (folder / "_build" / "html" / f"{page}.html").relative_to(root)
    print(outcome.problem or f"{page}: {made} is built ({outcome.seconds:.1f} s)")
    return int(bool(outcome.problem))


def main() -> int:
    """Serve the page that the command line names."""
    parser = argparse.ArgumentParser(
        description="Show one page of the book, and build it again when it is saved."
    )
    parser.add_argument("page", nargs="?", help="part/name, such as convolution/pooling")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--once", action="store_true", help="build the page, say what is wrong with it, end")
    asked = parser.parse_args()
    if not asked.page:
        print("preview: which page? make preview PAGE=convolution/pooling", file=sys.stderr)
        return 1
    try:
        page = preview_book.chosen(ROOT / "book", asked.page)
    except ValueError as error:
        print(f"preview: {error}", file=sys.stderr)
        return 1
    if asked.once:
        return build_once(ROOT, page)
    live = Live()
    site = ROOT / "_build" / "preview" / "_build" / "html"
    given = {"live": live, "page": page, "site": site, "book": ROOT / "_build" / "html"}
    handler = type("PagesOfOne", (Pages,), given)
    try:
        server = Server(("127.0.0.1", asked.port), lambda *request: handler(*request, directory=str(site)))
    except OSError as error:
        print(
            f"preview: port {asked.port} cannot be used ({error.strerror}); another one: "
            f"make preview PAGE={page} PORT={asked.port + 1}",
            file=sys.stderr,
        )
        return 1
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"{page}: http://127.0.0.1:{server.server_port}/ (Ctrl-C ends it)", flush=True)
    try:
        keep_building(ROOT, page, live)
    except KeyboardInterrupt:
        print("\nthe preview has ended")
    finally:
        server.shutdown()
        server.server_close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
