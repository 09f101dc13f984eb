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
