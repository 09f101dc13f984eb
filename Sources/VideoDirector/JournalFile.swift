import ArgumentParser
import Glibc

/// A file of lines that is written while the show runs.
///
/// What cannot be written is counted and said once; the show goes on.
final class JournalFile {
  private let path: String
  private var file: Int32
  private var lost = 0
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
    var text = line + "\n"
    let count = text.withUTF8 { Glibc.write(file, $0.baseAddress, $0.count) }
    if count == text.utf8.count { return }
    if lost == 0 {
      let why = count < 0 ? String(cString: strerror(errno)) : "the disk is full"
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
