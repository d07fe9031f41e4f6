"""As in English: the room of presenters writes what people read."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
