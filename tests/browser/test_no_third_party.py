"""What would go to another host is seen by the tests and refused by the app's own policy.

That no page asks for it is tried on every visit, see `visit`, and on each page in `test_page`.
"""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.stillness import until

ASK_ELSEWHERE = """() => Promise.allSettled([
  fetch('https://fetch.example/a.json'),
  new Promise(done => {
    const image = new Image(); image.onerror = done; image.src = 'https://image.example/a.png';
  }),
  new Promise(done => {
    const socket = new WebSocket('wss://socket.example/a'); socket.onerror = socket.onclose = done;
    setTimeout(done, 100); // nobody answers
  }),
])"""


def test_the_alarm_sees_every_kind_of_request(page, record, address):
    """On an answer without a policy of its own, so that the requests do leave the page."""
    page.goto(f"{address}/_stcore/health")
    page.evaluate(ASK_ELSEWHERE)
    expected = {"fetch.example", "image.example", "socket.example"}
    until(page, lambda: {url.split("/")[2] for url in record.foreign} == expected, "all are seen")


def test_the_policy_refuses_other_hosts(visit, page, record):
    """The app's own pages do not even let such a request leave: the browser says so itself."""
    visit("/bronnen")
    page.evaluate(ASK_ELSEWHERE)
    until(page, lambda: bool(record.foreign), "the browser was asked")

    def refused(kind: str) -> bool:
        errors = [error for error in record.errors if "Content Security Policy" in error]
        return any(f"{kind}.example" in error for error in errors)

    until(page, lambda: refused("fetch") and refused("image"), "the browser says that it refused")
    record.requests.clear()  # these were refused; nothing else was asked for


def test_parliament_is_not_asked_where_nobody_switched_it_on(visit, page, record):
    """The page from which an editor might ask: no block, and no request to another host."""
    visit("/gegevens", language="en")
    expect(page.get_by_role("heading", name="Read a new annex")).to_have_count(1)
    assert page.get_by_role("heading", name="House of Representatives").count() == 0
    assert not any("tweedekamer" in url for url in record.requests) and record.foreign == []


def test_no_page_around_ours_may_steer_it(page, address):
    """By default Streamlit obeys messages of pages on sixteen hosts that may hold it in a frame."""
    answer = page.request.get(f"{address}/_stcore/host-config")
    assert answer.json()["allowedOrigins"] == []
