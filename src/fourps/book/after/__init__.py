"""What happens to pages that are built: offline, headers, zip, PDF, publishing, search index."""
