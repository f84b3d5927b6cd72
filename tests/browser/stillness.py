"""When a page in a browser is at rest: nothing is under way, and nothing has changed for a while.

A page that was at rest before a click is so just after it too: the click reaches the server some
frames later. So what is under way is counted in the page itself (LISTEN), and "a while" is frames
and not time, which on a busy machine passes while the page gets no turn.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from playwright.sync_api import Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests import waiting

FRAMES = 15  # a quarter of a second where the machine has time: keys of the stage wait 160 ms

# Runs before the page's own scripts, in every frame. `stillness.asked`: a run of the page was asked
# of Streamlit's server and has not ended; `stillness.loads`: requests that were not answered yet.
_LISTEN = """(RUN, BEGAN, ENDED, EARLY) => {
  const state = window.stillness = { asked: false, began: false, loads: 0, frames: 0, turn: 0 };
  new MutationObserver(() => { state.frames = 0; }).observe(document,
    { subtree: true, childList: true, characterData: true, attributes: true });

  // The number and the value of the first field that says what a message of Streamlit's is.
  const kind = (bytes) => {
    let at = 0;
    const number = () => {
      let [value, shift] = [0, 0];
      while (bytes[at] > 127) { value += (bytes[at++] & 127) * 2 ** shift; shift += 7; }
      return value + bytes[at++] * 2 ** shift;
    };
    while (at < bytes.length) {
      const tag = number();
      const value = number(); // of a text or a message, its length
      if (tag >> 3 > 2) return [tag >> 3, value];
      if ((tag & 7) === 2) at += value;
    }
    return [0, 0];
  };
  const heard = new WeakSet();
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (content) {
    if (!heard.has(this)) {
      heard.add(this);
      this.addEventListener("close", () => { state.asked = false; });
      this.addEventListener("message", ({ data }) => {
        if (!(data instanceof ArrayBuffer)) return;
        const [what, value] = kind(new Uint8Array(data, 0, Math.min(data.byteLength, 200)));
        if (what === BEGAN) state.began = true;
        // A run that ends early is followed by another.
        if (what === ENDED && state.began) [state.asked, state.began] = [value === EARLY, false];
        state.frames = 0;
      });
    }
    if (content instanceof Uint8Array && kind(content)[0] === RUN) {
      [state.asked, state.began, state.frames] = [true, false, 0];
    }
    return send.call(this, content);
  };

  const loading = (change) => { state.loads += change; state.frames = 0; };
  const ask = window.fetch;
  window.fetch = (...what) => {
    loading(1);
    return ask(...what).finally(() => loading(-1));
  };
  const post = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function (...what) {
    loading(1);
    this.addEventListener("loadend", () => loading(-1), { once: true });
    return post.apply(this, what);
  };
}"""
# What an asked, begun and ended run, and one that ended for another, are in Streamlit's protocol.
NUMBERS = (
    BackMsg.DESCRIPTOR.fields_by_name["rerun_script"].number,
    *(ForwardMsg.DESCRIPTOR.fields_by_name[it].number for it in ("new_session", "script_finished")),
    ForwardMsg.FINISHED_EARLY_FOR_RERUN,
)
LISTEN = f"({_LISTEN})({', '.join(map(str, NUMBERS))})"

# Streamlit's own mark on its outermost element, and the skeletons and spinners it shows meanwhile.
DRAWN = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  const busy = '[data-testid="stSkeleton"], [data-testid="stAppSkeleton"],'
    + ' [data-testid="stSpinner"], [data-testid="stStatusWidgetRunningIcon"], [data-stale="true"]';
  return app?.dataset.testScriptState === 'notRunning'
    && app.dataset.testConnectionState === 'CONNECTED'
    && document.querySelector('h1') !== null
    && document.querySelector(busy) === null;
}"""

# Asked in every frame of the page's own; `turn` is another one at each call of `rest`.
AT_REST = f"""([turn, enough]) => {{
  const state = window.stillness;
  if (state.turn !== turn) [state.turn, state.frames] = [turn, 0];
  const inner = [...document.querySelectorAll('iframe')].filter(e => e.checkVisibility())
    .map(e => e.contentDocument?.defaultView).filter(w => w?.stillness);
  const still = w => !w.stillness.asked && !w.stillness.loads;
  const [all, drawn] = [[window, ...inner], {DRAWN}];
  if (!all.every(still) || !drawn()) {{ state.frames = 0; return false; }}
  all.forEach(w => {{ w.stillness.frames += 1; }});
  return all.every(w => w.stillness.frames > enough);
}}"""

# Streamlit's own words are translated when the browser has time (static/repair.js): on a busy
# machine that is later than the rest. Idle callbacks run in the order in which they were asked.
IDLE = "() => new Promise(done => requestIdleCallback(done, { timeout: 2000 }))"

_turns = count(1)


def rest(page: Page) -> None:
    """Wait until the page has drawn what it was asked for and has stopped changing.

    Call it after a click or a key. The page's context needs `LISTEN` as a script from the start.
    Raises TimeoutError where the page does not come to rest.
    """
    page.wait_for_function(AT_REST, arg=[next(_turns), FRAMES])
    page.evaluate(IDLE)


def until(page: Page, true: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Wait for something that only Python sees, while the page goes on.

    Raises AssertionError with `what` where it never is so.
    """
    waiting.until(true, what, seconds, lambda pause: page.wait_for_timeout(pause * 1000))


def patience(milliseconds: int) -> str:
    """A script by which what a page does after that time happens when `window.patience` is called.

    So it is no matter of how busy the machine is.
    """
    return f"""if (window.top === window) {{
      const later = window.setTimeout;
      window.setTimeout = (what, time, ...rest) =>
        time === {milliseconds} && !window.patience
          ? (window.patience = what) && 0 : later(what, time, ...rest);
    }}"""
