"""The large views: one photo, two, several, their faces; and the filmstrip below them."""
