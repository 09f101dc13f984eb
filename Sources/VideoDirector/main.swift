print("video-director")
