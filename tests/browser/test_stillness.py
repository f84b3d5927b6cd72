"""What `stillness` takes for granted of Streamlit's protocol; needs no browser."""

from __future__ import annotations

import pytest
from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.stillness import LISTEN


def test_the_numbers_of_the_protocol_are_those_of_streamlit() -> None:
    """By hand, from the tags of messages as this Streamlit writes them: field * 8 + kind."""
    asked, began, ended = BackMsg(), ForwardMsg(), ForwardMsg()
    asked.rerun_script.query_string = "x"
    began.new_session.name = "x"
    ended.script_finished = ForwardMsg.FINISHED_EARLY_FOR_RERUN
    numbers = [each.SerializeToString()[0] >> 3 for each in (asked, began, ended)]
    early = ended.SerializeToString()[1]
    assert LISTEN.endswith(f"({', '.join(map(str, [*numbers, early]))})")


@pytest.mark.parametrize("message", [BackMsg, ForwardMsg])
def test_what_a_message_is_stands_behind_its_first_two_fields(message: type[Message]) -> None:
    """The script looks at the first field that has a higher number."""
    kinds = {field.number for field in message.DESCRIPTOR.oneofs_by_name["type"].fields}
    others = {field.number for field in message.DESCRIPTOR.fields} - kinds
    assert min(kinds) > 2 and others <= {1, 2}
