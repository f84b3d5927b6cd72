"""Server, session and what is drawn on a page: with pages the only room with Streamlit."""
