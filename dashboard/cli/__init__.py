"""The command line, without Streamlit."""
