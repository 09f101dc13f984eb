import Foundation
import LiveSupport
import Switching
import Testing

@testable import OBS

extension OBSLiveTests {
  @Suite("an OBS that goes away")
  struct Loss {
    @Test("killed and started again: the light is down at once, then all is read and nothing done")
    func kill() async throws {
      let rig = try await Rig()
      try await Desk.run(rig.obs) { desk in
        #expect(try await desk.order(.program(scene: "Cam 2")) == .taken)
        try await desk.wait("the program") { $0.state.program == "Cam 2" }
        desk.clear()
        try await rig.kill()
        try await desk.wait("the loss", seconds: 3) { $0.isDown }
        // A press now is refused, and never comes later.
        try await desk.expectRefusal(of: .program(scene: "Stills"), saying: "no link")
        try await rig.start()
        try await desk.wait("the link", seconds: 10) { $0.link == .up }
        #expect(try LiveOBS.requests(inLog: rig.log, from: 0).allSatisfy { $0.hasPrefix("Get") })
        // It was killed, so it has forgotten the cut; the bridge does not repeat it.
        #expect(desk.state.program == "Cam 1")
        let last = desk.read(\.reports).suffix(3)
        #expect(last.first == .link(.connecting))
        #expect(last.last == .link(.up))
        try await Observer.run(rig.obs) { observer in
          try await Task.sleep(for: .milliseconds(300))  // what was to come late would have come
          #expect(try await observer.onAir() == ["Red"])
        }
        #expect(try await desk.order(.program(scene: "Stills")) == .taken)
      }
    }

    @Test(
      "killed again and again, at any moment of an order: each time known, refused, read anew, and nothing repeated")
    func kills() async throws {
      let count = Rig.kills ?? 5
      let rig = try await Rig()
      var (losses, returns): ([Duration], [Duration]) = ([], [])
      var attempts: [Int] = []
      var files: [Int] = []
      try await Desk.run(rig.obs) { desk in
        for number in 0..<count {
          try await desk.wait("what OBS has saved") { $0.state.program == "Cam 1" }
          try await Task.sleep(for: Backoff.proof)  // a link that has lasted
          desk.clear()
          // The kill comes before the order has left, on its way, or after its answer.
          desk.send(.program(scene: "Cam 2"))
          let moment = ContinuousClock.now + .milliseconds(number % 20 * 2)
          try await poll("the moment") { ContinuousClock.now >= moment }
          let killed = ContinuousClock.now
          try await rig.kill()
          try await desk.wait("the loss", seconds: 3) { $0.isDown }
          losses.append(.now - killed)
          try await desk.expectRefusal(of: .program(scene: "Stills"), saying: "no link")
          let away = ContinuousClock.now
          try await rig.start()
          let started = ContinuousClock.now
          try await desk.wait("the link", seconds: 10) { $0.link == .up }
          returns.append(.now - started)
          let connecting = desk.read(\.reports).count { $0 == .link(.connecting) }
          attempts.append(connecting)
          // At first after an eighth of a second, then less and less often: no storm.
          #expect(Double(connecting) < 4 + (started - away) / .seconds(1) * 2, "\(connecting) in \(started - away)")
          #expect(desk.read(\.reports).filter { $0 == .link(.up) }.count == 1)
          files.append(try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count)
        }
        #expect(desk.state.program == "Cam 1")
        #expect(try await desk.order(.program(scene: "Stills")) == .taken)
      }
      let (early, late) = (files.prefix(5).max() ?? 0, files.suffix(5).max() ?? 0)
      #expect(late <= early + 3, "files open: \(files)")
      print(
        "\(count) kills: lost after \(losses.max() ?? .zero) at most, back \(returns.max() ?? .zero) after OBS at most, "
          + "\(attempts.max() ?? 0) attempts at most, files \(early) and \(late)")
    }

    @Test("frozen: the light is down within 3 seconds, and orders on their way are answered")
    func freeze() async throws {
      let rig = try await Rig()
      try await Desk.run(rig.obs) { desk in
        try await Task.sleep(for: .milliseconds(200))
        rig.signal(SIGSTOP)
        let start = ContinuousClock.now
        let id = desk.send(.level(input: "Tone", Decibels(-20)))
        try await desk.wait("the loss") { $0.isDown }
        #expect(ContinuousClock.now - start < .seconds(3))
        guard case .refused = desk.read({ $0.answers[id] }) else { return #expect(Bool(false), "not answered") }
        rig.signal(SIGCONT)
        try await desk.wait("the link", seconds: 10) { $0.link == .up }
      }
    }

    @Test(
      "frozen with presses: what is pressed in the second second is not sent; then the lights are what OBS made of it")
    func freezeWithPresses() async throws {
      let rig = try await Rig()
      try await Desk.run(rig.obs) { desk in
        rig.signal(SIGSTOP)
        let start = ContinuousClock.now
        let first = desk.send(.program(scene: "Cam 2"))
        try await Task.sleep(until: start + .seconds(1.1))
        let second = desk.send(.mute(input: "Tone", true))
        try await desk.wait("the answer") { $0.answers[second] != nil }
        #expect(desk.refusal(of: second)?.contains("not sent") == true)
        try await desk.wait("the loss") { $0.isDown }
        #expect(desk.refusal(of: first)?.contains("it may have been done") == true)
        rig.signal(SIGCONT)
        try await desk.wait("the link", seconds: 10) { $0.link == .up }
        try await Observer.run(rig.obs) { observer in
          try await Task.sleep(for: .milliseconds(500))  // what OBS had taken in before, it may do now
          let scene = try await observer.ask("GetCurrentProgramScene")["currentProgramSceneName"] as? String
          try await desk.wait("the light to be right") { $0.state.program == scene }
          #expect(try await observer.isMuted("Tone") == false)
          print("frozen, pressed and thawed: \(scene ?? "-") on air")
        }
      }
    }

    @Test("slow, for it stands still half of the time: each order is done within a second, and the link stays up")
    func slow() async throws {
      let rig = try await Rig()
      try await Desk.run(rig.obs) { desk in
        var longest = Duration.zero
        for turn in 0..<10 {
          rig.signal(SIGSTOP)
          let start = ContinuousClock.now
          let scene = ["Cam 2", "Stills"][turn % 2]
          let id = desk.send(.program(scene: scene))
          try await Task.sleep(for: .milliseconds(400))
          rig.signal(SIGCONT)
          try await desk.wait("the scene") { $0.state.program == scene && $0.answers[id] == .taken }
          longest = max(longest, .now - start)
          // Its sound is late by now, and its cuts end as late; until then it refuses the scene that it comes from.
          try await desk.wait("the end of the cut") { !$0.state.isInTransition }
          try await Task.sleep(until: start + .milliseconds(800))
        }
        print("slow: done after \(longest) at most")
        #expect(longest < .seconds(1))
        #expect(desk.read(\.downs).isEmpty)
      }
    }

    @Test(
      "quit (SIGINT): the light is down at once, in words that tell a quit from a crash; after the start all is read")
    func quit() async throws {
      let rig = try await Rig()
      try await Desk.run(rig.obs) { desk in
        let start = ContinuousClock.now
        let end = try await rig.quit()
        try await desk.wait("the loss", seconds: 3) { $0.isDown }
        let reason = try #require(desk.read(\.downs).first)
        #expect(reason.hasPrefix(end == .orderly ? "OBS quit" : "OBS closed the connection without a word"))
        print("quit (\(end)): down after \(desk.time(of: \.isDown).map { $0 - start } ?? .zero)")
        try await desk.expectRefusal(of: .program(scene: "Stills"), saying: "no link")
        try await rig.start()
        try await desk.wait("the link", seconds: 10) { $0.link == .up }
        #expect(desk.state.program == "Cam 1")
      }
    }

    @Test("kicked (4011): one clear line with what to do, and no attempt to come back")
    func kicked() async throws {
      let rig = try await Rig()
      try await Desk.run(rig.obs) { desk in
        desk.clear()
        try await rig.kick { desk.read(\.link) != .up }
        let start = ContinuousClock.now
        guard case .down(let reason, true) = desk.read(\.link) else { return #expect(Bool(false), "not the end") }
        #expect(reason.contains("pressed Kick") && reason.contains("Start again"))
        try await desk.expectRefusal(of: .program(scene: "Stills"), saying: "no link")
        try await Task.sleep(until: start + .seconds(3))  // a back-off would have tried more than once
        #expect(desk.read(\.reports).count { $0 == .link(.connecting) } == 0)
        // Who was not kicked may come.
        try await Desk.run(rig.obs) { other in #expect(other.state.program == "Cam 1") }
      }
    }

    @Test("out of files: the link that is up works on; a new one is told why, and is up when there are files again")
    func outOfFiles() async throws {
      let rig = try await Rig()
      try await Desk.run(rig.obs) { desk in
        try rig.setFiles(areShort: true)
        let start = ContinuousClock.now
        let other = Desk(rig.obs)
        defer { other.stop() }
        try await other.wait("the failure") { $0.isDown }
        guard case .down(let reason, false) = other.read(\.link) else { return #expect(Bool(false), "no reason") }
        #expect(reason.contains("too many files open"))
        print("out of files: told after \(other.time(of: \.isDown).map { $0 - start } ?? .zero)")
        #expect(desk.read(\.link) == .up)
        try rig.setFiles(areShort: false)
        try await other.wait("the link", seconds: 10) { $0.link == .up }
        #expect(try await desk.order(.program(scene: "Cam 2")) == .taken)
        try await other.wait("Cam 2") { $0.state.program == "Cam 2" }
      }
    }
  }
}
