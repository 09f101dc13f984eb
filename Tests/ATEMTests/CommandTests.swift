import ATEM
import ATEMEmulator
import NIOCore
import Switching
import Testing

@Suite("Commands to recorded switchers", .needsRecordings)
struct CommandTests {
  /// A switcher, what it is told, and the bytes that go out: name and body of each command.
  struct Row: Sendable, CustomTestStringConvertible {
    var switcher: String
    var command: Command
    var sends: [String]
    var testDescription: String { "\(switcher): \(command)" }

    init(_ switcher: String, _ command: Command, _ sends: String...) {
      (self.switcher, self.command, self.sends) = (switcher, command, sends)
    }
  }

  static let rows = [
    Row("mini-v8.1.1", .preview(scene: "Camera 3"), "CPvI 00000003"),
    Row("mini-v8.1.1", .program(scene: "Media Player 1"), "CPgI 00000bc2"),
    Row("mini-v8.1.1", .air(scene: "Camera 4"), "CPvI 00000004", "DAut 00000000"),
    Row("mini-v8.1.1", .cut, "DCut 00000000"),
    Row("mini-v8.1.1", .take, "DAut 00000000"),
    Row("mini-v8.1.1", .transition(name: "Dip"), "CTTp 01000100"),
    Row("mini-v8.1.1", .transition(name: "DVE"), "CTTp 01000300"),
    // 60 frames a second.
    Row("mini-v8.1.1", .transitionDuration(milliseconds: 500), "CTMx 001e0000"),
    // 25 frames a second.
    Row("ps4k-v7.2", .transitionDuration(milliseconds: 500), "CTMx 00190000"),
    Row("tvshd-v8.2.0", .transitionDuration(milliseconds: 500), "CTMx 000d0000"),
    Row("tvshd-v8.2.0", .transitionDuration(milliseconds: 1), "CTMx 00010000"),
    Row("tvshd-v8.2.0", .transitionDuration(milliseconds: 20_000), "CTMx 00fa0000"),
    Row("mini-v8.1.1", .transitionPosition(0.5), "CTPs 00001388"),
    Row("mini-v8.1.1", .fadeToBlack(true), "FtbA 00000000"),
    Row("mini-v8.1.1", .fadeToBlack(false)),
    Row("mini-v8.1.1", .key(.upstream(1), onAir: true), "CKOn 00000100"),
    Row("mini-v8.1.1", .key(.downstream(1), onAir: true), "CDsL 00010000"),
    Row("4me4k-v7.5.2", .key(.upstream(4), onAir: true), "CKOn 00030100"),
    Row("constellation-v8.2.3", .key(.downstream(4), onAir: false), "CDsL 03000000"),
    Row("mini-v8.1.1", .auxiliary(bus: 1, source: "Camera 2"), "CAuS 01000002"),
    Row("2me4k-v8.4", .auxiliary(bus: 6, source: "Program"), "CAuS 0105271a"),
    Row("tvshd-v8.2.0", .level(input: "Input 2", .unity), "CAMI 020000020000800000000000"),
    Row("tvshd-v8.2.0", .level(input: "Input 2", .silence), "CAMI 020000020000000000000000"),
    Row("tvshd-v8.2.0", .level(input: "XLR", Decibels(6)), "CAMI 020003e90000ff6500000000"),
    Row("tvshd-v8.2.0", .level(input: "XLR", Decibels(40)), "CAMI 020003e90000ff6500000000"),
    Row("tvshd-v8.2.0", .balance(input: "Microphone 1", -1), "CAMI 0400051500000000d8f00000"),
    Row("tvshd-v8.2.0", .mute(input: "Input 1", true), "CAMI 010000010000000000000000"),
    Row("tvshd-v8.2.0", .mute(input: "Input 1", false), "CAMI 010000010100000000000000"),
    Row("tvshd-v8.2.0", .masterLevel(Decibels(-20)), "CAMM 01000ccd00000000"),
    Row(
      "mini-v8.1.1", .level(input: "Camera 2 left", Decibels(-8.5)),
      "CFSP 0080000200000000ffffffffffffff00" + zeros(24) + "fffffcae" + "01000000"),
    Row(
      "mini-v8.1.1", .mute(input: "Camera 1", true),
      "CFSP 0100000100000000ffffffffffff0100" + zeros(28) + "01000000"),
    Row(
      "mini-v8.1.1", .balance(input: "Microphone 1", 0.5),
      "CFSP 0040051500000000ffffffffffff0100" + zeros(20) + "13880000" + zeros(4) + "01000000"),
    Row("mini-v8.1.1", .masterLevel(.silence), "CFMP 08" + zeros(11) + "ffffd8f0" + zeros(4)),
    Row("mini-extreme-iso-v9.5", .output(.stream, running: true), "StrR 01000000"),
    Row("mini-extreme-iso-v9.5", .output(.record, running: true), "RcTM 01000000"),
    Row("mini-extreme-iso-v9.5", .output(.record, running: false), "RcTM 00000000"),
    Row("1me-v8.1", .media(input: "Media Player 1", .play), "SCPS 0100010000000000"),
    Row("1me-v8.1", .media(input: "Media Player 1", .pause), "SCPS 0100000000000000"),
    Row("1me-v8.1", .media(input: "Media Player 2", .restart), "SCPS 0501010001000000"),
    Row("1me-v8.1", .media(input: "Media Player 2", .stop), "SCPS 0501000001000000"),
    Row("mini-v8.1.1", .still(player: 1, slot: 20), "MPSS 0300011300000000"),
    Row("1me-v8.1", .clip(player: 2, slot: 2), "MPSS 0501020001000000"),
    Row("ps4k-v7.2", .runMacro(name: "MP1 ALL TV"), "MAct 00010000"),
    Row("constellation-v8.2.3", .runMacro(name: "START"), "MAct 00000000"),
    Row("ps4k-v7.2", .stopMacro, "MAct ffff0100"),
  ]

  @Test("go out as these bytes", arguments: rows)
  func bytes(row: Row) throws {
    var state = try Recordings.dump(row.switcher).state
    let sends = try state.messages(for: row.command, at: .zero).map { message in
      let command = message.encoded(version: state.version)
      return "\(command.name) " + command.body.readableBytesView.map(hexadecimal).joined()
    }
    #expect(sends == row.sends)
  }

  @Test(
    "that cannot be are refused in words",
    arguments: [
      ("mini-v8.1.1", .preview(scene: "Camera 9"), "no source \"Camera 9\""),
      ("mini-v8.1.1", .program(scene: "Camera 1 Direct"), "no source"),
      ("mini-v8.1.1", .transition(name: "Sting"), "Mix, Dip, Wipe"),
      ("mini-v8.1.1", .key(.upstream(2), onAir: true), "no key 2"),
      ("mini-v8.1.1", .key(.downstream(0), onAir: true), "no downstream key 0"),
      ("mini-v8.1.1", .auxiliary(bus: 2, source: "Camera 1"), "1 auxiliary buses, no bus 2"),
      ("mini-v8.1.1", .auxiliary(bus: -1, source: "Camera 1"), "no bus -1"),
      ("mini-v8.1.1", .auxiliary(bus: 1, source: "Camera"), "no source"),
      ("mini-v8.1.1", .level(input: "Desk", .unity), "no input"),
      ("mini-v8.1.1", .output(.record, running: true), "no record output"),
      ("mini-v8.1.1", .media(input: "Media Player 1", .play), "a still"),
      ("mini-v8.1.1", .media(input: "Camera 1", .play), "no media player"),
      ("mini-v8.1.1", .media(input: "Media Player 1", .next), "playlist"),
      ("mini-v8.1.1", .still(player: 2, slot: 1), "1 media players, no player 2"),
      ("mini-v8.1.1", .still(player: 1, slot: 21), "20 stills, no still 21"),
      ("mini-v8.1.1", .still(player: 1, slot: 0), "no still 0"),
      ("mini-v8.1.1", .clip(player: 1, slot: 1), "0 clips, no clip 1"),
      ("1me-v8.1", .clip(player: 1, slot: 3), "2 clips, no clip 3"),
      ("1me-v8.1", .clip(player: 1, slot: 0), "2 clips, no clip 0"),
      ("1me-v8.1", .clip(player: 3, slot: 1), "2 media players, no player 3"),
      ("mini-v8.1.1", .runMacro(name: "none"), "no macro"),
      ("mini-v8.1.1", .previewBus(enabled: true), "preview bus"),
      ("mini-v8.1.1", .recordPause(true), "pause"),
      ("mini-v8.1.1", .saveReplay, "replay"),
      ("mini-v8.1.1", .output(.virtualCamera, running: true), "virtual camera"),
      ("mini-v8.1.1", .item(scene: "a", name: "b", visible: true), "keys"),
      ("mini-v8.1.1", .filter(source: "a", name: "b", enabled: true), "filters"),
      ("mini-v8.1.1", .hotkey(name: "a"), "macro"),
      ("mini-v8.1.1", .request(type: "a", json: "{}"), "requests"),
    ] as [(String, Command, String)])
  func refusals(switcher: String, command: Command, words: String) throws {
    var state = try Recordings.dump(switcher).state
    let refusal = #expect(throws: Refusal.self) { try state.messages(for: command, at: .zero) }
    let said = try #require(refusal).words
    #expect(said.contains(words), "\(said)")
  }

  @Test("a balance that is no number is refused")
  func noNumber() throws {
    var state = try Recordings.dump("mini-v8.1.1").state
    let isRefused = (try? state.messages(for: .balance(input: "Camera 1", .nan), at: .zero)) == nil
    #expect(isRefused)
  }

  @Test("unmuting brings back how a source was mixed: with its picture where it followed that", .needsRecordings)
  func muteRemembers() throws {
    var state = try Recordings.dump("ps4k-v7.2").state
    let name = state.audioNames[AudioSourceID(input: 1)]
    func option(_ muted: Bool) throws -> MixOption.Classic? {
      try state.messages(for: .mute(input: name, muted), at: .zero).lazy
        .compactMap { $0 as? ClassicAudioInput.Change }.first?.option
    }
    for usual in [MixOption.Classic.audioFollowsVideo, .on] {
      state.hear(1, usual)
      #expect(try option(true) == .off)
      state.hear(1, .off)
      #expect(state.switcherState.input(named: name)?.isMuted == true)
      #expect(try option(false) == usual)
    }
  }

  @Test("what was muted before the connection was lost comes back as it was")
  func muteRemembersAcrossSessions() throws {
    var first = try Recordings.dump("ps4k-v7.2").state
    first.hear(1, .audioFollowsVideo)
    first.hear(1, .off)
    var second = ATEMState(lastOptions: first.lastOptions)
    for command in try Recordings.dump("ps4k-v7.2").commands { _ = second.take(command) }
    let messages = try second.messages(
      for: .mute(input: second.audioNames[AudioSourceID(input: 1)], false), at: .zero)
    #expect((messages.first as? ClassicAudioInput.Change)?.option == .audioFollowsVideo)
  }
}

extension ATEMState {
  /// The switcher says how an input is mixed.
  fileprivate mutating func hear(_ input: UInt16, _ option: MixOption.Classic) {
    var message = ClassicAudioInput()
    (message.input, message.option) = (input, option)
    _ = take(message.encoded(version: version))
  }
}

private func hexadecimal(_ byte: UInt8) -> Substring { String(UInt16(byte) + 0x100, radix: 16).dropFirst() }

private func zeros(_ bytes: Int) -> String { String(repeating: "00", count: bytes) }
