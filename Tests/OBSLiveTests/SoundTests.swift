import Direction
import Foundation
import LiveSupport
import SwitcherConformance
import Switching
import Testing

@testable import OBS

extension OBSLiveTests {
  @Suite("sound")
  struct Sound {
    @Test("a level is set, told, and read back", arguments: [-100, -60.5, -12.3, 0, 26])
    func level(decibels: Double) async throws {
      try await fresh { obs, observer in
        try await Desk.run(obs) { desk in
          #expect(try await desk.order(.level(input: "Tone", Decibels(decibels))) == .taken)
          let heard = try #require(try await observer.level("Tone"))
          #expect(abs(heard - decibels) < 0.01)
          let expected = decibels == -100 ? Decibels.silence : Decibels(decibels)
          try await desk.wait("the level") { $0.state.input(named: "Tone")?.level.isClose(to: expected) ?? false }
        }
      }
    }

    @Test("silence is -100 dB in OBS, and silence again here")
    func silence() async throws {
      try await fresh { obs, observer in
        try await Desk.run(obs) { desk in
          #expect(try await desk.order(.level(input: "Tone", .silence)) == .taken)
          #expect(try await observer.level("Tone") == -100)
          try await desk.wait("silence") { $0.state.input(named: "Tone")?.level == .silence }
        }
      }
    }

    @Test("mute, from here and from elsewhere")
    func mute() async throws {
      try await fresh { obs, observer in
        try await Desk.run(obs) { desk in
          #expect(try await desk.order(.mute(input: "Tone", true)) == .taken)
          #expect(try await observer.isMuted("Tone") == true)
          try await desk.wait("the mute") { $0.state.input(named: "Tone")?.isMuted == true }
          try await observer.ask("SetInputMute", ["inputName": "Tone", "inputMuted": false])
          try await desk.wait("no mute") { $0.state.input(named: "Tone")?.isMuted == false }
        }
      }
    }

    @Test("balance")
    func balance() async throws {
      try await fresh { obs, observer in
        try await Desk.run(obs) { desk in
          for (balance, expected) in [(-1.0, 0.0), (0.5, 0.75), (0, 0.5)] {
            #expect(try await desk.order(.balance(input: "Tone", balance)) == .taken)
            let heard = try await observer.ask("GetInputAudioBalance", ["inputName": "Tone"])["inputAudioBalance"]
            #expect(heard as? Double == expected)
          }
        }
      }
    }

    @Test("a balance that another hand has set does not jump when a knob is touched")
    func balancePickup() async throws {
      try await fresh { obs, observer in
        func balance() async throws -> Double {
          let fields = try await observer.ask("GetInputAudioBalance", ["inputName": "Tone"])
          return try #require(fields["inputAudioBalance"] as? Double)
        }
        func set(_ balance: Double) async throws {
          try await observer.ask("SetInputAudioBalance", ["inputName": "Tone", "inputAudioBalance": balance])
        }
        try await set(0.25)
        try await Panel.run(obs, "knob-1: audio Tone balance") { panel in
          #expect(panel.state.input(named: "Tone")?.balance == -0.5)
          try panel.move("knob-1", 100)
          try await Task.sleep(for: .milliseconds(300))  // nothing is to happen
          #expect(try await balance() == 0.25)
          try await panel.sweep("knob-1", from: 100, to: 20, by: 1)
          try await poll("the knob at 20") { abs(try await balance() - 20 / 127) < 0.001 }
          try await set(0.75)
          try await poll("the other hand") { panel.state.input(named: "Tone")?.balance == 0.5 }
          try panel.move("knob-1", 24)
          try await Task.sleep(for: .milliseconds(300))  // nothing is to happen
          #expect(try await balance() == 0.75)
        }
      }
    }

    @Test("an input without sound is refused in OBS's words")
    func noSound() async throws {
      try await fresh { obs, _ in
        try await Desk.run(obs) { desk in
          try await desk.expectRefusal(of: .level(input: "Red", .unity), saying: "does not support audio")
          try await desk.expectRefusal(of: .mute(input: "Nobody", true), saying: "Nobody")
        }
      }
    }

    @Test("128 positions of a fader are those of the fader in the library of the installed OBS, within 0.01 dB")
    func installedLaw() throws {
      let levels = try InstalledFader.levels()
      try #require(levels.count == 128 && OBSFader.levels.count == 128)
      var worst = 0.0
      for (position, level) in levels.enumerated() {
        let ours = FaderLaw.logarithmic.level(at: Double(position) / 127).value
        #expect((ours == -.infinity) == (level == -.infinity), "position \(position)")
        guard level.isFinite else { continue }
        worst = max(worst, abs(ours - level))
        #expect(abs(ours - level) < 0.01 && abs(OBSFader.levels[position] - level) < 0.01, "position \(position)")
      }
      print("fader law: 128 positions, at most \(worst) dB from libobs")
    }

    @Test("128 positions of a fader read back as OBS's own law has them, within 0.1 dB")
    func law() async throws {
      try await fresh { obs, observer in
        try await Panel.run(obs, "slider-1: { do: audio Tone volume, takeover: jump }") { panel in
          var worst = 0.0
          let levels = try InstalledFader.levels()
          for position in Array(0...127) {
            try panel.move("slider-1", position)
            let expected = max(levels[position], -100)
            var heard = 0.0
            try await poll("position \(position)") {
              heard = try await observer.level("Tone") ?? 0
              return abs(heard - expected) <= 0.1
            }
            worst = max(worst, abs(heard - expected))
          }
          print("fader law: 128 positions, at most \(worst) dB from OBS's own")
        }
      }
    }

    @Test("a fader that stands elsewhere after a page was turned moves no level by a jump")
    func pageTurned() async throws {
      try await fresh { obs, observer in
        let pages = "pages:\n  other:\n    bindings:\n      slider-1: { do: t-bar, takeover: jump }\n"
        try await Panel.run(obs, "slider-1: audio Tone volume", "track-right: page next", pages: pages) { panel in
          try panel.move("slider-1", 127)
          try await panel.sweep("slider-1", from: 127, to: 90)
          var before = 0.0
          try await poll("position 90") {
            before = try await observer.level("Tone") ?? 0
            return abs(before - OBSFader.levels[90]) < 0.1
          }
          try panel.press("track-right")
          try await panel.sweep("slider-1", from: 90, to: 20)
          try panel.press("track-right")
          _ = panel.news()
          try await panel.sweep("slider-1", from: 20, to: 80)
          try await Task.sleep(for: .milliseconds(300))  // nothing is to happen
          #expect(try await observer.level("Tone") == before)
          try await panel.sweep("slider-1", from: 80, to: 110, by: 1)
          try await poll("position 110") { abs((try await observer.level("Tone") ?? 0) - OBSFader.levels[110]) < 0.1 }
          var levels: [Decibels] = []
          for case .update(.level(input: "Tone", let level), _) in panel.news() { levels.append(level) }
          let places = [before] + levels.map(\.value)
          let steps = zip(places, places.dropFirst()).map {
            abs(FaderLaw.logarithmic.deflection(of: Decibels($1)) - FaderLaw.logarithmic.deflection(of: Decibels($0)))
              * 127
          }
          print("page turned: \(levels.count) levels, the largest step \(steps.max() ?? 0) of 127")
          // Of steps that came while one was under way only the newest was sent.
          #expect((steps.max() ?? 0) <= 3.01 && !steps.isEmpty)
        }
      }
    }

    @Test("a master over several inputs keeps their offsets through silence, and what another hand sets meanwhile")
    func master() async throws {
      try await fresh { obs, observer in
        var levels = ["Tone": -12.0, "Tone 1": 0, "Tone 2": -6.5, "Tone 3": -33.3]
        try await observer.withTones(Array(levels.keys.filter { $0 != "Tone" })) {
          for (tone, level) in levels {
            try await observer.ask("SetInputVolume", ["inputName": tone, "inputVolumeDb": level])
          }
          try await Panel.run(obs, "slider-8: audio master volume") { panel in
            #expect(Set(panel.state.inputs.map(\.name)) == Set(levels.keys))
            try panel.move("slider-8", 127)
            for (start, end) in [(127, 64), (64, 0), (0, 127), (127, 100)] {
              try await panel.bring(observer, levels, from: start, to: end)
            }
            // Another hand: what it sets with the master at 100 is an offset of its own; the others keep theirs.
            try await observer.ask("SetInputVolume", ["inputName": "Tone 2", "inputVolumeDb": -20])
            levels["Tone 2"] = -20 - OBSFader.levels[100]
            try await poll("the other hand") {
              panel.state.input(named: "Tone 2")?.level.isClose(to: Decibels(-20)) ?? false
            }
            // And once more in silence.
            for (start, end) in [(100, 127), (127, 30), (30, 0)] {
              try await panel.bring(observer, levels, from: start, to: end)
            }
            try await observer.ask("SetInputVolume", ["inputName": "Tone 1", "inputVolumeDb": -9])
            levels["Tone 1"] = -9
            try await poll("the other hand") {
              panel.state.input(named: "Tone 1")?.level.isClose(to: Decibels(-9)) ?? false
            }
            for (start, end) in [(0, 80), (80, 127), (127, 100), (100, 127)] {
              try await panel.bring(observer, levels, from: start, to: end)
            }
          }
        }
      }
    }

    @Test("1000 levels for 8 inputs at once: each ends on its last; a button among them is not kept waiting")
    func storm() async throws {
      try await fresh { obs, observer in
        let tones = (1...8).map { "Tone \($0)" }
        try await observer.withTones(tones) {
          try await Desk.run(obs) { desk in
            #expect(desk.state.inputs.map(\.name) == ["Tone"] + tones)
            // What OBS itself takes for a cut, on the machine as it is now.
            let alone = try await ContinuousClock().measure { _ = try await desk.order(.program(scene: "Cam 3")) }
            desk.clear()
            var last: [String: Double] = [:]
            var orders: [Order.ID] = []
            var button: Order.ID?
            let start = ContinuousClock.now
            var press = start
            for number in 0..<1000 {
              let tone = tones[number % 8]
              last[tone] = Double(number % 97) - 80 + Double(number / 97) * 0.1
              orders.append(desk.send(.level(input: tone, Decibels(last[tone] ?? 0))))
              if number % 20 == 19 { try await Task.sleep(for: .milliseconds(1)) }  // the pace: 1000 in 50 ms
              if number == 500 {
                press = .now
                button = desk.send(.program(scene: "Cam 2"))
              }
            }
            let pressed = try #require(button)
            try await desk.wait("the button") { $0.answers[pressed] == .taken }
            let answer = desk.read { log in zip(log.reports, log.times).first { $0.0 == .answer(pressed, .taken) }?.1 }
            let waited = try #require(answer) - press
            try await desk.wait("every answer") { log in orders.allSatisfy { log.answers[$0] != nil } }
            print(
              "storm: button answered after \(waited), alone \(alone), everything after \(ContinuousClock.now - start), sent",
              desk.read { log in orders.count { log.answers[$0] == .taken } }, "of 1000")
            #expect(waited < alone + .milliseconds(100))
            #expect(
              desk.read { log in orders.allSatisfy { log.answers[$0] == .taken || log.answers[$0] == .superseded } })
            for tone in tones {
              let heard = try #require(try await observer.level(tone))
              #expect(abs(heard - (last[tone] ?? 0)) < 0.01, "\(tone)")
            }
            try await desk.wait("the levels here") { log in
              tones.allSatisfy { log.state.input(named: $0)?.level.isClose(to: Decibels(last[$0] ?? 0)) ?? false }
            }
            try await poll("Cam 2 to be on air") { try await observer.onAir() == ["Green"] }
          }
        }
      }
    }
  }
}

extension Observer {
  /// With more inputs that sound, for the time of `body`.
  fileprivate func withTones(_ tones: [String], _ body: () async throws -> Void) async throws {
    for tone in tones {
      try await ask("CreateInput", ["sceneName": "Grouped", "inputName": tone, "inputKind": "ffmpeg_source"])
    }
    try await body()
    for tone in tones { try await ask("RemoveInput", ["inputName": tone]) }
    // OBS goes on listing removed inputs until the scene they were in has been drawn.
    try await ask("SetCurrentProgramScene", ["sceneName": "Grouped"])
    try await poll("the inputs to be gone") {
      let inputs = try await ask("GetInputList")["inputs"] as? [[String: Any]] ?? []
      return !inputs.contains { tones.contains($0["inputName"] as? String ?? "") }
    }
  }
}

extension Panel {
  /// Brings the master to a position, and waits for what that makes of levels that belong to its top.
  fileprivate func bring(
    _ observer: Observer, _ levels: [String: Double], from start: Int, to end: Int
  ) async throws {
    try await sweep("slider-8", from: start, to: end, by: 1, each: .milliseconds(1))
    for (tone, level) in levels {
      try await poll("\(tone) with the master at \(end)") {
        let heard = try await observer.level(tone) ?? 0
        return abs(heard - min(max(level + OBSFader.levels[end], -100), max(level, 0))) < 0.02
      }
    }
  }
}
