/// Something that a layer can show.
public struct Shot: Hashable, Sendable, Codable {
  /// Alone of its name in its layer: the file's, the live input's, or one that `show.yaml` gives.
  public var name: String
  public var content: Content
  public var fit: Fit
  /// Whether its sound is heard.
  public var hasAudio: Bool
  /// Whether it begins again when it has ended.
  public var loops: Bool
  /// Whether it begins at its start each time it goes on air; if not, it runs on unseen.
  public var restarts: Bool

  public init(
    name: String, content: Content, fit: Fit = .fit, hasAudio: Bool = true, loops: Bool = false, restarts: Bool = true
  ) {
    self.name = name
    self.content = content
    self.fit = fit
    self.hasAudio = hasAudio
    self.loops = loops
    self.restarts = restarts
  }

  public enum Content: Hashable, Sendable, Codable {
    case image(File)
    case video(File)
    case audio(File)
    /// A folder, and the names of its images in their order, each shown for a while.
    case slideshow(File, images: [String], milliseconds: Int)
    case colour(Colour)
    /// Of so many pixels' height.
    case text(String, size: Int)
    /// An input or a scene that the switcher has: it is shown, and never made or removed.
    case live(String)
  }

  /// How a picture is brought to the size of the canvas.
  public enum Fit: String, Hashable, Sendable, Codable, CaseIterable {
    /// As large as it can be with all of it seen.
    case fit
    /// As small as it can be with nothing left uncovered.
    case fill
    /// Pixel for pixel, from the top left corner.
    case original
  }

  /// A file, or a folder, and which state of it.
  public struct File: Hashable, Sendable, Codable {
    /// Absolute.
    public var path: String
    /// In bytes.
    public var size: Int
    /// When it was last written, in nanoseconds since 1970: another file of the same name has another.
    public var modified: Int

    public init(path: String, size: Int, modified: Int) {
      self.path = path
      self.size = size
      self.modified = modified
    }
  }

  /// Parts from 0 to 255.
  public struct Colour: Hashable, Sendable, Codable {
    public var red: UInt8, green: UInt8, blue: UInt8, alpha: UInt8

    public init(red: UInt8, green: UInt8, blue: UInt8, alpha: UInt8 = 255) {
      (self.red, self.green, self.blue, self.alpha) = (red, green, blue, alpha)
    }
  }

  /// The name without its ending: `1-lower-third`.
  public var stem: String {
    guard file != nil, let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// The name without its ending and the number in front: `lower-third`.
  public var title: String {
    let rest = stem.drop { $0.isASCII && $0.isNumber }.drop { "-_. ".contains($0) }
    return rest.isEmpty ? stem : String(rest)
  }

  public var file: File? {
    switch content {
    case .image(let file), .video(let file), .audio(let file), .slideshow(let file, _, _): file
    case .colour, .text, .live: nil
    }
  }

  /// `image`, `video`, …
  public var kind: String {
    switch content {
    case .image: "image"
    case .video: "video"
    case .audio: "audio"
    case .slideshow: "slideshow"
    case .colour: "colour"
    case .text: "text"
    case .live: "live"
    }
  }
}
