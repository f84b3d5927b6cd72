"""What each subject shows: the reader's choices and the snapshot become a report."""
