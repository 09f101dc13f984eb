// ALSASequencer
