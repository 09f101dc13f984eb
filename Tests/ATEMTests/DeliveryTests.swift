import ATEM
import Foundation
import Testing

@Suite("Delivery over bad networks")
struct DeliveryTests {
  /// How many random schedules: `ATEM_SCHEDULES=1000000 swift test --filter DeliveryTests` runs a million.
  static let schedules = ProcessInfo.processInfo.environment["ATEM_SCHEDULES"].flatMap { Int($0) } ?? 20_000

  @Test("every command arrives exactly once and in order, or the session is declared lost")
  func randomSchedules() {
    var lost = 0
    var delivered = 0
    for seed in 0..<Self.schedules {
      let link = Self.schedule(UInt64(seed))
      #expect(Self.isInOrder(link), "schedule \(seed)")
      if link.ended != nil { lost += 1 }
      delivered += link.heardByServer.count
    }
    print("\(Self.schedules) schedules: \(delivered) commands delivered, \(lost) sessions declared lost")
    // Weather bad enough that both happen.
    #expect(lost > 0)
    #expect(delivered > Self.schedules)
  }

  /// One evening of a few presses in some weather, all of it drawn from the seed.
  static func schedule(_ seed: UInt64) -> SimulatedLink {
    var chance = Chance(seed: ~seed)
    let weather = Weather(
      loss: chance.unit() * chance.unit(), jitter: .milliseconds(100) * chance.unit(),
      duplication: chance.unit() * 0.3)
    // Half of them open while it is calm, half in that weather.
    var link = SimulatedLink(weather: seed.isMultiple(of: 2) ? weather : Weather(), seed: seed)
    link.run(until: .milliseconds(300))
    link.weather = weather
    for _ in 0..<Int.random(in: 1...8, using: &chance) {
      _ = link.press()
      if chance.happens(0.3) { link.echo() }
      link.run(until: link.now + .milliseconds(60) * chance.unit())
    }
    link.settle(by: link.now + .seconds(30))
    return link
  }

  static func isInOrder(_ link: SimulatedLink) -> Bool {
    let heard = link.heardByServer
    let echoed = link.heardByClient
    guard heard.elementsEqual(0..<UInt32(heard.count)), echoed.elementsEqual(0..<UInt32(echoed.count)) else {
      return false
    }
    // What counts as taken has arrived, and nothing long after it was asked for.
    guard link.acknowledged <= heard.count, link.longestWay <= ClientSession.lifetime + .milliseconds(110) else {
      return false
    }
    return link.ended != nil || (heard.count == link.sentByClient && link.acknowledged == heard.count)
  }

  @Test(
    "an hour of pressing at 10 % loss and 50 ms of jitter: nothing lost, nothing doubled, all in order, past the wrap")
  func anHour() {
    var link = SimulatedLink(weather: Weather(loss: 0.1, jitter: .milliseconds(50), duplication: 0.02), seed: 1)
    var chance = Chance(seed: 2)
    link.run(until: .seconds(3))
    while link.now < .seconds(3600) {
      let isSent = link.press()
      #expect(isSent)
      if chance.happens(0.9) { link.echo() }
      link.run(until: link.now + .milliseconds(180) * chance.unit())
    }
    link.run(until: link.now + .seconds(2))
    #expect(link.ended == nil)
    #expect(link.sentByClient > 0x8000)
    #expect(link.heardByServer.elementsEqual(0..<link.sentByClient))
    #expect(link.heardByClient.elementsEqual(0..<link.sentByServer))
    #expect(link.acknowledged == Int(link.sentByClient))
    print("\(link.sentByClient) commands and \(link.sentByServer) echoes, \(link.retransmissions) packets sent again")
  }
}
