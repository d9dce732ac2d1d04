"""Storage as three narrow ports; everything above them exists once."""
