// OBS
