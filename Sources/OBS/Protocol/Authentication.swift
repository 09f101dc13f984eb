import Crypto
import FoundationEssentials

/// How a client proves that it knows the password without sending it.
///
/// obs-websocket 5, "Creating an authentication string": both hashes are taken over UTF-8 text, and it is the
/// base64 text of the first that goes into the second.
struct Authentication: Hashable, Sendable {
  /// Another for each connection.
  var challenge: String
  /// Another for each start of the server.
  var salt: String

  func answer(password: String) -> String {
    Self.hash(Self.hash(password + salt) + challenge)
  }

  private static func hash(_ text: String) -> String {
    Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
  }
}
