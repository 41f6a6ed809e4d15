"""How each network looked when it last worked: read from this computer, kept in the user's data folder."""
