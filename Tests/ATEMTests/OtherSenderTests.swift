import ATEM
import ATEMEmulator
import NIOCore
import NIOPosix
import SwitcherConformance
import Switching
import Testing

@Suite("Packets of other senders", .needsRecordings, .serialized)
struct OtherSenderTests {
  /// What would change the state, or end the session, if the switcher said it: with every id that could be the next.
  private static func packets(session: UInt16) -> [Packet] {
    (0..<100).map { SessionTests.data($0, session: session, payload: HostileTests.cut) }
      + [Greeting.goodbye, .refused].map { $0.packet(session: session) }
  }

  @Test(
    "do nothing, though all in them is right but the sender: another port, another address",
    arguments: ["127.0.0.1", "127.0.0.2"])
  func dropped(address: String) async throws {
    let studio = try await Studio("mini-v8.1.1")
    try await studio.start()
    let before = studio.state
    #expect(before.program != "Camera 3" && before.preview != "Camera 4")
    let session = try #require(await studio.emulator.sessions.first)
    let packets = Self.packets(session: session.number)
    let sender = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton).bind(host: address, port: 0)
      .get()
    #expect(sender.localAddress?.port != studio.port)
    for packet in packets {
      try await sender.writeAndFlush(AddressedEnvelope(remoteAddress: session.address, data: packet.encoded()))
    }
    try await sender.close()

    // What the switcher says after them arrives after them.
    await studio.emulator.obey(PreviewInput.Change(4).encoded(version: .minor30))
    try await studio.expect("the switcher's own word") { $0.preview == "Camera 4" }
    #expect(studio.state.program == before.program)
    #expect(studio.reports.count { if case .link = $0 { true } else { false } } == 2)

    // Said by the switcher itself, the same are believed.
    await studio.emulator.send(packets, to: session.address)
    try await studio.expect("the same, of the switcher") { $0.program == "Camera 3" }
    try await eventually("its goodbye") { studio.downReason != nil }
    try await studio.stop()
  }
}
