import ATEM
import Foundation
import Testing

@Suite("Delivery over bad networks")
struct DeliveryTests {
  /// How many random schedules: `ATEM_SCHEDULES=1000000 swift test --filter DeliveryTests` runs a million.
  static let schedules = ProcessInfo.processInfo.environment["ATEM_SCHEDULES"].flatMap { Int($0) } ?? 100_000
  /// As many at a time as there are cores.
  static let shards = ProcessInfo.processInfo.activeProcessorCount

  @Test("every command arrives exactly once and in order, or the session is declared lost", arguments: 0..<shards)
  func randomSchedules(shard: Int) {
    var (count, lost, delivered, wrapped) = (0, 0, 0, 0)
    for seed in stride(from: shard, to: Self.schedules, by: Self.shards) {
      let link = Self.schedule(UInt64(seed))
      if !Self.isInOrder(link) { Issue.record("schedule \(seed)") }
      count += 1
      if link.ended != nil { lost += 1 }
      if link.wrapped == [.client, .server] { wrapped += 1 }
      delivered += link.heardByServer.count + link.heardByClient.count
    }
    print("\(count) schedules: \(delivered) commands and echoes, \(lost) sessions lost, \(wrapped) wrapped both ways")
    // Weather bad enough that all of it happens.
    #expect(lost > 0)
    #expect(delivered > count)
    #expect(wrapped > count / 20)
  }

  /// A session whose ids are about to begin again from 0, both ways.
  static let aged: SimulatedLink = {
    var link = SimulatedLink(weather: Weather(), seed: 0)
    link.run(until: .milliseconds(300))
    for _ in 0..<0x7FFC {
      _ = link.press()
      link.echo()
      link.run(until: link.now + .milliseconds(1))
    }
    link.settle(by: link.now + .seconds(1))
    return link
  }()

  /// One evening of a few presses in some weather, all of it drawn from the seed.
  static func schedule(_ seed: UInt64) -> SimulatedLink {
    var chance = Chance(seed: ~seed)
    let weather = Weather(
      loss: chance.unit() * chance.unit(), jitter: .milliseconds(100) * chance.unit(),
      duplication: chance.unit() * 0.3)
    // Half of them are about to wrap; of the others, half open while it is calm, half in that weather.
    let isAged = seed / 2 % 2 == 0
    var link =
      isAged ? aged.renewed(seed: seed) : SimulatedLink(weather: seed % 8 < 4 ? weather : Weather(), seed: seed)
    if !isAged { link.run(until: .milliseconds(300)) }
    link.weather = weather
    for _ in 0..<Int.random(in: 1...8, using: &chance) {
      _ = link.press()
      if chance.happens(0.5) { link.echo() }
      link.run(until: link.now + .milliseconds(60) * chance.unit())
    }
    link.settle(by: link.now + .seconds(600))
    return link
  }

  static func isInOrder(_ link: SimulatedLink) -> Bool {
    let heard = link.heardByServer
    let echoed = link.heardByClient
    guard heard.elementsEqual(0..<UInt32(heard.count)), echoed.elementsEqual(0..<UInt32(echoed.count)) else {
      return false
    }
    // What counts as taken has arrived, and nothing long after it was asked for.
    guard link.acknowledged <= heard.count, link.longestWay <= longestWay else { return false }
    return link.ended != nil
      || (heard.count == link.sentByClient && link.acknowledged == heard.count && echoed.count == link.sentByServer)
  }

  /// Sent for the last time when it is as old as it may get, and at most 0.1 s under way.
  static let longestWay = ClientSession.lifetime + .milliseconds(110)

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
    #expect(link.longestWay <= Self.longestWay)
    print(
      "\(link.sentByClient) commands and \(link.sentByServer) echoes, \(link.retransmissions) packets sent again, at most \(link.longestWay)"
    )
  }
}
