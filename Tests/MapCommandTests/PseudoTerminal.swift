import Foundation
import Testing

/// A program on a terminal of its own, as somebody who sits before it sees it.
final class PseudoTerminal {
  private let master: Int32
  private let process = Process()
  private var bytes: [UInt8] = []

  /// - Parameter variables: all of its environment, with what a terminal has.
  init(
    _ program: String, _ arguments: [String], columns: UInt16 = 80, in folder: URL = Project.root,
    _ variables: [String: String] = [:]
  ) throws {
    // By the kernel's own calls (TIOCSPTLCK, TIOCGPTN): Glibc's module has none of the functions for this.
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var (locked, number) = (Int32(0), UInt32(0))
    try #require(ioctl(master, 0x4004_5431, &locked) == 0 && ioctl(master, 0x8004_5430, &number) == 0)
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    try #require(ioctl(master, UInt(TIOCSWINSZ), &size) == 0)
    let end = try FileHandle(forUpdating: URL(fileURLWithPath: "/dev/pts/\(number)"))
    process.executableURL = URL(filePath: "/usr/bin/setsid")
    process.arguments = ["--ctty", "--wait", program] + arguments
    process.currentDirectoryURL = folder
    process.environment = ["TERM": "xterm", "PATH": "/usr/bin:/bin"].merging(variables) { _, new in new }
    process.standardInput = end
    process.standardOutput = end
    process.standardError = end
    try process.run()
    try end.close()
  }

  deinit { close(master) }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  func type(_ keys: String) {
    let keys = Array(keys.utf8)
    #expect(write(master, keys, keys.count) == keys.count)
  }

  /// Whether it takes whole lines, edits them and heeds Ctrl-C, as it does before a program asks for single keys.
  var isCooked: Bool {
    var settings = termios()
    let wanted = tcflag_t(ICANON | ECHO | ISIG)
    return tcgetattr(master, &settings) == 0 && settings.c_lflag & wanted == wanted
  }

  /// To what runs in its foreground (TIOCGPGRP).
  func signal(_ signal: Int32) {
    var group: pid_t = 0
    if ioctl(master, 0x540F, &group) == 0, group > 0 { kill(-group, signal) }
  }

  /// Reads until words have come that have not been waited for before.
  ///
  /// - Returns: all that came up to them.
  @discardableResult
  func wait(for words: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    let deadline = ContinuousClock.now + .seconds(30)
    while !text.contains(words) {
      try #require(.now < deadline && read(), "no \(words) in: \(text)", sourceLocation: sourceLocation)
    }
    let (all, range) = (text, text.range(of: words))
    let end = range.map { all[$0.upperBound...] } ?? ""
    bytes = Array(end.utf8)
    return String(all.dropLast(end.count))
  }

  /// Reads to its end.
  func end() -> Int32 {
    while read() {}
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Ends it, wherever it is.
  func hangUp() {
    process.terminate()
    kill(-process.processIdentifier, SIGHUP)
  }

  /// - Returns: whether there may be more.
  private func read() -> Bool {
    var file = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&file, 1, 1000) > 0 else { return true }
    var piece = [UInt8](repeating: 0, count: 4096)
    // At the end of what a terminal was told, its reader gets an error.
    let count = Glibc.read(master, &piece, piece.count)
    guard count > 0 else { return false }
    bytes += piece.prefix(count).filter { $0 != 7 }  // the bell
    return true
  }
}
