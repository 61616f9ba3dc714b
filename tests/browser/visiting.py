"""A visit to the site with a browser, watched."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Request

__all__ = ["Visit"]

#: Writes down what the content security policy refuses, before any page runs.
RECORD = """window.refused = [];
document.addEventListener('securitypolicyviolation', e => window.refused.push(e.violatedDirective));
"""


class Visit:
    """One page in one browser, watched: what it asks for elsewhere, and what is refused."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []
        context.add_init_script(RECORD)
        self.page: Page = context.new_page()
        self.page.on("request", self._note)
        self.page.on("console", lambda said: self._hear(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme in ("http", "https") and asked.netloc != urlsplit(self.address).netloc:
            self.elsewhere.append(request.url)

    def _hear(self, text: str) -> None:
        if "Content Security Policy" in text or "Refused" in text:
            self.complaints.append(text)

    def open(self, path: str) -> Page:
        """Open a path of the site."""
        self.page.goto(self.address + path)
        return self.page

    def check(self) -> None:
        """Fail when anything was asked of another site or refused by the policy."""
        assert not self.elsewhere
        assert not self.complaints
        for page in self.context.pages:
            assert not page.evaluate("window.refused || []")
