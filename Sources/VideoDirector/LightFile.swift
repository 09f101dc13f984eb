import Direction
import FoundationEssentials
import Glibc
import Surfaces

/// A file that says what a controller's lights were set to, from the taking to the giving back.
///
/// If it is there at the start, the last run crashed. It lies in `$XDG_STATE_HOME/video-director`, one file a surface,
/// because these controllers have no serial number to tell two apart.
struct LightFile: LightMemory {
  private let path: String

  init(surface: String) {
    let home = getenv("HOME").map { String(cString: $0) } ?? "/tmp"
    let state = getenv("XDG_STATE_HOME").map { String(cString: $0) } ?? home + "/.local/state"
    path = "\(state)/video-director/\(surface).lights"
  }

  func mode(of controller: String) -> LEDMode? {
    guard let data = try? Data(contentsOf: URL(filePath: path)), data.count < 64 else { return nil }
    return LEDMode(rawValue: String(decoding: data, as: UTF8.self))
  }

  // What cannot be kept is only missed after a crash; the show goes on.
  func keep(_ mode: LEDMode, of controller: String) {
    let folder = URL(filePath: path).deletingLastPathComponent()
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try? Data(mode.rawValue.utf8).write(to: URL(filePath: path), options: .atomic)
  }

  func forget(_ controller: String) { unlink(path) }
}
