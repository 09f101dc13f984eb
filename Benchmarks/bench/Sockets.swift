import Glibc

/// TCP on the loopback interface.
enum Sockets {
  struct Failure: Error, CustomStringConvertible {
    var call: String
    var description: String { "\(call): \(String(cString: strerror(errno)))" }
  }

  /// - Returns: a listening socket on a free port.
  static func listen() throws -> (file: Int32, port: Int) {
    let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = loopback(0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(file, $0, size) }
    }
    guard bound == 0, Glibc.listen(file, 8) == 0 else { throw Failure(call: "bind") }
    withUnsafeMutablePointer(to: &address) {
      _ = $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(file, $0, &size) }
    }
    return (file, Int(address.sin_port.byteSwapped))
  }

  static func connect(port: Int, host: String = "127.0.0.1") throws -> Int32 {
    let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = loopback(port)
    inet_pton(AF_INET, host, &address.sin_addr)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Failure(call: "connect to \(host):\(port)") }
    setNoDelay(file)
    return file
  }

  static func setNoDelay(_ file: Int32) { set(file, 1, true) }
  /// TCP_QUICKACK: tcp(7).
  static func setQuickAcknowledgement(_ file: Int32, _ on: Bool) { set(file, 12, on) }

  private static func set(_ file: Int32, _ option: Int32, _ on: Bool) {
    var value: Int32 = on ? 1 : 0
    setsockopt(file, Int32(IPPROTO_TCP), option, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  private static func loopback(_ port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).byteSwapped
    address.sin_addr.s_addr = UInt32(0x7F00_0001).byteSwapped
    return address
  }
}
