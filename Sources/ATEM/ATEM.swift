// ATEM
