import ArgumentParser
import Glibc

/// A file of lines that is written while the show runs.
///
/// What cannot be written is counted and said once; the show goes on.
final class JournalFile {
  private let path: String
  private var file: Int32
  private var lost = 0
  /// Whether the file ends in the middle of a line.
  private var isTorn = false
  private var complaint: String?

  /// Makes the file, or empties it.
  ///
  /// - Throws: a ``Complaint`` with what to do, where it cannot be made.
  init(path: String) throws {
    self.path = path
    file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else {
      throw Complaint("\(path) cannot be written (\(String(cString: strerror(errno)))): name another file")
    }
  }

  deinit { close() }

  func write(_ line: String) {
    guard file >= 0 else { return }
    // A line of which only a part was taken is ended first, so that it spoils no other.
    let text = Array((isTorn ? "\n" : "").utf8) + Array(line.utf8) + [UInt8(ascii: "\n")]
    var taken = 0
    while taken < text.count {
      let count = text[taken...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      taken += count
    }
    if taken > 0 { isTorn = text[taken - 1] != UInt8(ascii: "\n") }
    if taken == text.count { return }
    if lost == 0 {
      let why = String(cString: strerror(errno))
      complaint = "\(path) cannot be written (\(why)): the journal has a gap; the show goes on"
    }
    lost += 1
  }

  /// What there is to say about the file since the last time.
  func takeComplaint() -> String? {
    defer { complaint = nil }
    return complaint
  }

  func close() {
    guard file >= 0 else { return }
    Glibc.close(file)
    file = -1
    if lost > 0 { complaint = "\(lost) lines of \(path) are lost" }
  }
}
