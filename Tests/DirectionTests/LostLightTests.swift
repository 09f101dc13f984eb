import Direction
import MIDI
import Mappings
import Rehearsal
import Surfaces
import Switching
import Testing

@Suite("A controller that takes no messages for a while")
struct LostLightTests {
  /// A port whose device is full now and then.
  private final class Port: SurfacePort, @unchecked Sendable {  // one thread: the test's
    struct Full: Error {}
    let name = "test"
    var isFull = false
    private(set) var attempts = 0
    private(set) var lit: Set<UInt7> = []

    func send(_ event: MIDIEvent) throws {
      attempts += 1
      if isFull { throw Full() }
      guard case .controlChange(let change) = event else { return }
      if change.value > 0 { lit.insert(change.controller) } else { lit.remove(change.controller) }
    }
  }

  private final class Memory: LightMemory, @unchecked Sendable {  // one thread: the test's
    private(set) var isForgotten = false
    func mode(of controller: String) -> LEDMode? { nil }
    func keep(_ mode: LEDMode, of controller: String) {}
    func forget(_ controller: String) { isForgotten = true }
  }

  private final class Rig: @unchecked Sendable {  // one thread: the test's
    let loop = SimulatedLoop()
    let port = Port()
    let memory = Memory()
    private(set) var session: Session!
    private(set) var remarks: [String] = []

    init() throws {
      session = Session(
        director: Director(surface: try Shipped.surface(), mapping: try Shipped.mapping("scenes")),
        switchers: [RehearsalSwitcher(loop: loop)], loop: loop, memory: memory
      ) { [unowned self] entries, _ in
        remarks += entries.compactMap { if case .surface(.remark(let words)) = $0 { words } else { nil } }
      }
      session.start()
      session.connect(port)
      loop.run(for: .seconds(10))
      remarks = []
    }

    func press(_ controller: UInt7) {
      for value: UInt7 in [127, 0] {
        session.receive(.controlChange(ControlChange(controller: controller, value: value)), read: loop.now)
        loop.run(for: .milliseconds(1))
      }
    }
  }

  @Test("its lights are true a moment after it takes them again; that it did not is said once")
  func full() throws {
    let rig = try Rig()
    rig.press(64)
    rig.loop.run(for: .seconds(1))
    #expect(rig.port.lit.contains(64))
    rig.port.isFull = true
    for controller: UInt7 in [65, 66, 67, 68] {
      rig.press(controller)
      rig.loop.run(for: .milliseconds(700))
    }
    // What it shows is not true: nothing gets through.
    #expect(rig.port.lit.contains(64))
    #expect(rig.remarks.count == 1)
    // It is tried again, no more than ten times a second.
    let attempts = rig.port.attempts
    rig.loop.run(for: .seconds(3))
    #expect((1...31).contains(rig.port.attempts - attempts))
    rig.port.isFull = false
    rig.loop.run(for: .milliseconds(200))
    // The second scene is in preview, and may be lit.
    #expect(rig.port.lit.contains(68) && rig.port.lit.isDisjoint(with: [64, 66, 67]))
    #expect(rig.remarks.count == 1)
    rig.loop.run(for: .seconds(60))
    rig.port.isFull = true
    rig.press(64)
    rig.loop.run(for: .seconds(1))
    #expect(rig.remarks.count == 2)
  }

  @Test("lights that cannot be given back at the end are kept in mind for the next start", arguments: [false, true])
  func end(isFull: Bool) throws {
    let rig = try Rig()
    rig.port.isFull = isFull
    rig.session.stop {}
    rig.loop.run(for: .zero)
    #expect(rig.memory.isForgotten == !isFull)
    #expect(rig.remarks.count == (isFull ? 1 : 0))
  }
}
