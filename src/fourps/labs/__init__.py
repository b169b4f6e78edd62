"""What the labs of single modules work out."""
