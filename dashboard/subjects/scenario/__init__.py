"""What closing, opening or moving posts would do."""
