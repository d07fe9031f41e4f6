"""What programs ask and send under /api/v1/: the same rights, services and words as the pages, as JSON."""
