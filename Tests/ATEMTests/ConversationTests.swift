import ATEM
import ATEMEmulator
import NIOCore
import Switching
import Testing

@Suite("A conversation with a switcher", .needsRecordings)
struct ConversationTests {
  @Test(
    "a press that is refused because the switcher does not keep up leaves no trace",
    arguments: [.transitionPosition(0.5), .fadeToBlack(true), .show(.shot(layer: "Cameras", slot: 1))] as [Command])
  func refusedWhenFull(command: Command) throws {
    var conversation = try Self.open("mini-v8.1.1")
    let now = Duration.seconds(1)
    let shot = Shot(name: "Camera 2", content: .live("Camera 2"))
    let show = Show(name: "x", layers: [Layer(name: "Cameras", shots: [shot])])
    _ = conversation.perform(Self.order(.show(.open(show))), at: now)
    for _ in 0..<Outgoing.capacity { _ = conversation.perform(Self.order(.program(scene: "Camera 3")), at: now) }
    let (before, preview) = (conversation.state.tBar, conversation.stage?.preview)
    let refused = conversation.perform(Self.order(command), at: now)
    #expect(refused.packet == nil)
    #expect(refused.answer == .refused("the switcher does not keep up: too many commands are unanswered"))
    #expect(conversation.state.tBar == before)
    #expect(conversation.stage?.preview == preview)
    // Asked for again when it keeps up, it is sent.
    _ = conversation.receive(SessionTests.acknowledgement(UInt16(Outgoing.capacity)), at: now)
    let sent = conversation.perform(Self.order(command), at: now)
    #expect(sent.packet != nil)
  }

  private static func order(_ command: Command) -> Order {
    Order(id: Order.ID(rawValue: 1), command: command, reason: Reason("a test"))
  }

  /// With a recorded switcher that has told its whole state.
  static func open(_ recording: String) throws -> Conversation {
    var conversation = Conversation(session: 0x53AB, at: .zero)
    _ = conversation.receive(Greeting.accepted(client: 7).packet(session: 0x53AB), at: .zero)
    for (index, commands) in try Recordings.dump(recording).packets.enumerated() {
      var payload = ByteBuffer()
      for command in commands { command.write(to: &payload) }
      _ = conversation.receive(SessionTests.data(UInt16(index + 1), payload: payload), at: .zero)
    }
    return conversation
  }
}
