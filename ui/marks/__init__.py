"""The marks on a photo or beside it, and the facts and words they show."""
