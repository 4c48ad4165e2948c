"""Icons, stylesheet and translations: data only."""
