import Foundation
import LiveSupport
import Switching
import Testing

@testable import OBS

extension OBSLiveTests {
  /// Beside the switcher that is looked at, a second one without a proxy sees when OBS does what.
  @Suite("a network that fails")
  struct Network {
    /// Runs `body` with a switcher behind a proxy, and a witness that sees OBS as it is.
    private func run(
      _ weather: Proxy.Weather = .fair, _ body: (Proxy, _ desk: Desk, _ witness: Desk) async throws -> Void
    ) async throws {
      try await OBSLiveTests.fresh { obs, _ in
        try await Proxy.run(to: obs, weather) { proxy, seen in
          try await Desk.run(obs) { witness in
            try await Desk.run(seen) { desk in
              desk.clear()
              witness.clear()
              try await body(proxy, desk, witness)
            }
          }
        }
      }
    }

    @Test("half open: the light is down within 3 seconds, and a press made in the silence never fires")
    func silence() async throws {
      try await run { proxy, desk, witness in
        await proxy.set(.silence)
        let start = ContinuousClock.now
        let press = desk.send(.program(scene: "Cam 2"))
        try await desk.wait("the loss") { $0.isDown }
        let down = desk.time(of: \.isDown).map { $0 - start } ?? .zero
        #expect(down < .seconds(3))
        #expect(desk.refusal(of: press)?.contains("it may have been done") == true)
        try await desk.expectRefusal(of: .program(scene: "Stills"), saying: "no link")
        // The kernel sends what was not acknowledged again, after 0.2, 0.6, 1.4, 3.0 and 6.2 s.
        try await pass(.seconds(2.9), since: start)
        await proxy.set(.fair)
        try await desk.wait("the link", seconds: 10) { $0.link == .up }
        try await pass(.seconds(3.6), since: start)
        #expect(witness.read(\.reports) == [])
        #expect(desk.state.program == "Cam 1")
        print("half open: known after \(down)")
        #expect(try await desk.order(.program(scene: "Cam 2")) == .taken)
        try await witness.wait("Cam 2") { $0.state.program == "Cam 2" }
      }
    }

    @Test("half open without a press: the light is down within 3 seconds, and up again with nothing sent")
    func silenceAtRest() async throws {
      try await run { proxy, desk, witness in
        await proxy.set(.silence)
        let start = ContinuousClock.now
        try await desk.wait("the loss") { $0.isDown }
        let down = desk.time(of: \.isDown).map { $0 - start } ?? .zero
        #expect(down < .seconds(3))
        await proxy.set(.fair)
        try await desk.wait("the link", seconds: 10) { $0.link == .up }
        print("half open, at rest: known after \(down), up again after \(.now - start)")
        #expect(witness.read(\.reports) == [])
        #expect(desk.state.program == "Cam 1")
      }
    }

    @Test("deaf: what was pressed is done at once and once, and said to be perhaps done; then the light is right")
    func deafness() async throws {
      try await run { proxy, desk, witness in
        await proxy.set(Proxy.Weather(loss: [.fromOBS: 1]))
        let start = ContinuousClock.now
        let press = desk.send(.program(scene: "Cam 2"))
        try await witness.wait("Cam 2", seconds: 1) { $0.state.program == "Cam 2" }
        try await desk.wait("the loss") { $0.isDown }
        let down = desk.time(of: \.isDown).map { $0 - start } ?? .zero
        #expect(down < .seconds(3))
        print("deaf: known after \(down)")
        #expect(desk.refusal(of: press)?.contains("it may have been done") == true)
        #expect(desk.state.program == "Cam 1")  // as far as it was told
        await proxy.set(.fair)
        try await desk.wait("the link", seconds: 10) { $0.link == .up }
        #expect(desk.state.program == "Cam 2")
        #expect(witness.programs.map(\.scene) == ["Cam 2"])
      }
    }

    @Test(
      "a stall: a press made in it is done within a second of it, or never",
      arguments: [0.1, 0.5, 0.8, 1.1, 2])
    func stall(seconds: Double) async throws {
      try await run { proxy, desk, witness in
        await proxy.set(.silence)
        let start = ContinuousClock.now
        let press = desk.send(.program(scene: "Cam 2"))
        try await pass(.seconds(seconds), since: start)
        await proxy.set(.fair)
        try await desk.wait("an answer") { $0.answers[press] != nil }
        try await desk.wait("the link") { $0.link == .up }
        try await pass(.seconds(seconds * 1.5 + 0.5), since: start)  // the kernel's next attempt is over too
        let times = witness.programs.map { $0.time - start }
        #expect(times.count == (desk.read(\.answers)[press] == .taken ? 1 : 0))
        #expect(times.allSatisfy { $0 < .seconds(1.1) })
        print("stalled for \(seconds) s: \(desk.read(\.answers)[press], default: "-"), done after \(times)")
      }
    }

    @Test("half a second of delay each way: sent once, and the light follows what OBS says")
    func delay() async throws {
      try await run { proxy, desk, witness in
        await proxy.set(Proxy.Weather(delay: .milliseconds(500)))
        let start = ContinuousClock.now
        let press = desk.send(.program(scene: "Cam 2"))
        // It waits for the one before, which is not answered within a second.
        let second = desk.send(.program(scene: "Stills"))
        try await witness.wait("Cam 2") { $0.state.program == "Cam 2" }
        #expect(desk.state.program == "Cam 1")  // not confirmed yet
        try await desk.wait("the light") { $0.state.program == "Cam 2" }
        let light = ContinuousClock.now - start
        #expect(light > .seconds(1))
        try await desk.wait("the answers") { $0.answers[press] != nil && $0.answers[second] != nil }
        #expect(desk.read(\.answers)[press] == .taken)
        #expect(desk.refusal(of: second)?.hasPrefix("too late") == true)
        try await pass(.seconds(4), since: start)  // quiet for as long as a ping takes
        #expect(desk.read(\.link) == .up)
        #expect(witness.programs.map(\.scene) == ["Cam 2"])
        print("0.5 s each way: done after \(witness.programs.map { $0.time - start }), light after \(light)")
        await proxy.set(.fair)
      }
    }

    @Test("a third of the packets lost: every order is done once and within a second, or refused")
    func loss() async throws {
      try await run { proxy, desk, witness in
        await proxy.set(Proxy.Weather(loss: [.toOBS: 0.33, .fromOBS: 0.33]))
        try await expectPromptness("a third lost", desk, witness, orders: 25, every: .milliseconds(150))
        await proxy.set(.fair)
        try await desk.wait("the link", seconds: 10) { $0.link == .up }
        let level = witness.state.input(named: "Tone")?.level
        // What was told last may have to be sent again.
        try await desk.wait("the level to be right") { $0.state.input(named: "Tone")?.level == level }
      }
    }

    @Test("two kilobytes a second to OBS: every order is done once and within a second, or refused or superseded")
    func slowness() async throws {
      try await run(Proxy.Weather(rate: 2000)) { _, desk, witness in
        try await expectPromptness("2 kB/s", desk, witness, orders: 40, every: .milliseconds(50))
        #expect(desk.read(\.link) == .up)
        let start = ContinuousClock.now
        #expect(try await desk.order(.program(scene: "Cam 2")) == .taken)
        try await witness.wait("Cam 2") { $0.state.program == "Cam 2" }
        #expect(ContinuousClock.now - start < .seconds(1))
        #expect(witness.programs.map(\.scene) == ["Cam 2"])
      }
    }

    /// Gives orders that can be told apart, and looks when each was done.
    private func expectPromptness(
      _ what: String, _ desk: Desk, _ witness: Desk, orders: Int, every wait: Duration
    ) async throws {
      var given: [(id: Order.ID, level: Decibels, time: ContinuousClock.Instant)] = []
      for number in 1...orders {
        let (time, level) = (ContinuousClock.now, Decibels(Double(-number)))
        given.append((desk.send(.level(input: "Tone", level)), level, time))
        try await pass(wait, since: time)
      }
      try await desk.wait("the answers", seconds: 10) { log in given.allSatisfy { log.answers[$0.id] != nil } }
      let (answers, seen) = (desk.read(\.answers), witness.levels)
      var latest = Duration.zero
      for order in given {
        let done = seen.filter { $0.level.isClose(to: order.level) }
        #expect(answers[order.id] == .taken ? done.count == 1 : done.count <= 1, "\(order): \(done)")
        for done in done { latest = max(latest, done.time - order.time) }
      }
      #expect(seen.count == given.count { order in seen.contains { $0.level.isClose(to: order.level) } })
      #expect(latest < .seconds(1.2))
      let taken = given.count { answers[$0.id] == .taken }
      let superseded = given.count { answers[$0.id] == .superseded }
      print(
        "\(what): \(orders) orders, \(taken) taken, \(superseded) superseded, \(seen.count) done, at most after \(latest)"
      )
    }

    @Test("refused again and again: no more attempts than the back-off says")
    func storm() async throws {
      let obs = try LiveOBS.required()
      try await Proxy.run(to: obs, Proxy.Weather(refuses: true)) { proxy, seen in
        let start = ContinuousClock.now
        let desk = Desk(seen)
        defer { desk.stop() }
        try await pass(.seconds(Self.storm), since: start)
        let attempts = await proxy.connections
        #expect((2...Self.mostAttempts).contains(attempts))
        #expect(attempts == desk.read(\.reports).count { $0 == .link(.connecting) })
        print("refused for \(Self.storm) s: \(attempts) attempts, at most \(Self.mostAttempts)")
        await proxy.set(.fair)
        try await desk.wait("the link", seconds: 8) { $0.link == .up }
      }
    }

    @Test("cut again and again just when the link is up: no more attempts than the back-off says")
    func flapping() async throws {
      let obs = try LiveOBS.required()
      // OBS has told all of its state with the last byte.
      let needed = try await Proxy.run(to: obs) { proxy, seen in
        try await Desk.run(seen) { _ in await proxy.passed[.fromOBS] ?? 0 }
      }
      try await Proxy.run(to: obs, Proxy.Weather(cut: (.fromOBS, needed), isCutAgain: true)) { proxy, seen in
        let start = ContinuousClock.now
        let desk = Desk(seen)
        defer { desk.stop() }
        try await pass(.seconds(Self.storm), since: start)
        let (attempts, ups) = (await proxy.connections, desk.read(\.reports).count { $0 == .link(.up) })
        print("cut when up for \(Self.storm) s: \(attempts) attempts, \(ups) times up")
        #expect(ups >= 2)
        #expect((2...Self.mostAttempts).contains(attempts))
      }
    }

    /// How many seconds of refusals: more where that was said.
    private static let storm =
      ProcessInfo.processInfo.environment["VIDEO_DIRECTOR_OBS_STORM"].flatMap { Double($0) } ?? 4

    private static var mostAttempts: Int {
      // Half of 0.25, 0.5, 1, 2, 4, 5, 5 … s is the least.
      let waits = [0.125, 0.25, 0.5, 1, 2] + Array(repeating: 2.5, count: 100)
      var (attempts, time) = (1, waits[0])
      while time <= storm { (attempts, time) = (attempts + 1, time + waits[attempts]) }
      return attempts
    }

    @Test("cut after each byte of the handshake, both ways: told in words, and up at the next attempt")
    func cuts() async throws {
      let obs = try LiveOBS.required()
      // OBS is told three things: the HTTP request, Identify, and then what is to be read.
      let lengths = try await Proxy.run(to: obs) { proxy, seen in
        try await Desk.run(seen) { _ in try await proxy.passed(before: 2) }
      }
      let start = ContinuousClock.now
      let cuts = lengths.flatMap { way, length in (0...length).map { (way, $0) } }
      let reasons = try await withThrowingTaskGroup(of: String.self) { group in
        var (reasons, next) = ([String: Int](), cuts.makeIterator())
        func add() {
          if let (way, length) = next.next() { group.addTask { try await Self.cut(obs, way, after: length) } }
        }
        for _ in 0..<24 { add() }
        while let reason = try await group.next() {
          reasons[reason, default: 0] += 1
          add()
        }
        return reasons
      }
      #expect(reasons.values.reduce(0, +) == cuts.count)
      let known = ["was cut before OBS had answered", "closed the connection without a word", "was lost"]
      #expect(reasons.keys.allSatisfy { reason in known.contains { reason.contains($0) } })
      print("\(lengths), \(cuts.count) cuts in \(ContinuousClock.now - start): \(reasons)")
    }

    /// The reason that is told for a cut, after which the link comes up.
    private static func cut(_ obs: LiveOBS, _ way: Proxy.Way, after length: Int) async throws -> String {
      try await Proxy.run(to: obs, Proxy.Weather(cut: (way, length))) { proxy, seen in
        let desk = Desk(seen)
        defer { desk.stop() }
        try await desk.wait("the loss after \(length) bytes \(way)", seconds: 20) { !$0.downs.isEmpty }
        let reason = try #require(desk.read(\.downs).first)
        try await desk.wait("the link after \(length) bytes \(way): \(reason)", seconds: 20) { $0.link == .up }
        return reason.replacing(/Trying again in .*/, with: "").replacing(/:\d+/, with: "")
      }
    }
  }
}

/// Waits for a time to be over.
private func pass(_ time: Duration, since start: ContinuousClock.Instant) async throws {
  try await Task.sleep(until: start + time)
}
