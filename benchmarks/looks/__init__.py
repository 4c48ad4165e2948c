"""How well looks are what people would call one look, and what finding them costs."""
