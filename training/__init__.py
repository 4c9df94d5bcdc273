"""How the reader model is trained from the marked texts in `seeds/corpus`; not part of the wheel."""

__all__: list[str] = []
