import Direction
import MIDI
import Mappings
import Switching
import Testing

@Suite("The master over several inputs, through the desk")
struct MasterTests {
  /// What a switcher makes of a level: it rounds, and goes no lower than -100 dB.
  private static func shown(_ level: Decibels) -> Decibels {
    level.value > -100 ? Decibels((level.value * 10_000).rounded() / 10_000) : .silence
  }

  @Test("drifts by nothing over 10,000 moves, answered late and out of step; an input's own slider sets it anew")
  func drift() throws {
    let levels = ["Desk": -3.3, "Music": -17.77, "Guest": -48.123]
    var state = SwitcherState.test
    state.inputs = levels.keys.sorted().map { AudioInput(name: $0, level: Decibels(levels[$0] ?? 0)) }
    var desk = try TestDesk(
      Shipped.mapping(
        lines: "slider-8: audio master volume", "slider-1: { do: audio Guest volume, takeover: jump }"), state: state)
    var random = FuzzRandom(seed: 7)
    var answered = 0
    func answer(_ count: Int) {
      for order in Array(desk.orders[answered...].prefix(count)) {
        answered += 1
        desk.report(.answer(order.id, .taken))
        guard case .level(let input, let level) = order.command else { continue }
        desk.report(.update(.level(input: input, Self.shown(level))))
      }
    }
    /// Until nothing is under way, and what waited is done too.
    func settle() { while answered < desk.orders.count { answer(.max) } }

    desk.change("slider-8", 127)
    for _ in 0..<10_000 {
      desk.change("slider-8", UInt7(clamping: Int.random(in: 0...127, using: &random)))
      answer(Int.random(in: 0...3, using: &random))
      desk.wait(.milliseconds(Int.random(in: 0...30, using: &random)))
    }
    settle()
    desk.change("slider-8", 0)
    settle()
    #expect(desk.director.situation.state.inputs.allSatisfy { $0.level == .silence })
    desk.change("slider-8", 127)
    settle()
    for (name, level) in levels {
      let now = try #require(desk.director.situation.state.input(named: name)?.level.value)
      #expect(abs(now - level) < 0.001, "\(name) is at \(now), not at \(level)")
    }
    #expect(desk.orders.count > 1_000)
    // And each order is seen to be done: none is asked for that a switcher cannot show.
    #expect(!desk.entries.contains { if case .unconfirmed = $0 { true } else { false } })

    // Its own slider sets one anew; the others keep theirs.
    desk.change("slider-1", 127)
    settle()
    desk.change("slider-8", 0)
    settle()
    desk.change("slider-8", 127)
    settle()
    #expect(desk.director.situation.state.input(named: "Guest")?.level == .unity)
    #expect(abs((desk.director.situation.state.input(named: "Music")?.level.value ?? 0) + 17.77) < 0.001)
  }
}

@Suite("The master of a switcher that has one, through the desk")
struct OwnMasterTests {
  private func desk() throws -> TestDesk {
    var state = SwitcherState.test
    state.masterLevel = Decibels(-20)
    return try TestDesk(Shipped.mapping(lines: "slider-8: audio master volume"), state: state)
  }

  @Test("is taken over where it stands, and moved; the inputs stay as they are")
  func pickup() throws {
    var desk = try desk()
    desk.change("slider-8", 20)
    #expect(desk.orders.isEmpty)
    #expect(desk.verdict == .takesOver(at: 61))
    for position: UInt7 in [62, 90] {
      desk.change("slider-8", position)
      desk.takeLast()
    }
    let levels = desk.orders.map { order -> Double in
      guard case .masterLevel(let level) = order.command else { return .nan }
      return level.value
    }
    #expect(levels.map { ($0 * 10).rounded() / 10 } == [-19.6, -7.7])
  }

  @Test("moved elsewhere it has to be taken over again; a level that is known to nobody is taken at once")
  func elsewhere() throws {
    var desk = try desk()
    desk.change("slider-8", 127)
    desk.takeLast()
    desk.report(.update(.masterLevel(.unity)))
    desk.report(.update(.masterLevel(Decibels(-40))))
    desk.change("slider-8", 120)
    #expect(desk.orders.count == 1)
    #expect(desk.verdict == .takesOver(at: 36))
    desk.change("slider-8", 0)
    #expect(desk.orders.map(\.command) == [.masterLevel(.unity), .masterLevel(.silence)])
  }
}
