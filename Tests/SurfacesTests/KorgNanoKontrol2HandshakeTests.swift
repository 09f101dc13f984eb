import MIDI
import Testing

@testable import Surfaces

@Suite("the handshake with the nanoKONTROL2")
struct KorgNanoKontrol2HandshakeTests {
  static let identity = MIDIEvent.systemExclusive(identityReply)
  static let dump = MIDIEvent.systemExclusive(factoryDump)
  static let loaded = korg([0x5F, 0x23, 0])
  static let refused = korg([0x5F, 0x24, 0])
  static let sceneRequest = korg([0x1F, 0x10, 0])
  static let darkness: [MIDIEvent] = nanoKontrol2.controls.filter(\.hasLight).map {
    .controlChange(ControlChange(controller: $0.controller, value: 0))
  }

  static func korg(_ body: [UInt8], channel: UInt8 = 0) -> MIDIEvent {
    .systemExclusive([0xF0, 0x42, 0x40 | channel, 0, 1, 0x13, 0] + body + [0xF7])
  }

  static func external(_ dump: MIDIEvent = dump) -> MIDIEvent {
    var bytes = dump.bytes
    bytes[16] = 1
    return .systemExclusive(bytes)
  }

  /// The dump of a factory scene that was changed at some offsets.
  static func dump(_ changes: [Int: UInt8]) throws -> MIDIEvent {
    try KorgNanoKontrol2Message.load(
      KorgNanoKontrol2SceneTests.factory { for (offset, value) in changes { $0[offset] = value } })
  }

  var handshake = KorgNanoKontrol2Handshake(surface: nanoKontrol2)

  /// What follows from hearing these messages at the time 0, one after another.
  mutating func hear(_ events: MIDIEvent...) -> HandshakeStep {
    var step = handshake.advance(.connected, at: .zero)
    for event in events { step = handshake.advance(.received(event), at: .zero) }
    return step
  }

  @Test("identity, scene, the same scene with LED mode External, acknowledged: the lights are ours and dark")
  mutating func good() {
    let patience = KorgNanoKontrol2Handshake.patience
    #expect(
      handshake.advance(.connected, at: .seconds(5))
        == HandshakeStep(
          messages: [.systemExclusive([0xF0, 0x7E, 0x7F, 6, 1, 0xF7])], deadline: .seconds(5) + patience))
    #expect(
      handshake.advance(.received(Self.identity), at: .seconds(6))
        == HandshakeStep(messages: [Self.sceneRequest], deadline: .seconds(6) + patience))
    #expect(
      handshake.advance(.received(Self.dump), at: .seconds(6))
        == HandshakeStep(
          messages: [Self.external()], progress: [.taking(from: .internal)], deadline: .seconds(6) + patience))
    #expect(
      handshake.advance(.received(Self.loaded), at: .seconds(6))
        == HandshakeStep(messages: Self.darkness, progress: [.ready(channel: .first, others: [:])]))
    #expect(Self.darkness.count == 30)
  }

  @Test("restoring darkens the lights, then loads the scene that was found")
  mutating func restores() {
    _ = hear(Self.identity, Self.dump, Self.loaded)
    #expect(handshake.restore() == Self.darkness + [Self.dump])
  }

  @Test("a scene that is loaded but not acknowledged is restored too")
  mutating func restoresEarly() {
    _ = hear(Self.identity, Self.dump)
    #expect(handshake.restore() == Self.darkness + [Self.dump])
  }

  @Test("before the scene is known, restoring only darkens the lights")
  mutating func restoresNothing() {
    _ = hear(Self.identity)
    #expect(handshake.restore() == Self.darkness)
  }

  @Test("a device that is on External already is not written to, and left so")
  mutating func external() {
    let step = hear(Self.identity, Self.external())
    #expect(step == HandshakeStep(messages: Self.darkness, progress: [.ready(channel: .first, others: [:])]))
    #expect(handshake.restore() == Self.darkness)
  }

  @Test("a device that a crashed run left on External is put back")
  mutating func crashed() {
    handshake = KorgNanoKontrol2Handshake(surface: nanoKontrol2, previously: .internal)
    let step = hear(Self.identity, Self.external())
    #expect(step.progress == [.taking(from: .internal), .ready(channel: .first, others: [:])])
    #expect(handshake.restore() == Self.darkness + [Self.dump])
  }

  @Test("plugged in again, it is taken again")
  mutating func again() {
    _ = hear(Self.identity, Self.dump, Self.loaded)
    #expect(hear(Self.identity, Self.dump).messages == [Self.external()])
  }

  @Test("a device on channel 3 with a strip on channel 10 is spoken to and lit there")
  mutating func channels() throws {
    var reply = identityReply
    reply[2] = 2
    #expect(hear(.systemExclusive(reply)).messages == [Self.korg([0x1F, 0x10, 0], channel: 2)])
    let step = hear(.systemExclusive(reply), try Self.dump([0: 2, 3: 9]), Self.korg([0x5F, 0x23, 0], channel: 2))
    let (three, ten) = (Channel(ofStatus: 2), Channel(ofStatus: 9))
    #expect(step.progress == [.ready(channel: three, others: [32: ten, 48: ten, 64: ten])])
    #expect(step.messages.contains(.controlChange(ControlChange(channel: ten, controller: 32, value: 0))))
    #expect(step.messages.contains(.controlChange(ControlChange(channel: three, controller: 33, value: 0))))
  }

  @Test("no answer is asked for three times a second apart, then said", arguments: [0, 1, 2])
  mutating func silence(answers: Int) throws {
    _ = answers == 0 ? hear() : answers == 1 ? hear(Self.identity) : hear(Self.identity, Self.dump)
    let asked = [
      MIDIEvent.systemExclusive([0xF0, 0x7E, 0x7F, 6, 1, 0xF7]), Self.sceneRequest, Self.external(),
    ][answers]
    #expect(handshake.advance(.tick, at: .milliseconds(999)).messages.isEmpty)
    for second in 1...2 {
      let step = handshake.advance(.tick, at: .seconds(second))
      #expect(step == HandshakeStep(messages: [asked], deadline: .seconds(second + 1)))
    }
    let step = handshake.advance(.tick, at: .seconds(3))
    #expect(step == HandshakeStep(progress: [.gaveUp(reason: KorgNanoKontrol2Handshake.noLights("does not answer"))]))
    #expect(handshake.advance(.tick, at: .seconds(9)) == HandshakeStep())
  }

  @Test("an answer to the second question goes on")
  mutating func late() {
    _ = hear()
    _ = handshake.advance(.tick, at: .seconds(1))
    #expect(handshake.advance(.received(Self.identity), at: .seconds(1)).messages == [Self.sceneRequest])
  }

  @Test("a refusal is asked again twice, then said, and what was found is still put back")
  mutating func refusal() {
    _ = hear(Self.identity, Self.dump)
    for _ in 1...2 { #expect(handshake.advance(.received(Self.refused), at: .zero).messages == [Self.external()]) }
    let reason = KorgNanoKontrol2Handshake.noLights("refuses its own scene with LED mode External")
    #expect(handshake.advance(.received(Self.refused), at: .zero) == HandshakeStep(progress: [.gaveUp(reason: reason)]))
    #expect(handshake.restore() == Self.darkness + [Self.dump])
  }

  static let damaged: [MIDIEvent] = [
    .systemExclusive(Array(factoryDump[..<300]) + [0xF7]),
    .systemExclusive(factoryDump.dropLast() + [0, 0xF7]),
    .systemExclusive(factoryDump[..<14] + [5] + factoryDump[15...]),
    .systemExclusive(factoryDump[..<15] + [9] + factoryDump[16...]),
  ]

  @Test("a damaged scene, or one of another channel, is never written back", arguments: damaged)
  mutating func damage(dump: MIDIEvent) {
    #expect(hear(Self.identity, dump).messages == [Self.sceneRequest])
    #expect(handshake.advance(.received(dump), at: .zero).messages == [Self.sceneRequest])
    let step = handshake.advance(.received(dump), at: .zero)
    #expect(step.progress == [.gaveUp(reason: KorgNanoKontrol2Handshake.noLights("sends a damaged scene"))])
    #expect(handshake.restore() == Self.darkness)
  }

  static let garbage: [MIDIEvent] = [
    .systemExclusive([0xF0, 0xF7]), .systemExclusive([0xF0, 0x7E, 0, 6, 2, 0x41, 0x13, 1, 0, 0, 3, 0, 1, 0, 0xF7]),
    .systemExclusive([0xF0, 0x7E, 0x10, 6, 2, 0x42, 0x13, 1, 0, 0, 3, 0, 1, 0, 0xF7]),
    .systemExclusive([0xF0, 0x42, 0x40, 0, 1, 0x13, 0, 0x40, 0, 3, 0xF7]), .other(status: 0xFE),
    .controlChange(ControlChange(controller: 32, value: 127)), dump, loaded, refused,
  ]

  @Test("what does not belong to the question changes nothing", arguments: garbage)
  mutating func ignores(event: MIDIEvent) {
    let asked = hear()
    #expect(handshake.advance(.received(event), at: .zero) == HandshakeStep(deadline: asked.deadline))
    #expect(handshake.advance(.received(Self.identity), at: .zero).messages == [Self.sceneRequest])
  }

  @Test("a device in a DAW mode is not written to, and the way out is said", arguments: 1...5)
  mutating func daw(mode: UInt8) throws {
    let step = hear(Self.identity, try Self.dump([1: mode]))
    #expect(step == HandshakeStep(progress: [.gaveUp(reason: KorgNanoKontrol2Handshake.wrongMode)]))
    #expect(KorgNanoKontrol2Handshake.wrongMode.contains("SET MARKER and CYCLE"))
    #expect(handshake.restore() == Self.darkness)
  }

  @Test(
    "notes and pitch bend give the DAW mode away, said once",
    arguments: [.note(channel: .first, number: 8, velocity: 127), .pitchBend(channel: .first, value: 0)] as [MIDIEvent])
  mutating func traffic(event: MIDIEvent) {
    let asked = hear()
    let step = handshake.advance(.received(event), at: .zero)
    #expect(step == HandshakeStep(progress: [.advice(KorgNanoKontrol2Handshake.wrongMode)], deadline: asked.deadline))
    #expect(handshake.advance(.received(event), at: .zero).progress.isEmpty)
  }

  @Test("notes of a button that was programmed so do not")
  mutating func notes() throws {
    let step = hear(Self.identity, try Self.dump([16: 2]))
    #expect(step.progress.contains { if case .advice(let text) = $0 { text.hasPrefix("S 1") } else { false } })
    let note = MIDIEvent.note(channel: .first, number: 32, velocity: 127)
    #expect(handshake.advance(.received(note), at: .zero).progress.isEmpty)
  }

  @Test("a button set to Toggle is said, and the lights are taken all the same")
  mutating func toggle() throws {
    let step = hear(Self.identity, try Self.dump([17: 1]))
    guard case .advice(let text)? = step.progress.first else {
      Issue.record("\(step.progress)")
      return
    }
    #expect(text.hasPrefix("S 1: set to Toggle"))
    #expect(step.messages == [Self.external(try Self.dump([17: 1]))])
  }

  @Test("a surface whose file names the handshake gets it, another none")
  func factory() {
    #expect(nanoKontrol2.makeHandshake() is KorgNanoKontrol2Handshake)
    #expect(Surface(name: "x", title: "X", clientName: "X", controls: []).makeHandshake() == nil)
  }
}
