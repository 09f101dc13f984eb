import Glibc

/// The signals that end a program, such as Ctrl-C, as something to wait for: what was taken can then be given back.
enum Endings {
  private static let pipe = try? Pipe()

  /// From here on such a signal ends nothing by itself.
  ///
  /// - Returns: what to wait at; the file can be read from when one has come.
  static func caught() throws -> pollfd {
    guard let pipe else {
      throw Complaint("there is no pipe to be had (\(String(cString: strerror(errno)))): close other programs")
    }
    var awaited = sigset_t()
    sigemptyset(&awaited)
    for signal in [SIGINT, SIGTERM, SIGHUP] {
      sigaddset(&awaited, signal)
      // A handler may do next to nothing: one write of one byte is allowed (signal-safety(7)).
      Glibc.signal(signal) { _ in
        guard let pipe = Endings.pipe else { return }
        _ = withUnsafeBytes(of: UInt8(0)) { write(pipe.writing, $0.baseAddress, 1) }
      }
    }
    // Who started the program may have kept them from it.
    pthread_sigmask(SIG_UNBLOCK, &awaited, nil)
    return pollfd(fd: pipe.reading, events: Int16(POLLIN), revents: 0)
  }
}
