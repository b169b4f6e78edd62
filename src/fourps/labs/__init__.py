"""Works out what the labs of single modules show."""
