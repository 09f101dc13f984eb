import NIOCore
import NIOPosix
import Testing

/// A network between a switcher and OBS that a test can spoil: what connects here is passed on to OBS.
package actor Proxy {
  package enum Way: Hashable, Sendable, CaseIterable { case toOBS, fromOBS }

  /// What the network does to what goes through.
  package struct Weather: Sendable {
    /// The share of the packets that is lost, from 0 to 1, by the way they go.
    package var loss: [Way: Double] = [:]
    /// How much longer the bytes take, each way.
    package var delay = Duration.zero
    /// How many bytes get through to OBS in a second, if not any number.
    package var rate: Int?
    /// How many bytes of one way get through before the next connection is cut.
    package var cut: (way: Way, after: Int)?
    /// Whether all connections after it are cut like that too.
    package var isCutAgain = false
    /// Whether connections are reset as soon as they are there.
    package var refuses = false

    package static let fair = Weather()
    /// Nothing gets through, and nobody is told.
    package static let silence = Weather(loss: [.toOBS: 1, .fromOBS: 1])

    package init(
      loss: [Way: Double] = [:], delay: Duration = .zero, rate: Int? = nil, cut: (way: Way, after: Int)? = nil,
      isCutAgain: Bool = false, refuses: Bool = false
    ) {
      (self.loss, self.delay, self.rate) = (loss, delay, rate)
      (self.cut, self.isCutAgain, self.refuses) = (cut, isCutAgain, refuses)
    }
  }

  /// One connection: its two sockets, and what went which way.
  private struct Line {
    /// By the way of what is written there.
    var sockets: [Way: any Channel]
    var passed: [Way: Int] = [:]
    /// How much had gone each way before each piece that goes to OBS.
    var turns: [[Way: Int]] = []
    /// When all is through that is under way.
    var due: [Way: NIODeadline] = [:]
    var cut: (way: Way, after: Int)?

    /// When so many bytes are through, never before those that came earlier; `nil` for at once.
    mutating func time(for length: Int, _ way: Way, _ weather: Weather) -> NIODeadline? {
      let now = NIODeadline.now()
      var time = max(now + TimeAmount(weather.delay), due[way] ?? now)
      if way == .toOBS, let rate = weather.rate {
        time = time + .nanoseconds(Int64(length) * 1_000_000_000 / Int64(rate))
      }
      guard time > now else { return nil }
      due[way] = time + .nanoseconds(1)
      return time
    }
  }

  private let loop: any EventLoop
  private let obs: LiveOBS
  private var weather: Weather
  private var listener: (any Channel)?
  /// Each connection by its number.
  private var lines: [Int: Line] = [:]
  /// How many connections were made to it.
  package private(set) var connections = 0

  package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

  private init(to obs: LiveOBS, _ weather: Weather) {
    loop = MultiThreadedEventLoopGroup.singleton.next()
    (self.obs, self.weather) = (obs, weather)
  }

  /// A proxy for the time of `body`, which is given the OBS as it is seen through it.
  package static func run<Result>(
    to obs: LiveOBS, _ weather: Weather = .fair, _ body: (Proxy, LiveOBS) async throws -> Result
  ) async throws -> Result {
    let proxy = Proxy(to: obs, weather)
    var seen = obs
    (seen.host, seen.port) = ("127.0.0.1", try await proxy.listen())
    do {
      let result = try await body(proxy, seen)
      await proxy.close()
      return result
    } catch {
      await proxy.close()
      throw error
    }
  }

  private func listen() async throws -> Int {
    let bound = ServerBootstrap(group: loop)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.autoRead, value: false)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        self.assumeIsolated { $0.accept(channel) }
        return channel.eventLoop.makeSucceededVoidFuture()
      }
      .bind(host: "127.0.0.1", port: 0)
    let listener = try await bound.get()
    self.listener = listener
    return listener.localAddress?.port ?? 0
  }

  private func close() {
    listener?.close(promise: nil)
    for number in lines.keys { cut(number) }
  }

  /// Changes the weather for all connections, those to come too.
  package func set(_ weather: Weather) {
    self.weather = weather
    if let listener { PacketLoss.set(weather.loss[.toOBS] ?? 0, on: listener) }
    for line in lines.values { lose(on: line) }
  }

  /// How many bytes had gone each way, on the last connection, before OBS was told something for the time `turn` (from 0).
  package func passed(before turn: Int) throws -> [Way: Int] {
    let turns = try #require(lines[connections]?.turns)
    return try #require(turns.count > turn ? turns[turn] : nil)
  }

  /// How many bytes have gone each way on the last connection.
  package var passed: [Way: Int] { lines[connections]?.passed ?? [:] }
}

// MARK: - What goes through

extension Proxy {
  private func accept(_ client: any Channel) {
    connections += 1
    guard !weather.refuses else { return reset(client) }
    let number = connections
    lines[number] = Line(sockets: [.fromOBS: client], cut: weather.cut)
    if !weather.isCutAgain { weather.cut = nil }
    ClientBootstrap(group: loop)
      .channelOption(.autoRead, value: false)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .connect(host: obs.host, port: obs.port)
      .whenComplete { result in self.assumeIsolated { $0.connected(result, number) } }
  }

  private func connected(_ result: Result<any Channel, any Error>, _ number: Int) {
    guard case .success(let server) = result, let client = lines[number]?.sockets[.fromOBS] else { return cut(number) }
    lines[number]?.sockets[.toOBS] = server
    do {
      for (channel, way) in [(client, Way.toOBS), (server, .fromOBS)] {
        try channel.pipeline.syncOperations.addHandler(
          Relay { bytes in self.assumeIsolated { $0.take(bytes, way, number) } })
        try channel.syncOptions?.setOption(.autoRead, value: true)
      }
    } catch {
      return cut(number)
    }
    guard let line = lines[number] else { return }
    lose(on: line)
    if line.cut?.after == 0 { cut(number) }
  }

  /// Hands on what came in at one end, or its end.
  private func take(_ bytes: ByteBuffer?, _ way: Way, _ number: Int) {
    guard var line = lines[number] else { return }
    var bytes = bytes ?? ByteBuffer()
    if way == .toOBS { line.turns.append(line.passed) }
    var isLast = bytes.readableBytes == 0
    if let cut = line.cut, cut.way == way {
      let left = cut.after - line.passed[way, default: 0]
      isLast = isLast || bytes.readableBytes >= left
      bytes = bytes.readSlice(length: min(bytes.readableBytes, left)) ?? bytes
    }
    line.passed[way, default: 0] += bytes.readableBytes
    let due = line.time(for: bytes.readableBytes, way, weather)
    lines[number] = line
    let hand = { [bytes, isLast] in self.assumeIsolated { $0.hand(on: bytes, isLast: isLast, way, number) } }
    if let due { loop.assumeIsolated().scheduleTask(deadline: due, hand) } else { hand() }
  }

  private func hand(on bytes: ByteBuffer, isLast: Bool, _ way: Way, _ number: Int) {
    guard let socket = lines[number]?.sockets[way] else { return }
    socket.writeAndFlush(bytes).whenComplete { _ in
      if isLast { self.assumeIsolated { $0.cut(number) } }
    }
  }

  private func lose(on line: Line) {
    for (way, channel) in line.sockets {
      // What comes in at the one end is what goes out at the other.
      PacketLoss.set(weather.loss[way == .toOBS ? .fromOBS : .toOBS] ?? 0, on: channel)
    }
  }

  private func cut(_ number: Int) {
    for channel in lines.removeValue(forKey: number)?.sockets.values ?? [:].values { channel.close(promise: nil) }
  }

  private func reset(_ channel: any Channel) {
    // `struct linger`: on, and for no time.
    let linger = (CInt(1), CInt(0))
    (channel as? any SocketOptionProvider)?.unsafeSetSocketOption(level: .socket, name: .so_linger, value: linger)
      .whenFailure { _ in }
    channel.close(promise: nil)
  }
}

/// Hands on what comes in, and then its end.
private final class Relay: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let hand: (ByteBuffer?) -> Void

  init(_ hand: @escaping (ByteBuffer?) -> Void) { self.hand = hand }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) { hand(unwrapInboundIn(data)) }

  func channelInactive(context: ChannelHandlerContext) { hand(nil) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
