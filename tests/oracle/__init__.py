"""The oracle: attain's semantics a second time, in exact arithmetic, written from docs/semantics.md alone."""
