"""A server of its own over a copy of the index, and Chromium; every page is watched for errors and outside requests."""

from __future__ import annotations

import os
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

ROOT = Path(__file__).resolve().parents[2]
STARTUP = 180  # seconds; a slow machine loads torch and gradio from a cold disk
PATIENCE = 20_000  # milliseconds; what a click changes may come in several parts, so nothing is looked at only once
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip


@dataclass
class Watched:
    """What went wrong in the browser while a test looked at the page."""

    site: str
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def see(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.outside.append(request.url)


@pytest.fixture(scope="session")
def site(model_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running page; uploads go into a copy of the index."""
    built = tmp_path_factory.mktemp("site") / "built"
    shutil.copytree(model_index, built)
    command = [sys.executable, str(ROOT / "app.py"), "--port", "0", "--index", str(built)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ.copy(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    said: list[str] = []
    ready: queue.Queue[str | None] = queue.Queue()

    def listen() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line)
            if "http://" in line:
                ready.put(next(word for word in line.split() if word.startswith("http://")))
        ready.put(None)

    threading.Thread(target=listen, daemon=True).start()
    try:
        try:
            address = ready.get(timeout=STARTUP)
        except queue.Empty:
            address = None
        if address is None:
            pytest.fail(f"the page did not start:\n{''.join(said)}")
        yield address
    finally:
        running = process.poll() is None
        process.terminate()
        try:
            assert process.wait(20) == 0 or not running  # it stops when told to, and clears up
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.fail("no Chromium: run tests/browser/install.sh, or name one in $CHROMIUM")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield running
        running.close()


@pytest.fixture
def width() -> int:
    """Of the window, in CSS pixels; a test may ask for another by parametrizing it."""
    return 1280


@pytest.fixture
def page(browser: Browser, site: str, width: int) -> Iterator[Page]:
    """A fresh page, not opened yet. Afterwards it must have had no console error and no request outside."""
    context = browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    opened = context.new_page()
    watched = Watched(site)
    opened.on("console", watched.hear)
    opened.on("pageerror", lambda error: watched.errors.append(str(error)))
    opened.on("request", watched.see)
    opened.on("dialog", lambda dialog: watched.errors.append(f"a script ran: {dialog.message}"))
    yield opened
    context.close()
    assert watched.errors == []
    assert watched.outside == []
