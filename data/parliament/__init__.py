"""New documents of parliament's open data: asked for, judged, brought; off unless switched on."""
