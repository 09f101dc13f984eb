/// The kinds of files that a layer can hold, by the ending of the name.
enum MediaKind: String {
  case image, video, audio

  /// Those that OBS's image source (29.0: plugins/image-source) and its ffmpeg read.
  private static let endings: [String: MediaKind] = [
    "png": .image, "jpg": .image, "jpeg": .image, "gif": .image, "bmp": .image, "webp": .image, "tga": .image,
    "psd": .image,
    "mp4": .video, "m4v": .video, "mov": .video, "mkv": .video, "webm": .video, "avi": .video, "ts": .video,
    "flv": .video, "mpg": .video, "mpeg": .video, "mxf": .video,
    "wav": .audio, "mp3": .audio, "flac": .audio, "ogg": .audio, "opus": .audio, "m4a": .audio, "aac": .audio,
  ]

  init?(fileName: String) {
    guard let dot = fileName.utf8.lastIndex(of: UInt8(ascii: ".")), dot > fileName.startIndex,
      let kind = Self.endings[fileName[fileName.utf8.index(after: dot)...].lowercased()]
    else { return nil }
    self = kind
  }

  static let known = endings.keys.sorted()
}
