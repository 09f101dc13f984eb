import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What is found wrong before there is a WebSocket.
enum ConnectionError: Error {
  case noGreeting
  case notWebSocket
}

/// Why a connection failed, in words, and whether it is of use to try again.
struct ConnectionFailure: Hashable {
  var reason: String
  var isFinal = false

  init(reason: String, isFinal: Bool = false) { (self.reason, self.isFinal) = (reason, isFinal) }

  init(_ error: any Error, to address: OBSAddress) {
    switch error {
    // The second is what NIO makes of an end before the first byte of the answer.
    case HTTPParserError.invalidEOFState, ChannelError.inappropriateOperationForState:
      self.init(reason: "the connection to \(address.authority) was cut before OBS had answered")
    case ConnectionError.notWebSocket, is HTTPParserError, is NIOHTTPClientUpgradeError:
      self.init(
        reason: "what listens at \(address.authority) is not OBS's WebSocket server: compare the port with the one in "
          + "Tools → WebSocket Server Settings", isFinal: true)
    case ConnectionError.noGreeting:
      self.init(
        reason: "something takes connections at \(address.authority), but does not answer: OBS may be frozen, "
          + "or have too many files open, or another program has that port")
    case let error as NIOConnectionError: self.init(error, to: address)
    case let error as IOError: self.init(errorNumber: error.errnoCode, to: address)
    case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: self.init(tls: error, to: address)
    case ChannelError.connectTimeout:
      self.init(
        reason: "\(address.host) does not answer: is it switched on, and its firewall open for \(address.port)?")
    case NIOWebSocketError.invalidFrameLength, NIOWebSocketFrameAggregator.Error.accumulatedFrameSizeIsTooLarge:
      self.init(reason: "OBS sent a message of more than \(Connection.largestMessage >> 20) MB")
    default: self.init(reason: "the connection to \(address.authority) was lost (\(error))")
    }
  }

  private init(_ error: NIOConnectionError, to address: OBSAddress) {
    if let first = error.connectionErrors.first {
      self.init(first.error, to: address)
    } else {
      self.init(reason: "the name \(address.host) cannot be found: is it spelled right?")
    }
  }

  private init(errorNumber: CInt, to address: OBSAddress) {
    switch errorNumber {
    case ECONNREFUSED:
      self.init(
        reason: "nothing listens at \(address.authority): OBS is not running, or its WebSocket server is off "
          + "(Tools → WebSocket Server Settings)")
    case EHOSTUNREACH, ENETUNREACH:
      self.init(reason: "there is no way to \(address.host) in this network")
    case ETIMEDOUT:
      self.init(reason: "nothing gets through to \(address.host) any more: is the network down?")
    case EMFILE, ENFILE: self.init(reason: "too many files are open: raise the limit (ulimit -n)")
    default:
      self.init(
        reason:
          "the connection to \(address.authority) was lost (\(IOError(errnoCode: errorNumber, reason: "connection")))")
    }
  }

  private init(tls error: any Error, to address: OBSAddress) {
    self.init(
      reason: "no trusted TLS connection to \(address.authority) (\(error)): the certificate must be valid for "
        + "\(address.host), or use obs:// where there is no TLS", isFinal: true)
  }
}
