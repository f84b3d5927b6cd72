"""Which messages Streamlit may only name, because the browser still has them.

What did not change travels once; afterwards its hash says it (`global.minCachedMessageSize`). The
browser forgets a message that two runs had no use for, at the moment a run ends. With a click it
tells which it has; where a run ends just after that click, it may have forgotten one of them by the
time it is named to it. Then it stops for ever, with no word to the reader. So nothing is named but
what the last two runs sent: that is still there, whatever comes between. A part of a page that is
drawn alone counts as a run for the browser too, and has no use for the rest of the page: it names
nothing, and neither does the run after it.
"""

from __future__ import annotations

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.web import session


def keep_safe() -> None:
    """Leave to this run the names of messages of the last two, and note what it sends itself."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return
    if context.fragment_ids_this_run:
        context.cached_message_hashes = frozenset()
        session.keep_sent(())
        return
    earlier, now = session.sent_before(), set[str]()
    session.keep_sent((*earlier[-1:], now))
    context.cached_message_hashes &= frozenset[str]().union(*earlier)
    send = context._enqueue

    def note(message: ForwardMsg) -> None:
        now.add(message.hash or message.ref_hash)
        send(message)

    context._enqueue = note
