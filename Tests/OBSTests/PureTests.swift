import Switching
import Testing

@testable import OBS

@Suite("lanes")
struct LanesTests {
  private func order(_ id: Int, _ command: Command) -> Order {
    Order(id: .init(rawValue: id), command: command, reason: Reason("a test"))
  }

  @Test("one order at a time, the others in their order")
  func fifo() {
    var lanes = Lanes()
    #expect(lanes.enter(order(1, .cut), in: .buses, at: .zero) == .go)
    #expect(lanes.enter(order(2, .take), in: .buses, at: .zero) == .wait(instead: nil))
    #expect(lanes.enter(order(3, .cut), in: .buses, at: .zero) == .wait(instead: nil))
    #expect(lanes.leave(.buses)?.id.rawValue == 2)
    #expect(lanes.leave(.buses)?.id.rawValue == 3)
    #expect(lanes.leave(.buses) == nil)
    #expect(lanes.enter(order(4, .cut), in: .buses, at: .zero) == .go)
  }

  @Test("lanes do not wait for one another")
  func apart() {
    var lanes = Lanes()
    #expect(lanes.enter(order(1, .level(input: "A", .unity)), in: .level(input: "A"), at: .zero) == .go)
    #expect(lanes.enter(order(2, .level(input: "B", .unity)), in: .level(input: "B"), at: .zero) == .go)
    #expect(lanes.enter(order(3, .mute(input: "A", true)), in: .mute(input: "A"), at: .zero) == .go)
    #expect(lanes.enter(order(4, .cut), in: .buses, at: .zero) == .go)
  }

  @Test("of levels that wait only the newest is kept")
  func newest() {
    var lanes = Lanes()
    let lane = Lane.level(input: "A")
    #expect(lanes.enter(order(1, .level(input: "A", Decibels(1))), in: lane, at: .zero) == .go)
    #expect(lanes.enter(order(2, .level(input: "A", Decibels(2))), in: lane, at: .zero) == .wait(instead: nil))
    #expect(
      lanes.enter(order(3, .level(input: "A", Decibels(3))), in: lane, at: .zero) == .wait(instead: .init(rawValue: 2)))
    #expect(lanes.leave(lane)?.command == .level(input: "A", Decibels(3)))
  }

  @Test("a duration does not overtake the take before it")
  func durationAndTake() {
    var lanes = Lanes()
    let orders: [Command] = [
      .cut, .transitionDuration(milliseconds: 100), .take, .transitionDuration(milliseconds: 200),
      .transitionDuration(milliseconds: 300),
    ]
    for (id, command) in orders.enumerated() { _ = lanes.enter(order(id, command), in: .buses, at: .zero) }
    #expect(lanes.leave(.buses)?.command == orders[1])
    #expect(lanes.leave(.buses)?.command == orders[2])
    #expect(lanes.leave(.buses)?.command == orders[4])
    #expect(lanes.leave(.buses) == nil)
  }

  @Test("what has waited too long is taken out")
  func expiry() {
    var lanes = Lanes()
    #expect(lanes.oldest == nil)
    for id in 1...3 { _ = lanes.enter(order(id, .cut), in: .buses, at: .seconds(id)) }
    #expect(lanes.oldest == .seconds(2))
    #expect(lanes.expire(since: .seconds(2)) == [.init(rawValue: 2)])
    #expect(lanes.oldest == .seconds(3))
    #expect(lanes.leave(.buses)?.id.rawValue == 3)
    #expect(lanes.oldest == nil)
  }
}

@Suite("patience")
struct PatienceTests {
  @Test("the waits between attempts double up to 5 s, half of each by chance")
  func backoff() {
    var short = Backoff()
    var long = Backoff()
    #expect(
      (0..<7).map { _ in short.next(random: 0) } == [125, 250, 500, 1000, 2000, 2500, 2500].map(Duration.milliseconds))
    #expect(
      (0..<7).map { _ in long.next(random: 1) } == [250, 500, 1000, 2000, 4000, 5000, 5000].map(Duration.milliseconds))
    for _ in 0..<100_000 { _ = long.next(random: 1) }
    #expect(long.next(random: 1) == .seconds(5))
    long.reset()
    #expect(long.next(random: 1) == .milliseconds(250))
  }

  @Test("a silent connection is pinged once, then given up on")
  func keepalive() {
    var keepalive = Keepalive(at: .zero)
    #expect(keepalive.deadline == .milliseconds(1350))
    #expect(keepalive.check(at: .milliseconds(1349)) == .fine)
    #expect(keepalive.check(at: .milliseconds(1350)) == .ping)
    #expect(keepalive.check(at: .milliseconds(1400)) == .fine)
    #expect(keepalive.deadline == .milliseconds(2800))
    #expect(keepalive.check(at: .milliseconds(2800)) == .dead)
    keepalive.heard(at: .seconds(3))
    #expect(keepalive.check(at: .milliseconds(4349)) == .fine)
    #expect(keepalive.check(at: .milliseconds(4350)) == .ping)
  }

  @Test("a talker of nonsense gets a few lines in ten seconds, then their number")
  func remarks() {
    var limit = RemarkLimit()
    #expect((0..<100).compactMap { _ in limit.admit("x", at: .zero) }.count == 5)
    #expect(limit.admit("x", at: .seconds(9)) == nil)
    #expect(limit.admit("x", at: .seconds(10)) == "(96 more like the last ones) x")
  }

  @Test(
    "the close codes that forbid another attempt",
    arguments: [
      (1000, false), (1001, false), (1006, false), (4000, false), (4002, true), (4003, true), (4004, true),
      (4005, true),
      (4006, true), (4007, true), (4008, true), (4009, true), (4010, true), (4011, true), (4012, true),
    ] as [(UInt16, Bool)])
  func closeCodes(code: UInt16, isFinal: Bool) {
    #expect(CloseCode(rawValue: code).isFinal == isFinal)
    #expect(!CloseCode(rawValue: code).reason(text: "").isEmpty)
  }
}
