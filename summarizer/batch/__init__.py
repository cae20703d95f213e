"""Many articles: journal, engines, and the provider's Batch API."""
