import ATEM
import ATEMEmulator
import Direction
import Foundation
import Loops
import MIDI
import Mappings
import NIOCore
import NIOPosix
import ShowFiles
import Surfaces
import Switching
import Synchronization
import Testing

@testable import VideoDirector

/// The shipped controller's hands and lights on an emulated ATEM, with the product's own session between them.
private final class FeelDesk: SurfacePort {
  let name = "test"
  let emulator: Emulator
  static let folder =
    #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/Mappings/korg-nanokontrol2"
  private let session: Session
  private let loop: NIOLoop
  private let surface: Surface
  private let lit = Mutex<Set<UInt7>>([])
  private let heard = Sink()
  private let obeyed = Obeyed()

  private final class Obeyed: Sendable {
    let commands = Mutex<[RawCommand]>([])
  }

  /// - Parameters:
  ///   - mapping: its lines below the head.
  ///   - show: the folder of a show that buttons open.
  init(_ recording: String, _ mapping: String, show: String? = nil) async throws {
    let folder = Self.folder
    // Without the handshake: there is no device to take the lights of.
    let text = try MappingFile.text("\(folder)/surface.yaml").split(separator: "\n")
      .filter { !$0.hasPrefix("handshake:") }.joined(separator: "\n")
    surface = try SurfaceFile.parse(text, file: "surface.yaml")
    loop = NIOLoop(MultiThreadedEventLoopGroup.singleton.next())
    let obeyed = self.obeyed
    emulator = Emulator(try Recordings.dump(recording), loop: loop.eventLoop) { event in
      if case .obeyed(let command) = event { obeyed.commands.withLock { $0.append(command) } }
    }
    let port = try await emulator.start()
    let table = try MappingFile.parse(
      "version: 1\nsurface: korg-nanokontrol2\n" + mapping, file: "test.yaml", surface: surface)
    let heard = self.heard
    session = Session(
      director: Director(surface: surface, mapping: table),
      switchers: [ATEMSwitcher(address: ATEMAddress(host: "127.0.0.1", port: port), eventLoop: loop.eventLoop)],
      loop: loop, library: ShowShelf(directory: show, mapping: table)
    ) { entries, _ in heard.add(entries) }
    session.start()
    session.connect(self)
    try await eventually("up") { heard.isUp }
  }

  func send(_ event: MIDIEvent) {
    guard case .controlChange(let change) = event else { return }
    lit.withLock { lit in
      if change.value > 0 { lit.insert(change.controller) } else { lit.remove(change.controller) }
    }
  }

  /// What the switcher has been told of this kind, in order.
  func told<Told: Message>(_ type: Told.Type) -> [Told] {
    obeyed.commands.withLock { $0 }.compactMap { Told(deed: $0) }
  }

  /// What the switcher has said; to look at it costs it nothing.
  var state: SwitcherState { heard.state }

  /// The controls whose lights are lit.
  var lights: Set<String> {
    let numbers = lit.withLock { $0 }
    return Set(surface.controls.filter { $0.hasLight && numbers.contains($0.controller) }.map(\.name))
  }

  func change(_ name: String, _ value: UInt7) throws {
    let control = surface[try #require(surface.control(named: name))]
    session.receive(
      .controlChange(ControlChange(controller: control.controller, value: value)), read: loop.now)
  }

  /// Moves through these positions before anything can be answered.
  func sweep(_ name: String, _ values: [UInt7]) async throws {
    let controller = surface[try #require(surface.control(named: name))].controller
    try await loop.eventLoop.submit {
      for value in values {
        self.session.receive(.controlChange(ControlChange(controller: controller, value: value)), read: self.loop.now)
      }
    }.get()
  }

  func press(_ name: String) throws {
    try change(name, 127)
    try change(name, 0)
  }

  func stop() async throws {
    await withCheckedContinuation { done in session.stop { done.resume() } }
    try await emulator.stop()
  }
}

/// What the session has heard of the switcher.
private final class Sink: Sendable {
  private let heard = Mutex((link: Link.idle, state: SwitcherState()))
  var isUp: Bool { heard.withLock { $0.link.isUp } }
  var state: SwitcherState { heard.withLock { $0.state } }

  func add(_ entries: [Entry]) {
    heard.withLock { heard in
      for entry in entries {
        switch entry {
        case .link(let link, _): heard.link = link
        case .update(let update, _): heard.state.apply(update)
        default: continue
        }
      }
    }
  }
}

@Suite("The feel of the controls on an emulated ATEM", .needsRecordings, .serialized)
struct FeelTests {
  @Test(
    "a fader is even in decibels, silent at the bottom and at 0 dB at the top",
    arguments: [("mini-v8.1.1", "Camera 1"), ("ps4k-v7.2", "XLR")],
    [(127, 0.0), (96, -14.6), (64, -29.8), (32, -44.9), (1, -59.5), (0, -.infinity)] as [(UInt7, Double)])
  func faders(mixer: (recording: String, input: String), step: (position: UInt7, level: Double)) async throws {
    let desk = try await FeelDesk(
      mixer.recording,
      "bindings:\n  slider-1: { do: audio \"\(mixer.input)\" volume, takeover: jump }\n")
    for (position, level) in [(80, -22.2), step] {
      try desk.change("slider-1", position)
      try await eventually("the level") {
        desk.state.input(named: mixer.input)?.level.isClose(to: Decibels(level)) == true
      }
    }
    #expect(await desk.emulator.state.switcherState.inputs == desk.state.inputs)
    try await desk.stop()
  }

  @Test(
    "the master is the switcher's own: even in decibels, and no input moves with it",
    arguments: ["mini-v8.1.1", "ps4k-v7.2"])
  func master(recording: String) async throws {
    let desk = try await FeelDesk(
      recording, "bindings:\n  slider-1: { do: audio master volume, takeover: jump }\n")
    let inputs = desk.state.inputs
    for (position, level) in [(96, -14.6), (1, -59.5), (0, -.infinity), (127, 0)] as [(UInt7, Double)] {
      try desk.change("slider-1", position)
      try await eventually("the master at \(position)") {
        desk.state.masterLevel?.isClose(to: Decibels(level)) == true
      }
      #expect(await desk.emulator.state.switcherState.masterLevel == desk.state.masterLevel)
    }
    #expect(await desk.emulator.state.switcherState.inputs == inputs)
    try await desk.stop()
  }

  @Test("of many moves the switcher ends on the last, and gets no more than it answers")
  func manyMoves() async throws {
    let desk = try await FeelDesk(
      "mini-v8.1.1", "bindings:\n  slider-1: { do: audio \"Camera 1\" volume, takeover: jump }\n")
    try await desk.sweep("slider-1", (1...127).map { UInt7(clamping: $0) } + [100])
    try await eventually("the last level") {
      desk.state.input(named: "Camera 1")?.level.isClose(to: Decibels(-12.8)) == true
    }
    // The first at once; when that was answered, the last.
    #expect(desk.told(FairlightSource.Change.self).count == 2)
    try await desk.stop()
  }

  @Test("a throw of the lever is a transition, up and down again; the switcher sees it rise both times")
  func tBar() async throws {
    let desk = try await FeelDesk("mini-v8.1.1", "bindings:\n  slider-1: t-bar\n")
    await desk.emulator.obey(PreviewInput.Change(2).encoded(version: .minor30))
    try await eventually("Camera 2 is in preview") { desk.state.preview == "Camera 2" }
    let up = (0...127).map { UInt7(clamping: $0) }
    for (values, wanted) in [(up, "Camera 2"), (up.reversed(), "Camera 1")] {
      let before = desk.told(TransitionPosition.Change.self).count
      for value in values.prefix(64) { try desk.change("slider-1", value) }
      try await eventually("under way") { desk.state.isInTransition }
      for value in values.dropFirst(64) { try desk.change("slider-1", value) }
      try await eventually("changed") { desk.state.program == wanted && !desk.state.isInTransition }
      let positions = desk.told(TransitionPosition.Change.self).dropFirst(before).map(\.position)
      #expect(positions == Set(positions).sorted())
      #expect(positions.count > 1 && positions.last == TransitionPosition.end)
    }
    try await desk.stop()
  }

  @Test("a knob in its middle is the middle of the balance")
  func balance() async throws {
    let desk = try await FeelDesk(
      "mini-v8.1.1", "bindings:\n  knob-1: { do: audio \"Camera 1\" balance, takeover: jump }\n")
    for (position, wanted) in [(127, 1.0), (64, 0.0), (63, 0.0), (0, -1.0)] as [(UInt7, Double)] {
      try desk.change("knob-1", position)
      try await eventually("the balance") {
        desk.state.input(named: "Camera 1")?.balance == wanted
      }
    }
    try await desk.stop()
  }

  @Test("lights follow the switcher's own word, whoever changed it, and its tally")
  func lights() async throws {
    let desk = try await FeelDesk(
      "mini-v8.1.1",
      """
      bindings:
        solo-1: scene "Camera 1" preview
        solo-2: scene "Camera 2" preview
        rec-3: scene "Camera 3" cut
        rec-4: key 1 toggle
        rec-5: downstream-key 1 toggle
        rec-6: black toggle
        rec-7: auxiliary 1 "Camera 2"
        rec-8: scene "Camera 4" cut
        mute-1: audio "Camera 1" mute toggle

      """)
    try await eventually("Camera 1 is on air; what is not mixed is mute") { desk.lights == ["solo-1", "mute-1"] }
    await desk.emulator.obey(ProgramInput.Change(3).encoded(version: .minor30))
    try await eventually("Camera 3 is on air, Camera 1 is in preview") { desk.lights.contains("rec-3") }
    await desk.emulator.obey(PreviewInput.Change(2).encoded(version: .minor30))
    try await eventually("Camera 2 blinks, Camera 1 is dark") {
      desk.lights.contains("solo-2") && !desk.lights.contains("solo-1")
    }
    for button in ["rec-4", "rec-5", "rec-6", "rec-7", "mute-1"] { try desk.press(button) }
    try await eventually("keys, black and bus are lit, and what is heard is dark") {
      // While it fades the light of black blinks, and another press would mean to go on to black.
      desk.state.isBlack == true
        && desk.lights.isSuperset(of: ["rec-3", "rec-4", "rec-5", "rec-6", "rec-7"]) && !desk.lights.contains("mute-1")
    }
    // Seen on program by the switcher's word alone, as through a key or a SuperSource.
    var tally = SourceTally()
    tally.entries = [SourceTally.Entry(source: 4, flags: .program)]
    await desk.emulator.say(tally.encoded(version: .minor30))
    try await eventually("Camera 4 is lit, though it is not on the bus") { desk.lights.contains("rec-8") }
    #expect(desk.state.program == "Camera 3")
    for button in ["rec-4", "rec-5", "rec-6"] { try desk.press(button) }
    try await eventually("they are dark again") { desk.lights.isDisjoint(with: ["rec-4", "rec-5", "rec-6"]) }
    try await desk.stop()
  }

  @Test("the shipped table of a show drives an ATEM: open, a camera in preview, on air by the take, and its lights")
  func shippedShow() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "show-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for layer in ["Titles", "Cameras"] {
      try FileManager.default.createDirectory(at: folder.appending(path: layer), withIntermediateDirectories: true)
    }
    let words = """
      version: 1
      layers:
        Titles:
        Cameras:
          shots:
            - live: Camera 2
            - live: Camera 3

      """
    try Data(words.utf8).write(to: folder.appending(path: "show.yaml"))
    let shipped = try MappingFile.text("\(FeelDesk.folder)/video-director.yaml")
    let bindings = try #require(shipped.range(of: "bindings:"))
    let desk = try await FeelDesk(
      "mini-v8.1.1", String(shipped[bindings.lowerBound...]), show: folder.path(percentEncoded: false))
    try desk.press("track-right")
    try await eventually("the show is open") { desk.state.show != nil }
    try desk.press("mute-2")
    try await eventually("Camera 2 is in preview") { desk.state.preview == "Camera 2" }
    #expect(desk.state.program == "Camera 1")
    try desk.press("cycle")
    try await eventually("Camera 2 is on air, and its button is lit") {
      desk.state.program == "Camera 2" && desk.lights.contains("mute-2")
    }
    #expect(desk.told(Auto.self).count == 1)
    try desk.press("mute-3")
    try desk.press("cycle")
    try await eventually("Camera 3 is on air, its button alone is lit of its row") {
      desk.state.program == "Camera 3" && !desk.state.isInTransition
        && desk.lights.intersection(["mute-1", "mute-2", "mute-3", "mute-4"]) == ["mute-3"]
    }
    try await desk.stop()
  }

  @Test("a page turns what the buttons do and what their lights say")
  func pages() async throws {
    let desk = try await FeelDesk(
      "mini-v8.1.1",
      """
      bindings:
        track-right: page next
        rec-1: scene "Camera 2" cut
      pages:
        other:
          bindings:
            rec-1: scene "Camera 3" cut

      """)
    try desk.press("rec-1")
    try await eventually("Camera 2, lit") { desk.lights == ["rec-1"] }
    try desk.press("track-right")
    try await eventually("the other page, dark") { desk.lights == [] }
    try desk.press("rec-1")
    try await eventually("Camera 3, lit") { desk.lights == ["rec-1"] }
    #expect(await desk.emulator.state.switcherState.program == "Camera 3")
    try await desk.stop()
  }
}
