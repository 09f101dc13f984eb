import NIOCore

/// Sees to it that no order reaches OBS long after it was given.
///
/// What is written to a socket the kernel sends again and again until it is acknowledged, also once the socket is closed: after
/// a silence of the network OBS would obey an order of many seconds ago.
enum LateBytes {
  /// From now on the kernel ends the connection when what was sent has not been acknowledged for so long: tcp(7).
  static func end(_ channel: any Channel, after patience: Duration) {
    #if os(Linux)
      // TCP_USER_TIMEOUT of <linux/tcp.h>, in milliseconds. A kernel without it (before 2.6.37) ends it when silence is noticed.
      let milliseconds = Int(patience / .milliseconds(1))
      try? channel.syncOptions?.setOption(.tcpOption(.init(rawValue: 18)), value: milliseconds)
    #endif
  }

  /// Closes a channel, and throws away what has not been acknowledged.
  static func drop(_ channel: any Channel) {
    // `struct linger`: on, and for no time.
    let linger = (CInt(1), CInt(0))
    (channel as? any SocketOptionProvider)?.unsafeSetSocketOption(level: .socket, name: .so_linger, value: linger)
      .whenFailure { _ in }  // it is closed already
    channel.close(promise: nil)
  }
}
