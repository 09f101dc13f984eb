// Mappings
