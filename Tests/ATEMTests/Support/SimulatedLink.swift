import ATEM
import ATEMEmulator
import NIOCore

/// A client and a switcher on a network with weather, in a time of their own.
struct SimulatedLink {
  enum Side: Hashable { case client, server }

  private struct Flying {
    var due: Duration
    var number: Int
    var toServer: Bool
    var packet: Packet
  }

  var weather: Weather
  private var chance: Chance
  private(set) var now = Duration.zero
  private(set) var client: ClientSession
  private(set) var server: ServerSession?
  private var flying: [Flying] = []
  private var count = 0
  /// What reached the other side, in order.
  private(set) var heardByServer: [UInt32] = []
  private(set) var heardByClient: [UInt32] = []
  private(set) var sentByClient: UInt32 = 0
  private(set) var sentByServer: UInt32 = 0
  /// How many the switcher has acknowledged.
  private(set) var acknowledged = 0
  private(set) var retransmissions = 0
  /// The sides whose ids have begun again from 0.
  private(set) var wrapped: Set<Side> = []
  /// The longest time from a press to its arrival.
  private(set) var longestWay = Duration.zero
  private var pressed: [Duration] = []
  private(set) var ended: SessionEnd?

  init(weather: Weather, seed: UInt64) {
    self.weather = weather
    chance = Chance(seed: seed)
    client = ClientSession(session: 0x53AB, at: .zero)
    launch(client.hello, toServer: true)
  }

  /// The same session as if it began now: what was heard and sent is forgotten, and chance is drawn anew.
  func renewed(seed: UInt64) -> SimulatedLink {
    var link = self
    link.chance = Chance(seed: seed)
    (link.heardByServer, link.heardByClient, link.pressed) = ([], [], [])
    (link.sentByClient, link.sentByServer, link.acknowledged) = (0, 0, 0)
    (link.wrapped, link.longestWay) = ([], .zero)
    return link
  }

  /// The client sends the next number; `false` where there is no session.
  mutating func press() -> Bool {
    guard let packet = client.send(bytes(sentByClient), at: now) else { return false }
    sentByClient += 1
    pressed.append(now)
    launch(packet, toServer: true)
    return true
  }

  /// The switcher sends the next number.
  mutating func echo() {
    guard server?.isOpen == true, let packet = server?.send(bytes(sentByServer), at: now) else { return }
    sentByServer += 1
    launch(packet, toServer: false)
  }

  mutating func run(until end: Duration) {
    while let next = nextEvent, next <= end {
      now = max(now, next)
      if let first = flying.first, first.due <= now {
        flying.removeFirst()
        if first.toServer { serve(first.packet) } else { settle(client.receive(first.packet, at: now)) }
      } else {
        if let deadline = client.deadline, deadline <= now { settle(client.tick(at: now)) }
        if let deadline = server?.deadline, deadline <= now, let outcome = server?.tick(at: now) { settle(outcome) }
      }
    }
    now = max(now, end)
  }

  /// Until everything that was sent is acknowledged on both sides or the session is lost, at most to `end`.
  mutating func settle(by end: Duration) {
    while ended == nil, !isSettled, let next = nextEvent, next <= end { run(until: next) }
  }

  private var isSettled: Bool { acknowledged == sentByClient && server?.isSettled == true }

  private var nextEvent: Duration? {
    var next = flying.first?.due
    if let deadline = client.deadline { next = min(next ?? deadline, deadline) }
    if let deadline = server?.deadline { next = min(next ?? deadline, deadline) }
    return next
  }

  private mutating func serve(_ packet: Packet) {
    if server == nil {
      guard packet.flags.contains(.hello), Greeting(packet.payload) == .connect else { return }
      let session = ServerSession(hello: packet.session, client: 7, at: now)
      server = session
      return launch(session.acceptance, toServer: false)
    }
    if let outcome = server?.receive(packet, at: now) { settle(outcome) }
  }

  private mutating func settle(_ outcome: ServerSession.Outcome) {
    for packet in outcome.packets { launch(packet, toServer: false) }
    if let payload = outcome.delivered {
      let number = number(payload)
      heardByServer.append(number)
      if Int(number) < pressed.count { longestWay = max(longestWay, now - pressed[Int(number)]) }
    }
    if outcome.hasOpened { echo() }
    if outcome.ending != nil { server = nil }
  }

  private mutating func settle(_ outcome: ClientSession.Outcome) {
    for packet in outcome.packets { launch(packet, toServer: true) }
    if let payload = outcome.delivered { heardByClient.append(number(payload)) }
    acknowledged += outcome.acknowledged
    if let end = outcome.ended { ended = end }
  }

  private mutating func launch(_ packet: Packet, toServer: Bool) {
    if packet.flags.contains(.retransmission) { retransmissions += 1 }
    if packet.flags.contains(.reliable), packet.id == PacketID(0) { wrapped.insert(toServer ? .client : .server) }
    repeat {
      guard !chance.happens(weather.loss) else { continue }
      count += 1
      let due = now + .microseconds(200) + weather.delay + weather.jitter * chance.unit()
      let flight = Flying(due: due, number: count, toServer: toServer, packet: packet)
      let place = flying.lastIndex { ($0.due, $0.number) < (due, count) }.map { $0 + 1 } ?? 0
      flying.insert(flight, at: place)
    } while chance.happens(weather.duplication)
  }
}

private func bytes(_ number: UInt32) -> ByteBuffer { ByteBuffer(integer: number) }

private func number(_ payload: ByteBuffer) -> UInt32 {
  payload.getInteger(at: payload.readerIndex, as: UInt32.self) ?? .max
}
