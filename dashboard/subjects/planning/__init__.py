"""Where new posts help most, which posts are missed least, areas drawn anew."""
