import Crypto
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket
import Testing

/// A second client of the same OBS, that shares nothing with the switcher: what it is
/// told by OBS is the truth that the tests compare with.
package final class Observer {
  package typealias Object = [String: Any]
  private typealias Frames = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>

  private let inbound: NIOAsyncChannelInboundStream<WebSocketFrame>.AsyncIterator
  private let outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
  private var lastID = 0
  /// How often each event was heard and not asked for yet.
  private var heard: [String: Int] = [:]

  private init(
    _ inbound: NIOAsyncChannelInboundStream<WebSocketFrame>.AsyncIterator,
    _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
  ) { (self.inbound, self.outbound) = (inbound, outbound) }

  /// Connects, identifies, and observes for the time of `body`.
  package static func run<Result>(_ obs: LiveOBS, _ body: (Observer) async throws -> Result) async throws -> Result {
    let channel = try await connect(obs)
    return try await channel.executeThenClose { inbound, outbound in
      let observer = Observer(inbound.makeAsyncIterator(), outbound)
      let hello = try await observer.receive()
      let challenge = try #require(hello["authentication"] as? [String: String])
      let secret = Self.hash(obs.password + (try #require(challenge["salt"])))
      let answer = Self.hash(secret + (try #require(challenge["challenge"])))
      try await observer.send(
        1, ["rpcVersion": 1, "authentication": answer, "eventSubscriptions": Self.transitionEvents])
      _ = try await observer.receive()
      return try await body(observer)
    }
  }

  /// The events of transitions, as obs-websocket numbers its kinds.
  private static let transitionEvents = 1 << 4

  private static func hash(_ text: String) -> String {
    Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
  }

  private static func connect(_ obs: LiveOBS) async throws -> Frames {
    let upgrade = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(
      host: obs.host, port: obs.port
    ) { channel in
      channel.eventLoop.makeCompletedFuture {
        let upgrader = NIOTypedWebSocketClientUpgrader<Frames>(maxFrameSize: 1 << 24) { channel, _ in
          channel.eventLoop.makeCompletedFuture { try Frames(wrappingChannelSynchronously: channel) }
        }
        var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/")
        head.headers.add(name: "Host", value: obs.host)
        var configuration = NIOUpgradableHTTPClientPipelineConfiguration(
          upgradeConfiguration: .init(upgradeRequestHead: head, upgraders: [upgrader]) { channel in
            channel.eventLoop.makeFailedFuture(ChannelError.eof)
          })
        configuration.leftOverBytesStrategy = .forwardBytes  // the Hello may be among them
        return try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(configuration: configuration)
      }
    }
    return try await upgrade.get()
  }

  private func send(_ op: Int, _ body: Object) async throws {
    let bytes = try JSONSerialization.data(withJSONObject: ["op": op, "d": body])
    try await outbound.write(
      WebSocketFrame(fin: true, opcode: .text, maskKey: .random(), data: ByteBuffer(bytes: bytes)))
  }

  private func receive() async throws -> Object {
    var iterator = inbound
    while let frame = try await iterator.next() {
      guard frame.opcode == .text else { continue }
      let message = try JSONSerialization.jsonObject(with: Data(frame.unmaskedData.readableBytesView))
      return try #require((message as? Object)?["d"] as? Object)
    }
    throw ChannelError.eof
  }

  /// Asks OBS, and expects it to do so.
  @discardableResult
  package func ask(_ type: String, _ fields: Object = [:]) async throws -> Object {
    let response = try await respond(type, fields)
    let status = try #require(response["requestStatus"] as? Object)
    try #require(status["result"] as? Bool == true, "\(type) \(fields): \(status)")
    return response["responseData"] as? Object ?? [:]
  }

  /// Asks OBS what it may refuse to tell, as the level of what has no sound: `nil` then.
  package func answer(_ type: String, _ fields: Object = [:]) async throws -> Object? {
    try await respond(type, fields)["responseData"] as? Object
  }

  private func respond(_ type: String, _ fields: Object) async throws -> Object {
    lastID += 1
    try await send(6, ["requestType": type, "requestId": String(lastID), "requestData": fields])
    while true {
      let message = try await receive()
      guard let event = message["eventType"] as? String else { return message }
      heard[event, default: 0] += 1
    }
  }

  /// How many transitions OBS has begun since it was asked last.
  package func transitions() async throws -> Int {
    try await ask("GetVersion")  // what happened before is told before
    return heard.removeValue(forKey: "SceneTransitionStarted") ?? 0
  }

  // MARK: What is so in OBS

  /// Which of the cameras' colours are on air.
  package func onAir() async throws -> Set<String> {
    var active: Set<String> = []
    for source in ["Red", "Green", "Blue"] {
      if try await ask("GetSourceActive", ["sourceName": source])["videoActive"] as? Bool == true {
        active.insert(source)
      }
    }
    return active
  }

  package func preview() async throws -> String? {
    try await ask("GetCurrentPreviewScene")["currentPreviewSceneName"] as? String
  }

  package func transition() async throws -> (name: String?, milliseconds: Int?) {
    let transition = try await ask("GetCurrentSceneTransition")
    return (transition["transitionName"] as? String, transition["transitionDuration"] as? Int)
  }

  package func level(_ input: String) async throws -> Double? {
    try await ask("GetInputVolume", ["inputName": input])["inputVolumeDb"] as? Double
  }

  package func isMuted(_ input: String) async throws -> Bool? {
    try await ask("GetInputMute", ["inputName": input])["inputMuted"] as? Bool
  }

  package func isActive(_ status: String) async throws -> Bool? {
    try await ask(status)["outputActive"] as? Bool
  }
}
