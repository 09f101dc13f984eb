import ATEM
import NIOCore
import NIOPosix

/// A network of UDP between a switcher's client and the switcher that a test can spoil.
actor DatagramProxy {
  enum Way: Hashable, Sendable { case toSwitcher, fromSwitcher }

  private let loop: any EventLoop
  private let switcher: SocketAddress
  private var weather: [Way: Weather] = [:]
  private var chance = Chance(seed: 1)
  private var listener: (any Channel)?
  /// The socket towards the switcher of each client, by the client's address: to the switcher they are several.
  private var sockets: [SocketAddress: any Channel] = [:]

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

  init(to port: Int, loop: any EventLoop) throws {
    self.loop = loop
    switcher = try SocketAddress(ipAddress: "127.0.0.1", port: port)
  }

  /// - Returns: the port that it listens on.
  func start() async throws -> Int {
    let bound = DatagramBootstrap(group: loop).channelInitializer { channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandler(
          Datagrams(
            onDatagram: { datagram in self.assumeIsolated { $0.fromClient(datagram) } }, onError: { _ in }))
      }
    }.bind(host: "127.0.0.1", port: 0)
    let listener = try await bound.get()
    self.listener = listener
    return listener.localAddress?.port ?? 0
  }

  func stop() {
    listener?.close(promise: nil)
    for socket in sockets.values { socket.close(promise: nil) }
  }

  /// Changes the weather, for all that is sent from now on.
  func set(_ weather: Weather, _ ways: [Way] = [.toSwitcher, .fromSwitcher]) {
    for way in ways { self.weather[way] = weather }
  }

  private func fromClient(_ datagram: AddressedEnvelope<ByteBuffer>) {
    let client = datagram.remoteAddress
    if let socket = sockets[client] { return pass(datagram.data, .toSwitcher, on: socket, to: switcher) }
    let bound = DatagramBootstrap(group: loop).channelInitializer { channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandler(
          Datagrams(
            onDatagram: { answer in self.assumeIsolated { $0.fromSwitcher(answer.data, to: client) } },
            onError: { _ in }))
      }
    }.bind(host: "127.0.0.1", port: 0)
    bound.whenSuccess { socket in
      self.assumeIsolated { proxy in
        proxy.sockets[client] = socket
        proxy.pass(datagram.data, .toSwitcher, on: socket, to: proxy.switcher)
      }
    }
  }

  private func fromSwitcher(_ data: ByteBuffer, to client: SocketAddress) {
    if let listener { pass(data, .fromSwitcher, on: listener, to: client) }
  }

  /// Loses, doubles or delays a packet as the weather is.
  private func pass(_ data: ByteBuffer, _ way: Way, on socket: any Channel, to address: SocketAddress) {
    let weather = weather[way] ?? Weather()
    let envelope = AddressedEnvelope(remoteAddress: address, data: data)
    repeat {
      guard !chance.happens(weather.loss) else { continue }
      let delay = weather.delay + weather.jitter * chance.unit()
      if delay == .zero {
        socket.writeAndFlush(envelope, promise: nil)
      } else {
        loop.scheduleTask(in: TimeAmount(delay)) { socket.writeAndFlush(envelope, promise: nil) }
      }
    } while chance.happens(weather.duplication)
  }
}
