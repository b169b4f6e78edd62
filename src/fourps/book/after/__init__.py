"""What happens to pages that are built: offline, headers, zip, publishing, search index."""
