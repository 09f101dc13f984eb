/// Where a switcher is: `atem://HOST`, `atem://HOST:PORT`, `atem://[IPv6]:PORT`.
public struct ATEMAddress: Hashable, Sendable, CustomStringConvertible {
  /// What every ATEM listens on.
  public static let standardPort = 9910

  public var host: String
  public var port: Int

  public init(host: String, port: Int = standardPort) {
    self.host = host
    self.port = port
  }

  /// What is wrong with an address, in words.
  public struct Invalid: Error, Hashable, CustomStringConvertible {
    public var description: String
  }

  public init(_ text: String) throws(Invalid) {
    let advice = "say atem://HOST or atem://HOST:PORT, such as atem://10.0.0.5"
    guard text.hasPrefix("atem://") else { throw Invalid(description: "\"\(text)\" is no ATEM address: \(advice)") }
    var rest = text.dropFirst("atem://".count)
    if rest.hasSuffix("/") { rest.removeLast() }
    let host: Substring
    if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") {
      host = rest[rest.index(after: rest.startIndex)..<end]
      rest = rest[rest.index(after: end)...]
    } else {
      host = rest.prefix { $0 != ":" }
      rest = rest.dropFirst(host.count)
    }
    guard !host.isEmpty, host.allSatisfy({ !$0.isWhitespace && !"/?#@[]".contains($0) }) else {
      throw Invalid(description: "\"\(text)\" names no host: \(advice)")
    }
    if rest.isEmpty {
      self.init(host: String(host))
    } else if rest.first == ":", let port = UInt16(rest.dropFirst()), port > 0 {
      self.init(host: String(host), port: Int(port))
    } else {
      throw Invalid(description: "\"\(text)\" has no port from 1 to 65535 after the colon: \(advice)")
    }
  }

  /// `atem://HOST`, with the port where it is not the standard one.
  public var description: String {
    let host = host.contains(":") ? "[\(host)]" : host
    return port == Self.standardPort ? "atem://\(host)" : "atem://\(host):\(port)"
  }
}
