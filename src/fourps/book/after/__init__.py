"""Pages that are built: made ready to be saved, sent by a host, packed, printed and searched."""
