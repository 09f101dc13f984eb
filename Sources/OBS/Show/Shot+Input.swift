import Switching

/// What is made in OBS for a shot: kinds and settings as those of OBS 29.0's own sources.
extension Shot {
  /// `nil` for what OBS has already.
  var inputKind: String? {
    switch content {
    case .image: "image_source"
    case .video, .audio: "ffmpeg_source"
    case .slideshow: "slideshow"
    case .colour: "color_source_v3"
    case .text: "text_ft2_source_v2"
    case .live: nil
    }
  }

  var hasSound: Bool {
    switch content {
    case .video, .audio: true
    default: false
    }
  }

  /// Whether it begins at its start when it goes on air.
  var begins: Bool {
    switch content {
    case .video, .audio, .slideshow: restarts
    default: false
    }
  }

  /// Whether it stands still until it is cued or on air.
  var wantsCue: Bool {
    if case .video = content { restarts } else { false }
  }

  /// - Parameter folder: what holds its files; `nil`: the tree.
  func inputSettings(_ canvas: Canvas, from folder: String? = nil) -> Fields {
    func place(_ file: File) -> JSON { .string(folder.map { "\($0)/\(file.path.lastComponent)" } ?? file.path) }
    return switch content {
    case .image(let file): ["file": place(file), "unload": false]
    case .video(let file), .audio(let file):
      // Closing a file that is not active makes a black frame at the take (OBS 29.0.2).
      [
        "local_file": place(file), "is_local_file": true, "looping": .bool(loops),
        "restart_on_activate": .bool(restarts), "close_when_inactive": false, "clear_on_media_end": true,
      ]
    case .slideshow(let file, let images, let milliseconds):
      [
        // One by one: of a folder OBS takes the files in whatever order the disk has them.
        "files": .array(
          images.map {
            .object(["value": .string("\(folder ?? file.path)/\($0)"), "hidden": false, "selected": false])
          }),
        "slide_time": .integer(milliseconds), "transition": "fade", "transition_speed": .integer(700),
        // One that OBS begins anew itself is black for the first frame that it is ever on air (OBS 29.0.2).
        "loop": .bool(loops), "playback_behavior": "always_play",
        "use_custom_size": .string("\(canvas.width)x\(canvas.height)"),
      ]
    case .colour(let colour):
      [
        "color": .integer(
          Int(colour.alpha) << 24 | Int(colour.blue) << 16 | Int(colour.green) << 8 | Int(colour.red)),
        "width": .integer(canvas.width), "height": .integer(canvas.height),
      ]
    case .text(let text, let size):
      [
        "text": .string(text),
        "font": .object([
          "face": "Sans Serif", "size": .integer(size), "style": "", "flags": .integer(0),
        ]),
      ]
    case .live: [:]
    }
  }

  /// Changes whenever what OBS is told of the input would; how it fits is told of its items.
  var stateMark: String {
    let file = file.map { "\($0.path) \($0.size) \($0.modified)" } ?? ""
    return "\(inputKind ?? "") \(file) \(loops) \(restarts) \(hasAudio) \(detail)"
  }

  private var detail: String {
    switch content {
    case .slideshow(_, let images, let milliseconds): "\(milliseconds) \(images)"
    case .colour(let colour): "\(colour.red) \(colour.green) \(colour.blue) \(colour.alpha)"
    case .text(let text, let size): "\(size) \(text)"
    default: ""
    }
  }
}

/// The size of OBS's picture before scaling.
struct Canvas: Hashable {
  var width = 1920
  var height = 1080

  /// How an item is brought to its size.
  func transform(_ fit: Shot.Fit) -> JSON {
    .object([
      // 5 is top left, 0 the centre: OBS_ALIGN_LEFT | OBS_ALIGN_TOP and OBS_ALIGN_CENTER in libobs.
      "positionX": .integer(0), "positionY": .integer(0), "alignment": .integer(5), "boundsAlignment": .integer(0),
      "boundsType": .string(bounds(fit)), "boundsWidth": .integer(width), "boundsHeight": .integer(height),
    ])
  }

  /// Whether an item was brought to its size.
  func isTransformed(_ transform: Fields, to fit: Shot.Fit) -> Bool {
    transform.optional("boundsType") == bounds(fit) && transform.optional("boundsWidth") == Double(width)
      && transform.optional("boundsHeight") == Double(height)
  }

  private func bounds(_ fit: Shot.Fit) -> String {
    switch fit {
    case .fit: "OBS_BOUNDS_SCALE_INNER"
    case .fill: "OBS_BOUNDS_SCALE_OUTER"
    case .original: "OBS_BOUNDS_NONE"
    }
  }
}
