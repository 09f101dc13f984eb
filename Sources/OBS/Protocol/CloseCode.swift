/// Why obs-websocket closed the connection, and whether it is of use to come again.
///
/// The codes from 4000 on are those of `WebSocketCloseCode` in obs-websocket 5; the others are of RFC 6455.
struct CloseCode: RawRepresentable, Hashable, Sendable {
  let rawValue: UInt16

  static let goingAway = CloseCode(rawValue: 1001)
  static let tooBig = CloseCode(rawValue: 1009)
  static let authenticationFailed = CloseCode(rawValue: 4009)
  static let unsupportedVersion = CloseCode(rawValue: 4010)
  static let kicked = CloseCode(rawValue: 4011)

  /// Whether trying again must wait until somebody has changed something.
  var isFinal: Bool { (4002...4012).contains(rawValue) }

  /// What happened and what to do.
  func reason(text: String) -> String {
    switch self {
    case .goingAway: "OBS quit, or its WebSocket server was stopped"
    case .authenticationFailed: Self.wrongPassword
    case .unsupportedVersion:
      "OBS does not speak version 1 of its remote protocol: this needs obs-websocket 5 (OBS 28 or later)"
    case .kicked:
      "OBS ended the session: somebody pressed Kick in Tools → WebSocket Server Settings. Start again to reconnect"
    default:
      "OBS closed the connection with code \(rawValue)\(text.isEmpty ? "" : ", “\(text)”")"
        + (isFinal ? ": please report this as a fault, with the log" : "")
    }
  }

  static let wrongPassword =
    "OBS refused the password: set OBS_WEBSOCKET_PASSWORD or --password-file to the one in "
    + "Tools → WebSocket Server Settings → Show Connect Info"
  static let missingPassword =
    "OBS wants a password: put the one from Tools → WebSocket Server Settings → Show Connect Info into "
    + "OBS_WEBSOCKET_PASSWORD or --password-file"
}
