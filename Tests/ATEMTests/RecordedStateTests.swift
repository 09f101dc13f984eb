import ATEM
import ATEMEmulator
import Foundation
import Switching
import Testing

@Suite("The recorded states of nine switchers", .needsRecordings)
struct RecordedStateTests {
  @Test("every value is as an independent decoder reads it", arguments: Recordings.names)
  func agreesWithDecoder(name: String) throws {
    let theirs = try Reading(decoding: Recordings.file(name)).values
    let ours = Reading(try Recordings.dump(name).state).values
    #expect(theirs.count > 70)
    #expect(Set(ours.keys) == Set(theirs.keys))
    for (field, value) in theirs { #expect(ours[field] == value, "\(field)") }
    print("\(name): \(theirs.filter { ours[$0.key] == $0.value }.count) of \(theirs.count) values agree")
  }

  @Test(
    "product, scenes, mixer and what is on air come out in the words of all switchers",
    arguments: [
      ("1me-v8.1", "ATEM 1 M/E Production Switcher", "Camera 1", 16, 11),
      ("2me4k-v8.4", "ATEM 2 M/E Production Studio 4K", "Camera 1", 31, 24),
      ("4me4k-v7.5.2", "ATEM 4 M/E Broadcast Studio 4K", "Camera 1", 39, 26),
      ("constellation-v8.2.3", "ATEM Constellation 8K", "UE 4 TLO", 60, 78),
      ("mini-extreme-iso-v9.5", "ATEM Mini Extreme ISO", "Camera 1", 17, 11),
      ("mini-pro-iso-v8.4", "ATEM Mini Pro ISO", "Camera 1", 10, 6),
      ("mini-v8.1.1", "ATEM Mini", "Camera 1", 10, 9),
      ("ps4k-v7.2", "ATEM Production Studio 4K", "Proj SR", 16, 10),
      ("tvshd-v8.2.0", "ATEM Television Studio HD", "Input 1", 16, 10),
    ])
  func words(name: String, product: String, first: String, scenes: Int, inputs: Int) throws {
    let state = try Recordings.dump(name).state
    let words = state.switcherState
    #expect(state.isComplete)
    #expect(words.product == product)
    #expect(words.scenes.first == first)
    #expect(words.scenes.count == scenes)
    #expect(words.inputs.count == inputs)
    #expect(Set(words.scenes).count == scenes)
    #expect(Set(words.inputs.map(\.name)).count == inputs)
    #expect(words.scenes.contains(try #require(words.program)))
    #expect(words.transitionDuration != nil)
    #expect(words.masterLevel != nil)
    #expect(words.tally[try #require(words.program)]?.isOnProgram == true)
    #expect(words.tally[try #require(words.preview)]?.isOnPreview == true)
  }

  @Test("the tally of the inputs says nothing that the tally of all sources does not", arguments: Recordings.names)
  func inputTally(name: String) throws {
    let dump = try Recordings.dump(name)
    let state = dump.state
    let command = try #require(dump.commands.first { $0.name == InputTally.name })
    let inputs = try #require(InputTally(command.body, version: state.version)).flags
    #expect(inputs.count >= 4)
    let sources = (1...inputs.count).map { state.tally[SourceID($0)] ?? [] }
    #expect(inputs == sources)
  }

  @Test(
    "firmware between and after the recorded is read by the same layouts",
    arguments: [
      // 2.28 shortened the classic inputs, and left the downstream keys and the topology as in 2.27.
      ("mini-v8.1.1", ProtocolVersion(2, 32)), ("constellation-v8.2.3", ProtocolVersion(2, 32)),
      ("mini-extreme-iso-v9.5", ProtocolVersion(2, 32)), ("tvshd-v8.2.0", ProtocolVersion(2, 32)),
      ("4me4k-v7.5.2", ProtocolVersion(2, 28)),
    ])
  func relabelled(name: String, version: ProtocolVersion) throws {
    let recorded = try Recordings.dump(name)
    let layout = recorded.state.version
    var state = ATEMState()
    for var command in recorded.commands {
      if command.name == Version.name {
        var label = Version()
        label.version = version
        command = label.encoded(version: version)
      } else if command.name == ClassicAudioInput.name, let input = ClassicAudioInput(command.body, version: layout) {
        // The one body whose length differs between the two.
        command = input.encoded(version: version)
      }
      _ = state.take(command)
    }
    #expect(state.version == version)
    var (ours, theirs) = (Reading(state).values, Reading(recorded.state).values)
    (ours["version"], theirs["version"]) = (nil, nil)
    #expect(ours == theirs)
  }

  @Test("every command that is read is written back as it was, padding apart", arguments: Recordings.names)
  func roundTrip(name: String) throws {
    let dump = try Recordings.dump(name)
    let version = dump.state.version
    var count = 0
    for command in dump.commands {
      guard let type = stateMessages[command.name] else { continue }
      let decoded = type.init(command.body, version: version)
      let message = try #require(decoded, "\(command.name)")
      #expect(message.hasTheBytes(of: command.body, version: version), "\(command.name)")
      count += 1
    }
    #expect(count > 100)
  }
}
