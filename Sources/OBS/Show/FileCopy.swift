import Crypto
import FoundationEssentials
import Switching

/// What OBS gets to read of a shot's files.
struct FileCopy: Hashable {
  /// The folder that holds them; `nil` where OBS reads the tree's own.
  var folder: String?
  /// Whether it was not there before.
  var isNew = true
  /// Why there is no copy where there should be one.
  var complaint: String?
}

extension Shot {
  /// The files that it is made of.
  var paths: [String] {
    switch content {
    case .image(let file), .video(let file), .audio(let file): [file.path]
    case .slideshow(let file, let images, _): images.map { "\(file.path)/\($0)" }
    case .colour, .text, .live: []
    }
  }

  /// The name of the folder with its files as they are now; `nil` where it has none.
  var copyName: String? {
    guard let file else { return nil }
    let state = ["\(file.size) \(file.modified)"] + paths
    return SHA256.hash(data: Data(state.joined(separator: "\0").utf8)).prefix(8).reduce(into: "") {
      $0 += ($1 < 16 ? "0" : "") + String($1, radix: 16)
    }
  }
}

extension String {
  /// What follows the last slash; a name may begin with what makes one letter with it.
  var lastComponent: String {
    utf8.lastIndex(of: UInt8(ascii: "/")).map { String(self[utf8.index(after: $0)...]) } ?? self
  }
}
