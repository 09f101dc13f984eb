import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket

/// A WebSocket to an OBS.
struct Connection {
  /// Larger than the state of any show that was heard of, and small enough to be held.
  static let largestMessage = 16 << 20
  static let patience = TimeAmount.seconds(3)

  private let channel: any Channel

  /// Connects; `report` is then called on the loop with everything that happens, up to one last `closed`.
  static func open(
    _ address: OBSAddress, trusting roots: NIOSSLTrustRoots, on loop: any EventLoop,
    reporting report: @escaping @Sendable (MessageHandler.Event) -> Void
  ) -> EventLoopFuture<Connection> {
    ClientBootstrap(group: loop)
      .connectTimeout(patience)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .connect(host: address.host, port: address.port)
      .flatMap { channel in
        let upgraded = upgrade(channel, to: address, trusting: roots, reporting: report)
        let timeout = loop.scheduleTask(in: patience) { channel.pipeline.fireErrorCaught(ConnectionError.noGreeting) }
        upgraded.whenComplete { _ in timeout.cancel() }
        upgraded.whenFailure { _ in channel.close(promise: nil) }
        return upgraded
      }
  }

  /// Goes through TLS, where it is asked for, and HTTP to WebSocket.
  private static func upgrade(
    _ channel: any Channel, to address: OBSAddress, trusting roots: NIOSSLTrustRoots,
    reporting report: @escaping @Sendable (MessageHandler.Event) -> Void
  ) -> EventLoopFuture<Connection> {
    channel.eventLoop.assumeIsolated().makeCompletedFuture {
      LateBytes.end(channel, after: Session.patience.waiting)
      let pipeline = channel.pipeline.syncOperations
      try pipeline.addHandler(QuickAcknowledgement())
      if address.isSecure {
        var security = TLSConfiguration.makeClientConfiguration()
        security.minimumTLSVersion = .tlsv12
        security.trustRoots = roots
        let context = try NIOSSLContext(configuration: security)
        // An address has no name to check: NIOSSL then checks the certificate against the address itself.
        let name = (try? SocketAddress(ipAddress: address.host, port: 0)) == nil ? address.host : nil
        try pipeline.addHandler(NIOSSLClientHandler(context: context, serverHostname: name))
      }
      var configuration = NIOUpgradableHTTPClientPipelineConfiguration(
        upgradeConfiguration: configuration(address, reporting: report))
      // OBS greets at once: its Hello may have come together with the answer to the upgrade.
      configuration.leftOverBytesStrategy = .forwardBytes
      return try pipeline.configureUpgradableHTTPClientPipeline(configuration: configuration)
    }
    .flatMap { $0 }
  }

  private static func configuration(
    _ address: OBSAddress, reporting report: @escaping @Sendable (MessageHandler.Event) -> Void
  ) -> NIOTypedHTTPClientUpgradeConfiguration<Connection> {
    var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/")
    head.headers.add(name: "Host", value: address.authority)
    head.headers.add(name: "Sec-WebSocket-Protocol", value: "obswebsocket.json")
    let upgrader = NIOTypedWebSocketClientUpgrader<Connection>(
      maxFrameSize: largestMessage, enableAutomaticErrorHandling: false
    ) { channel, _ in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandlers([
          NIOWebSocketFrameAggregator(
            minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: 10_000, maxAccumulatedFrameSize: largestMessage),
          MessageHandler(reporting: report),
        ])
        return Connection(channel: channel)
      }
    }
    return NIOTypedHTTPClientUpgradeConfiguration(upgradeRequestHead: head, upgraders: [upgrader]) { channel in
      channel.eventLoop.makeFailedFuture(ConnectionError.notWebSocket)
    }
  }

  func send(_ message: MessageHandler.Message) {
    channel.writeAndFlush(message, promise: nil)
  }

  /// Whether the kernel has something of OBS that is not read yet; `false` where it does not say.
  var hasUnread: Bool {
    #if os(Linux)
      // SO_MEMINFO of <asm/socket.h>, whose first number is what the receive queue takes.
      typealias Numbers = (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32)
      var queue: UInt32 = 0
      (channel as? any SocketOptionProvider)?
        .unsafeGetSocketOption(level: .socket, name: .init(rawValue: 55)).assumeIsolated()
        .whenSuccess { (numbers: Numbers) in queue = numbers.0 }
      return queue > 0
    #else
      return false
    #endif
  }

  /// Lets what was sent go out, then closes.
  func close() {
    channel.writeAndFlush(MessageHandler.Message.close).whenComplete { [channel] _ in channel.close(promise: nil) }
  }

  /// Closes at once, and nothing that was sent gets through any more.
  func abandon() {
    LateBytes.drop(channel)
  }
}
