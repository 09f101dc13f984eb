import Direction
import MIDI
import Mappings
import Rehearsal
import Switching
import Testing

@Suite("The telling")
struct NarratorTests {
  /// What people read of a rehearsed session.
  private func told(_ mapping: Mapping, isDry: Bool = false, _ play: (TestSession) -> Void) throws -> [String] {
    let desk = try TestSession(mapping, isDry: isDry) { RehearsalSwitcher(loop: $0) }
    play(desk)
    desk.loop.run(for: .seconds(5))
    var narrator = Narrator(surface: try Shipped.surface())
    return (desk.records.flatMap { narrator.tell($0) } + narrator.rest()).filter { $0.kind == .told }.map(\.text)
  }

  @Test("is one line a press, with the reason and the time it took")
  func press() throws {
    let lines = try told(Shipped.mapping("scenes")) { desk in
      desk.controlChange(46, 127)
      desk.controlChange(46, 0)
    }
    #expect(lines == [#"cycle pressed → take   (preview "Camera 2" → program)   0.0 ms, confirmed 0.0 ms"#])
  }

  @Test("of a slider is one line when it rests")
  func slider() throws {
    let lines = try told(Shipped.mapping("scenes")) { desk in
      for position in stride(from: 127, through: 64, by: -1) { desk.controlChange(1, UInt7(clamping: position)) }
    }
    #expect(lines == [#"slider-2 at 64 → audio "Microphone 1" volume -18.5dB"#])
  }

  @Test("of a slider that waits says which way it has to go, and how far")
  func waits() throws {
    let lines = try told(Shipped.mapping("scenes")) { desk in
      desk.controlChange(1, 10)
      desk.loop.run(for: .seconds(1))
      for position: UInt7 in [127, 64] { desk.controlChange(1, position) }
      desk.session.disconnect("test")
      desk.session.connect(desk.port)
      desk.loop.run(for: .seconds(10))
      desk.controlChange(1, 100)
    }
    #expect(
      lines == [
        "slider-2 at 10 → audio 2 volume   waits: move it up to 127",
        #"slider-2 at 64 → audio "Microphone 1" volume -18.5dB"#,
        "slider-2 at 100 → audio 2 volume   waits: move it down to 64",
      ])
  }

  @Test("of a dry run says what would be sent")
  func dry() throws {
    let lines = try told(Shipped.mapping("scenes"), isDry: true) { $0.controlChange(46, 127) }
    #expect(
      lines == [#"cycle pressed → take   (preview "Camera 2" → program)   take   would be sent (dry run)   0.0 ms"#])
  }

  @Test("of a press without a binding says so")
  func unbound() throws {
    #expect(
      try told(Shipped.mapping(lines: "cycle: take")) { $0.controlChange(32, 127) } == ["solo-1 pressed → nothing"])
  }

  @Test("of a late confirmation comes twice")
  func late() throws {
    var narrator = Narrator(surface: try Shipped.surface())
    var desk = try TestDesk(Shipped.mapping("scenes"))
    desk.hold("play", .seconds(1))
    let order = try #require(desk.orders.first)
    let records: [Record] =
      desk.entries.filter { if case .meaning(_, _, _, .ordered) = $0 { true } else { false } }.map {
        Record(at: .zero, entry: $0)
      } + [
        Record(at: .seconds(1), entry: .order(order, dry: false)),
        Record(at: .seconds(2), entry: .unconfirmed(order.id)),
        Record(at: .seconds(3), entry: .confirmed(order.id)),
      ]
    #expect(
      records.flatMap { narrator.tell($0) }.map(\.text) == [
        "play pressed → stream toggle   (stream starts)   0.0 ms, not confirmed yet",
        "play pressed → stream toggle   (stream starts)   confirmed after all, 2000 ms",
      ])
  }

  @Test("of a press that was taken by a switcher that is gone before it shows it says that it was not confirmed")
  func lost() throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    desk.press("mute-1")
    let order = try #require(desk.orders.first)
    desk.takeLast()
    desk.report(.link(.down(reason: "killed")))
    var narrator = Narrator(surface: try Shipped.surface())
    var records = desk.entries.map { Record(at: .zero, entry: $0) }
    let decided = try #require(
      records.firstIndex { if case .event(_, _, _, _, .ordered) = $0.entry { true } else { false } })
    records.insert(Record(at: .zero, entry: .order(order, dry: false)), at: decided + 1)
    let told = records.flatMap { narrator.tell($0) }.map(\.text)
    #expect(
      told.suffix(2) == [
        #"mute-1 pressed → audio 1 mute toggle   ("Desk" muted)   0.0 ms, not confirmed yet"#,
        "no switcher: killed; trying again",
      ])
  }
}
