"""The built course as packages for other people's platforms: one file a kind of package."""
