import ATEM
import Testing

@Suite("Pauses between sessions")
struct BackoffTests {
  @Test("a switcher that is away gets at most four hellos in any five seconds, whatever the chance", arguments: 0..<200)
  func hellos(seed: UInt64) {
    var chance = Chance(seed: seed)
    var backoff = Backoff()
    var now = Duration.zero
    var hellos: [Duration] = []
    for _ in 0..<30 {
      hellos += [now, now + ClientSession.helloInterval]
      now += ClientSession.helloPatience + backoff.next(after: .noAnswer, jitter: chance.unit())
    }
    for first in hellos {
      #expect(hellos.filter { $0 >= first && $0 < first + .seconds(5) }.count <= 4)
    }
  }

  @Test("pauses double up to four seconds, and begin anew after a session that lasted")
  func doubling() {
    var backoff = Backoff()
    let pauses = (0..<5).map { _ in backoff.next(after: .silent, jitter: 0.5) }
    #expect(pauses == [.milliseconds(500), .seconds(1), .seconds(2), .seconds(4), .seconds(4)])
    backoff.reset()
    let anew = backoff.next(after: .silent, jitter: 0.5)
    #expect(anew == .milliseconds(500))
  }

  @Test("chance moves a pause by a quarter either way", arguments: [(0.0, 375), (1.0, 625)])
  func jitter(chance: Double, milliseconds: Int) {
    var backoff = Backoff()
    let pause = backoff.next(after: .silent, jitter: chance)
    #expect(pause == .milliseconds(milliseconds))
  }

  @Test("a full switcher is left alone for five seconds at least", arguments: [0.0, 0.5, 1.0])
  func full(chance: Double) {
    var backoff = Backoff()
    let pause = backoff.next(after: .full, jitter: chance)
    #expect(pause >= .seconds(5))
  }
}
