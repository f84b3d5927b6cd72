"""The server, the session of a reader, and what is drawn on a page: the only room with Streamlit."""
