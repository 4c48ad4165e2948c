"""How fast a shoot is analysed and opened, against what the decoder alone takes."""
