package import ATEM
package import NIOCore
import NIOPosix

/// A switcher on UDP: as many clients as it has slots, each told the whole state and then every change.
package actor Emulator {
  /// What happens in it, for a test or a rig to follow.
  package enum Event: Hashable, Sendable {
    case opened(session: UInt16)
    case ended(session: UInt16, ServerSession.Ending)
    case refused
    case obeyed(RawCommand)
  }

  private struct Client {
    var address: SocketAddress
    var session: ServerSession
  }

  private let loop: any EventLoop
  private var machine: EmulatedMachine
  private let slots: Int
  private let witness: @Sendable (Event) -> Void
  private var clients: [Client] = []
  private var nextClient: UInt16 = 1
  private var channel: (any Channel)?
  private var clock: RepeatedTask?
  private var garbage: UInt16 = 0x7270
  /// As if its power were gone: nothing is heard, nothing said.
  private var isDead = false

  package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

  /// - Parameter slots: how many clients it has room for; real ones have about five.
  package init(
    _ dump: Dump, slots: Int = 5, loop: any EventLoop, witness: @escaping @Sendable (Event) -> Void = { _ in }
  ) {
    machine = EmulatedMachine(dump)
    self.slots = slots
    self.loop = loop
    self.witness = witness
  }

  /// Listens; port 0 takes any that is free. The port that it listens on.
  package func start(host: String = "127.0.0.1", port: Int = 0) async throws -> Int {
    let bound = DatagramBootstrap(group: loop).channelInitializer { channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandler(
          Datagrams(
            onDatagram: { datagram in self.assumeIsolated { $0.receive(datagram) } },
            onError: { _ in }))
      }
    }.bind(host: host, port: port)
    let channel = try await bound.get()
    self.channel = channel
    clock = loop.scheduleRepeatedTask(initialDelay: .milliseconds(5), delay: .milliseconds(5)) { [weak self] _ in
      self?.assumeIsolated { $0.tick() }
    }
    return channel.localAddress?.port ?? 0
  }

  package func stop() async throws {
    clock?.cancel()
    try await channel?.close()
    channel = nil
  }

  package func die() { isDead = true }

  /// Comes back as after its power was gone: it knows no client.
  package func revive() {
    isDead = false
    clients = []
  }

  package var clientCount: Int { clients.count }
  /// The most clients that it has ever had at a time.
  package private(set) var peakClientCount = 0
  /// Where its clients are, and the numbers of their sessions.
  package var sessions: [(address: SocketAddress, number: UInt16)] { clients.map { ($0.address, $0.session.number) } }
  package var state: ATEMState {
    machine.packets.joined().reduce(into: ATEMState()) { state, command in _ = state.take(command) }
  }

  /// Changes the state as somebody at the switcher's own panel would.
  package func obey(_ command: RawCommand) {
    machine.obey(command)
    tell(machine.takeEchoes())
  }

  /// Changes the part of its state that fits, as somebody at its panel would, where the product has no command for it.
  package func put<State: Message>(_ state: State, where fits: (State) -> Bool) {
    machine.change(fits: fits, edit: { $0 = state })
    tell(machine.takeEchoes())
  }

  /// Says this to every client, whatever its own state is.
  package func say(_ commands: RawCommand...) { tell(commands) }

  /// A part of its state that the product does not read.
  package func first<State: Message>(_ type: State.Type) -> State? { machine.first(type, where: { _ in true }) }

  /// Sends these packets as they are.
  package func send(_ packets: [Packet], to address: SocketAddress) {
    for packet in packets {
      channel?.write(AddressedEnvelope(remoteAddress: address, data: packet.encoded()), promise: nil)
    }
    channel?.flush()
  }

  private var now: Duration { .nanoseconds(Int64(clamping: NIODeadline.now().uptimeNanoseconds)) }
  private var lastFrame = Duration.zero

  private func receive(_ datagram: AddressedEnvelope<ByteBuffer>) {
    guard !isDead, let packet = Packet(datagram.data) else { return }
    let address = datagram.remoteAddress
    if let index = clients.firstIndex(where: { $0.address == address && $0.session.knows(packet) }) {
      settle(clients[index].session.receive(packet, at: now), at: index)
    } else if packet.flags.contains(.hello), Greeting(packet.payload) == .connect {
      greet(packet, from: address)
    }
  }

  private func greet(_ hello: Packet, from address: SocketAddress) {
    guard clients.count < slots else {
      send([Greeting.refused.packet(session: hello.session)], to: address)
      return witness(.refused)
    }
    let session = ServerSession(hello: hello.session, client: nextClient, at: now)
    nextClient = (nextClient + 1) & 0x7FFF
    clients.append(Client(address: address, session: session))
    peakClientCount = max(peakClientCount, clients.count)
    send([session.acceptance], to: address)
  }

  private func settle(_ outcome: ServerSession.Outcome, at index: Int) {
    send(outcome.packets, to: clients[index].address)
    if let ending = outcome.ending {
      witness(.ended(session: clients[index].session.number, ending))
      clients.remove(at: index)
      return
    }
    if outcome.hasOpened {
      witness(.opened(session: clients[index].session.number))
      let packets = machine.packets.map { clients[index].session.send(payload($0), at: now) }
      send(packets, to: clients[index].address)
    }
    if let commands = outcome.delivered.flatMap(RawCommand.all) {
      for command in commands {
        machine.obey(command)
        witness(.obeyed(command))
      }
      tell(machine.takeEchoes())
    }
  }

  /// Every change goes to every client, in one packet with the time of day.
  private func tell(_ echoes: [RawCommand]) {
    guard !echoes.isEmpty else { return }
    let time = RawCommand(name: "Time", body: ByteBuffer(bytes: [10, 11, 12, 13, 0, 1, 0, 0]))
    let payload = payload(echoes + [time])
    for index in clients.indices where clients[index].session.isOpen {
      send([clients[index].session.send(payload, at: now)], to: clients[index].address)
    }
  }

  private func tick() {
    guard !isDead else { return }
    for index in clients.indices.reversed() where clients[index].session.deadline <= now {
      settle(clients[index].session.tick(at: now), at: index)
    }
    while machine.isMoving, lastFrame + .milliseconds(20) <= now {
      lastFrame = max(lastFrame + .milliseconds(20), now - .milliseconds(40))
      machine.frame()
      tell(machine.takeEchoes())
    }
    if !machine.isMoving { lastFrame = now }
  }

  /// Real switchers leave garbage in the two reserved bytes of a command: another each time.
  private func payload(_ commands: [RawCommand]) -> ByteBuffer {
    var payload = ByteBuffer()
    for command in commands {
      let start = payload.writerIndex
      command.write(to: &payload)
      garbage = garbage &* 25173 &+ 13849
      payload.setInteger(garbage, at: start + 2)
    }
    return payload
  }
}

extension ServerSession {
  /// Whether a packet is of this session: by its number, or by the number of its hello.
  fileprivate func knows(_ packet: Packet) -> Bool {
    packet.session == number || (packet.session == hello && (!isOpen || packet.flags.contains(.hello)))
  }
}
