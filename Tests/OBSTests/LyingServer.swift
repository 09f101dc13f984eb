import Crypto
import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server on the real wire that says what it is told to, true or not: one reply to each thing that it hears.
final class LyingServer: Sendable {
  enum Reply: Sendable {
    /// Some bytes, then some of a kind again and again, each when the one before has left, then the last.
    case bytes([UInt8], flood: [UInt8] = [], times: Int = 0, last: [UInt8] = [])
    /// Accepts the WebSocket, with more bytes in the same packet.
    case upgrade(and: [UInt8] = [])
    case close
  }

  let port: Int
  private let channel: any Channel
  private let heard: Heard

  /// What came in on all connections.
  final class Heard: Sendable {
    let bytes = Mutex<[UInt8]>([])
    let connections = Mutex(0)
  }

  /// - Parameter certificate: what it shows where it speaks TLS.
  init(certificate: String? = nil, _ script: [Reply]) async throws {
    let heard = Heard()
    self.heard = heard
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          heard.connections.withLock { $0 += 1 }
          if let certificate { try channel.pipeline.syncOperations.addHandler(Self.tls(certificate)) }
          try channel.pipeline.syncOperations.addHandler(Handler(script, heard))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = channel.localAddress?.port ?? 0
  }

  deinit { channel.close(promise: nil) }

  var connections: Int { heard.connections.withLock { $0 } }
  var bytesHeard: Int { heard.bytes.withLock { $0.count } }

  private static func tls(_ certificate: String) throws -> NIOSSLServerHandler {
    let certificate = try NIOSSLCertificate(bytes: Array(certificate.utf8), format: .pem)
    let key = try NIOSSLPrivateKey(bytes: Array(SelfSigned.key.utf8), format: .pem)
    return NIOSSLServerHandler(
      context: try NIOSSLContext(
        configuration: .makeServerConfiguration(
          certificateChain: [.certificate(certificate)], privateKey: .privateKey(key))))
  }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var script: [Reply]
    private let heard: Heard

    init(_ script: [Reply], _ heard: Heard) { (self.script, self.heard) = (script, heard) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let bytes = Array(unwrapInboundIn(data).readableBytesView)
      heard.bytes.withLock { $0 += bytes }
      guard !script.isEmpty, bytes.first != 0x89 else { return }  // a ping is no question
      switch script.removeFirst() {
      case .close: context.close(promise: nil)
      case .bytes(let reply, let flood, let times, let last):
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: reply)), promise: nil)
        write(ByteBuffer(bytes: flood), times, then: ByteBuffer(bytes: last), context)
      case .upgrade(let more):
        let request = String(decoding: bytes, as: UTF8.self)
        let head =
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Accept: \(Self.accept(request))\r\n\r\n"
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: Array(head.utf8) + more)), promise: nil)
      }
    }

    private func write(_ piece: ByteBuffer, _ times: Int, then last: ByteBuffer, _ context: ChannelHandlerContext) {
      guard times > 0 else { return context.writeAndFlush(wrapOutboundOut(last), promise: nil) }
      context.writeAndFlush(wrapOutboundOut(piece)).assumeIsolated().whenSuccess {
        self.write(piece, times - 1, then: last, context)
      }
    }

    /// RFC 6455, 4.2.2.
    private static func accept(_ request: String) -> String {
      let line = request.split(separator: "\r\n").first { $0.lowercased().hasPrefix("sec-websocket-key:") } ?? ""
      let key = line.drop { $0 != ":" }.dropFirst().trimmingPrefix { $0 == " " }
      let digest = Insecure.SHA1.hash(data: Data((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))
      return Data(digest).base64EncodedString()
    }
  }
}

/// A frame as a server sends it: RFC 6455, 5.2. `length` may claim more than there is; more of a message may follow.
func frame(_ opcode: UInt8, _ payload: [UInt8], length: Int? = nil, isLast: Bool = true) -> [UInt8] {
  let length = UInt64(length ?? payload.count)
  let bytes = (0..<8).map { UInt8(truncatingIfNeeded: length >> (56 - 8 * UInt64($0))) }
  return [(isLast ? 0x80 : 0) | opcode, 127] + bytes + payload
}

func text(_ message: String) -> [UInt8] { frame(1, Array(message.utf8)) }

func close(_ code: UInt16) -> [UInt8] { frame(8, [UInt8(code >> 8), UInt8(code & 0xff)] + Array("words".utf8)) }

let hello = text(
  #"{"op":0,"d":{"obsWebSocketVersion":"5.1.0","rpcVersion":1,"authentication":{"challenge":"c","salt":"s"}}}"#)
