import Direction
import Dispatch
import FoundationEssentials
import Glibc
import Surfaces

/// A file that says what a controller's lights were set to, from the taking to the giving back.
///
/// If it is there at the start, the last run crashed. It lies in `$XDG_STATE_HOME/video-director`, one file a surface,
/// because these controllers have no serial number to tell two apart. It is read at the start and written beside the show:
/// a home that does not answer holds up nothing.
final class LightFile: LightMemory, @unchecked Sendable {  // `kept` belongs to whoever owns it, the rest is constant
  private let path: String
  private let queue = DispatchQueue(label: "light-file")
  private var kept: LEDMode?

  init(surface: String) {
    let home = getenv("HOME").map { String(cString: $0) } ?? "/tmp"
    let state = getenv("XDG_STATE_HOME").map { String(cString: $0) } ?? home + "/.local/state"
    path = "\(state)/video-director/\(surface).lights"
    guard let data = try? Data(contentsOf: URL(filePath: path)), data.count < 64 else { return }
    kept = LEDMode(rawValue: String(decoding: data, as: UTF8.self))
  }

  func mode(of controller: String) -> LEDMode? { kept }

  // What cannot be kept is only missed after a crash; the show goes on.
  func keep(_ mode: LEDMode, of controller: String) {
    kept = mode
    queue.async { [path] in
      let folder = URL(filePath: path).deletingLastPathComponent()
      try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try? Data(mode.rawValue.utf8).write(to: URL(filePath: path), options: .atomic)
    }
  }

  func forget(_ controller: String) {
    kept = nil
    queue.async { [path] in unlink(path) }
  }

  /// Waits until what was to be kept is kept, but not for ever.
  func finish() { queue.finish() }
}
