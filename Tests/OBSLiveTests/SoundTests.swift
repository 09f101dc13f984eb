import Foundation
import LiveSupport
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

    @Test("an input without sound is refused in OBS's words")
    func noSound() async throws {
      try await fresh { obs, _ in
        try await Desk.run(obs) { desk in
          try await desk.expectRefusal(of: .level(input: "Red", .unity), saying: "does not support audio")
          try await desk.expectRefusal(of: .mute(input: "Nobody", true), saying: "Nobody")
        }
      }
    }

    @Test("1000 levels for 8 inputs at once: each ends on its last; a button among them is not kept waiting")
    func storm() async throws {
      try await fresh { obs, observer in
        let tones = (1...8).map { "Tone \($0)" }
        for tone in tones {
          try await observer.ask(
            "CreateInput", ["sceneName": "Grouped", "inputName": tone, "inputKind": "ffmpeg_source"])
        }
        try await Desk.run(obs) { desk in
          #expect(desk.state.inputs.map(\.name) == ["Tone"] + tones)
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
            "storm: button answered after \(waited), everything after \(ContinuousClock.now - start), sent",
            desk.read { log in orders.count { log.answers[$0] == .taken } }, "of 1000")
          #expect(waited < .milliseconds(100))
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
        for tone in tones { try await observer.ask("RemoveInput", ["inputName": tone]) }
        // OBS goes on listing removed inputs until the scene they were in has been drawn.
        try await observer.ask("SetCurrentProgramScene", ["sceneName": "Grouped"])
        try await poll("the inputs to be gone") {
          let inputs = try await observer.ask("GetInputList")["inputs"] as? [[String: Any]] ?? []
          return !inputs.contains { tones.contains($0["inputName"] as? String ?? "") }
        }
      }
    }
  }
}
