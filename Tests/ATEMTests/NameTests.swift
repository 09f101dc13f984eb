import ATEM
import NIOCore
import Switching
import Testing

@Suite("Names of sources")
struct NameTests {
  static func state(_ names: [(UInt16, String)]) -> ATEMState {
    var state = ATEMState()
    for (id, name) in names { _ = state.take(source(id, name)) }
    _ = state.take(InitialStateComplete().encoded(version: state.version))
    return state
  }

  static func source(_ id: UInt16, _ name: String) -> RawCommand {
    var source = Source()
    (source.id, source.longName, source.mixEffects, source.kind) = (id, name, 1, id < 1000 && id > 0 ? 0 : 1)
    return source.encoded(version: .minor30)
  }

  @Test(
    "are distinct, inputs first, the first of a name keeping it",
    arguments: [
      ([(0, "Black"), (2, "Two"), (1, "One")], ["One", "Two", "Black"]),
      ([(1, "Camera"), (2, "Camera"), (7, "Camera")], ["Camera", "Camera (2)", "Camera (7)"]),
      ([(1, "A"), (2, "A"), (3, "A (2)")], ["A", "A (2) (2)", "A (2)"]),
      ([(1, ""), (2, "")], ["Source 1", "Source 2"]),
      ([(0, "Camera"), (1, "Camera")], ["Camera", "Camera (0)"]),
    ] as [([(UInt16, String)], [String])])
  func distinct(names: [(UInt16, String)], scenes: [String]) {
    #expect(Self.state(names).switcherState.scenes == scenes)
  }

  @Test("a source that is renamed is told, with those whose names that changes, in an order that loses none")
  func renaming() {
    var state = Self.state([(1, "A"), (2, "A"), (3, "C")])
    var words = state.switcherState
    for (id, name) in [(1, "B"), (3, "A"), (3, "B"), (2, "")] as [(UInt16, String)] {
      for update in state.take(Self.source(id, name)) { words.apply(update) }
      #expect(words.scenes == state.switcherState.scenes)
    }
  }

  @Test("what is on air keeps its place when it is renamed")
  func renamingProgram() {
    var state = Self.state([(1, "A"), (2, "B")])
    var words = state.switcherState
    for command in [ProgramInput.Change(2).encoded(version: .minor30)] {
      for update in state.take(RawCommand(name: "PrgI", body: command.body)) { words.apply(update) }
    }
    #expect(words.program == "B")
    for update in state.take(Self.source(2, "Stage")) { words.apply(update) }
    #expect(words.program == "Stage")
    #expect(words.renamed["B"] == "Stage")
    #expect(words.scenes == ["A", "Stage"])
  }
}

@Suite("Levels on the wire")
struct LevelTests {
  @Test("every classic gain that a mixer can have comes back as itself")
  func classic() {
    #expect((0...0xFF65).allSatisfy { Decibels.classic(UInt16($0)).classic == UInt16($0) })
  }

  @Test("every Fairlight fader comes back as itself")
  func fairlight() {
    #expect((-10_000...1000).allSatisfy { Decibels.fairlight(Int32($0)).fairlight == Int32($0) })
  }

  @Test(
    "levels beyond the mixers' ends stay at the ends",
    arguments: [
      (Decibels.silence, 0, -10_000), (Decibels(-1000), 0, -10_000), (Decibels(6), 0xFF65, 600),
      (Decibels(1000), 0xFF65, 1000), (Decibels(.infinity), 0xFF65, 1000), (Decibels(.nan), 0, -10_000),
    ] as [(Decibels, UInt16, Int32)])
  func ends(level: Decibels, classic: UInt16, fairlight: Int32) {
    #expect(level.classic == classic)
    #expect(level.fairlight == fairlight)
  }
}
