import Glibc
import Logging
import ShowFiles

/// The way to standard output and standard error.
enum Terminal {
  /// Writes a line whole; a terminal that is gone is no reason to stop.
  static func write(_ line: String, to file: Int32) {
    var text = line + "\n"
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)[...]
      while !rest.isEmpty {
        let count = Glibc.write(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
      }
    }
  }

  /// Text that moves no cursor, whoever it comes from. Its lines stay lines; those after the first are indented, so that none
  /// passes for another's.
  static func harmless(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { printable(String($0)) }.joined(
      separator: "\n    ")
  }

  /// Writes a line where there is something to say.
  static func write(_ line: String, to file: Int32, unless isNothing: Bool) {
    if !isNothing { write(line, to: file) }
  }

  /// A log that writes to standard error.
  static func log(level: Logger.Level = .notice) -> Logger {
    var logger = Logger(label: "video-director", factory: { _ in StandardErrorLog() })
    logger.logLevel = level
    return logger
  }
}

private struct StandardErrorLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.notice

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let mark = event.level >= .warning ? "! " : ""
    Terminal.write(Terminal.harmless("\(mark)\(event.message)"), to: STDERR_FILENO)
  }
}
