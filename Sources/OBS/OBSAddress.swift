/// Where an OBS listens: `obs://HOST[:PORT]`, or `obss://` through a TLS proxy.
public struct OBSAddress: Hashable, Sendable {
  /// A name, an IPv4 address, or an IPv6 address without its brackets.
  public let host: String
  /// 4455 where the URL names none.
  public let port: Int
  public let isSecure: Bool

  public init(host: String, port: Int = 4455, isSecure: Bool = false) {
    (self.host, self.port, self.isSecure) = (host, port, isSecure)
  }

  /// Reads a URL; what is wrong with it is thrown in words.
  public init(_ url: String) throws(OBSAddressError) {
    let (scheme, rest) = try Self.split(url)
    guard !rest.contains("@") else { throw .hasPassword }
    let authority = rest.hasSuffix("/") ? rest.dropLast() : rest
    guard !authority.contains(where: { "/?#".contains($0) }) else { throw .hasPath(url) }
    let (host, port) = try Self.hostAndPort(authority, url: url)
    guard !host.isEmpty, !host.contains(where: \.isWhitespace) else { throw .noHost(url) }
    self.init(host: host, port: port, isSecure: scheme == "obss")
  }

  private static func split(_ url: String) throws(OBSAddressError) -> (scheme: String, rest: Substring) {
    for scheme in ["obs", "obss"] where url.lowercased().hasPrefix(scheme + "://") {
      return (scheme, url.dropFirst(scheme.count + 3))
    }
    // A password could be anywhere in what is no URL of ours: it is not repeated.
    throw url.contains("@") ? .hasPassword : .wrongScheme(url)
  }

  private static func hostAndPort(_ authority: Substring, url: String) throws(OBSAddressError) -> (String, Int) {
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { throw .openBracket(url) }
      let host = authority[authority.index(after: authority.startIndex)..<end]
      return (String(host), try port(authority[authority.index(after: end)...], url: url))
    }
    guard let colon = authority.firstIndex(of: ":") else { return (String(authority), 4455) }
    guard authority[colon...].dropFirst().firstIndex(of: ":") == nil else { throw .bareIPv6(String(authority)) }
    return (String(authority[..<colon]), try port(authority[colon...], url: url))
  }

  private static func port(_ text: Substring, url: String) throws(OBSAddressError) -> Int {
    guard !text.isEmpty else { return 4455 }
    guard text.hasPrefix(":"), text.dropFirst().allSatisfy(\.isASCIIDigit),
      let port = Int(text.dropFirst()), (1...65535).contains(port)
    else { throw .wrongPort(url) }
    return port
  }
}

extension OBSAddress: CustomStringConvertible {
  public var description: String {
    "\(isSecure ? "obss" : "obs")://\(authority)"
  }

  /// `HOST:PORT` as it stands in a URL.
  var authority: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

/// What is wrong with the URL of an OBS.
public enum OBSAddressError: Error, Hashable, CustomStringConvertible {
  case wrongScheme(String)
  case noHost(String)
  case wrongPort(String)
  case openBracket(String)
  case bareIPv6(String)
  case hasPath(String)
  /// The URL itself is kept out of this one.
  case hasPassword

  public var description: String {
    switch self {
    case .wrongScheme(let url): "\(url) is not the URL of an OBS: write obs://HOST or obs://HOST:4455"
    case .noHost(let url): "\(url) names no host: write obs://HOST or obs://HOST:4455"
    case .wrongPort(let url):
      "\(url) has a wrong port: write a number from 1 to 65535 after the colon, as in obs://HOST:4455"
    case .openBracket(let url): "\(url) opens a bracket and does not close it: write obs://[ADDRESS]:4455"
    case .bareIPv6(let host): "an IPv6 address stands in brackets: write obs://[\(host)]"
    case .hasPath(let url): "\(url) has more than a host and a port: write obs://HOST:4455"
    case .hasPassword:
      "no user or password in the URL of an OBS: the password goes into OBS_WEBSOCKET_PASSWORD or --password-file"
    }
  }
}
