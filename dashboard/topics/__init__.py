"""The reader's choices -> blocks and reports: one module per subject, used by pages and files."""
