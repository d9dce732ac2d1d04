"""Uses a report in Chromium as a person would, and prints what happened as JSON.

Arguments: the page, a page of the largest size, axe-core's script, the browser, a folder for pictures.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
TALL = {"width": 1440, "height": 1080}
SHOWN = "article:not([hidden])"
FIND = """const find = document.querySelector('#find'); find.value = 'card';
find.dispatchEvent(new Event('input', {bubbles: true}))"""
TAKES = """new Promise((done) => {
  const from = performance.now();
  %s;
  requestAnimationFrame(() => setTimeout(() => done(Math.round(performance.now() - from))));
})"""
"""Milliseconds until the next frame is shown."""


class Looking:
    def __init__(self, browser: Browser, address: str, axe: str, pictures: Path) -> None:
        self._browser, self._address, self._axe, self._pictures = browser, address, axe, pictures
        self.complaints: list[str] = []

    def open(self, size: dict[str, int], address: str = "", **context: Any) -> Page:
        """A page whose errors and requests are noted."""
        page = self._browser.new_context(viewport=size, **context).new_page()
        page.on("console", lambda said: self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda asked: self._note(asked.url))
        page.goto(address or self._address)
        return page

    def _note(self, url: str) -> None:
        if not url.startswith("file:"):
            self.complaints.append(url)

    def violations(self, page: Page) -> list[str]:
        page.evaluate(self._axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]

    def picture(self, page: Page, name: str) -> None:
        page.screenshot(path=self._pictures / f"{name}.png")

    def accessibility(self) -> dict[str, Any]:
        """Of the page as it opens and with everything unfolded, and whether it is wider than the screen."""
        found = {}
        for scheme in ("light", "dark"):
            for name, size in (("desk", DESK), ("phone", PHONE)):
                page = self.open(size, color_scheme=scheme)
                self.picture(page, f"{name}-{scheme}")
                wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
                closed = self.violations(page)
                page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
                page.locator(".lines button[data-s]").first.click()
                found[f"{name}, {scheme}"] = {"wide": wide, "violations": closed + self.violations(page)}
        return found

    def choosing(self) -> dict[str, Any]:
        """A line leaves its scenarios, again all; a claim's ground marks its lines; a tool's answer opens."""
        page = self.open(TALL)
        whole = page.locator(SHOWN).count()
        line = page.locator(".lines button[data-s]").first
        wanted = [f"s{number}" for number in str(line.get_attribute("data-s")).split()]
        line.click()
        left = [one.get_attribute("id") for one in page.locator(SHOWN).all()]
        about = page.locator(".about").inner_text()
        page.locator(f"{SHOWN} summary").first.click()
        page.evaluate("scrollTo(0, 0)")
        self.picture(page, "chosen")
        line.click()
        again = page.locator(SHOWN).count()
        ground = page.locator("[data-from]").first
        page.evaluate("(one) => { one.closest('details').open = true }", ground.element_handle())
        ground.click()
        marked = [one.get_attribute("id") for one in page.locator(".lines li.on").all()]
        rested = [ground.get_attribute(f"data-{end}") for end in ("from", "to")]
        number = page.locator(".grid .num").first
        number.click()
        opened = page.locator(f"#s{number.inner_text()} > details").get_attribute("open") is not None
        return {"whole": whole, "wanted": wanted, "left": left, "about": about, "again": again,
                "marked": marked, "rested": rested, "opened": opened}  # fmt: skip

    def finding(self) -> dict[str, Any]:
        page = self.open(DESK)
        page.keyboard.press("/")
        name = page.locator("article .name").last.inner_text()
        page.keyboard.type(name)
        by_name = [one.inner_text() for one in page.locator(f"{SHOWN} .name").all()]
        page.keyboard.press("Control+A")
        page.keyboard.type("no such words")
        none = page.locator("#none").is_visible()
        page.keyboard.press("Escape")
        family = page.locator("#family option").nth(1).get_attribute("value")
        page.select_option("#family", family)
        kinds = {one.get_attribute("data-family") for one in page.locator(SHOWN).all()}
        return {"name": name, "by_name": by_name, "none": none, "family": family, "kinds": sorted(kinds),
                "status": page.locator("#shown").inner_text()}  # fmt: skip

    def by_keyboard(self) -> dict[str, Any]:
        """To the lines by Tab, through them by arrows, and on by one more Tab."""
        page = self.open(DESK)
        page.locator("#prompt .pane").focus()
        page.keyboard.press("Tab")
        place = "document.activeElement.parentElement.id"
        first = page.evaluate(place)
        page.keyboard.press("ArrowDown")
        second = page.evaluate(place)
        page.keyboard.press("Enter")
        told = page.locator(f"#{second} .about").count()
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        return {"first": first, "second": second, "told": told,
                "next": page.evaluate("document.activeElement.id")}  # fmt: skip

    def on_paper(self) -> None:
        self.open(DESK).pdf(path=self._pictures / "report.pdf")

    def without_script(self) -> dict[str, Any]:
        page = self.open(PHONE, java_script_enabled=False)
        return {"filter": page.locator(".filter").is_visible(), "scenarios": page.locator(SHOWN).count()}

    def foreign_script(self) -> bool:
        """Whether a script that is not the page's runs."""
        page = self._browser.new_page()
        page.goto(self._address)
        page.evaluate("document.body.append(Object.assign(document.createElement('script'),"
                      " {textContent: 'document.title = 1'}))")  # fmt: skip
        return page.title() == "1"

    def largest(self, address: str) -> dict[str, Any]:
        """How long things take with the largest page, in ms."""
        started = time.monotonic()
        page = self.open(DESK, address)
        opened = round(1000 * (time.monotonic() - started))
        works = {
            "choose a line": "document.querySelector('.lines button[data-s]').click()",
            "show all": "document.querySelector('.filter button').click()",
            "search": FIND,
            "to the last line": "document.querySelector('.lines li:last-child').scrollIntoView()",
        }
        return {"open": opened, **{name: page.evaluate(TAKES % work) for name, work in works.items()}}


def main(report: str, largest: str, axe: str, browser: str, pictures: str) -> None:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        looking = Looking(
            chromium, Path(report).resolve().as_uri(), Path(axe).read_text("utf-8"), Path(pictures)
        )
        looking.on_paper()
        seen = {
            "accessibility": looking.accessibility(),
            "choosing": looking.choosing(),
            "finding": looking.finding(),
            "by_keyboard": looking.by_keyboard(),
            "without_script": looking.without_script(),
            "foreign_script": looking.foreign_script(),
            "largest": looking.largest(Path(largest).resolve().as_uri()),
            "complaints": looking.complaints,
        }
        chromium.close()
    sys.stdout.write(f"SEEN {json.dumps(seen)}\n")


main(*sys.argv[1:])
