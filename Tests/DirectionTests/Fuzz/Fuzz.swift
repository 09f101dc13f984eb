import Direction
import FoundationEssentials
import MIDI
import Mappings
import Rehearsal
import Surfaces
import Switching
import Testing

/// Hands that do anything at any time, on a session in simulated time, and a witness that knows only the table.
final class Fuzz: @unchecked Sendable {  // one thread: the test's
  let loop = SimulatedLoop()
  let switcher: FuzzSwitcher
  let table: FuzzTable
  let surface: Surface
  let session: Session
  let port: FuzzPort
  var random: FuzzRandom

  private(set) var events = 0
  var orders = 0
  /// What went against the table; the run ends with the first.
  private(set) var faults: [String] = []
  private var history: [String] = []
  var telling: FuzzTelling

  // What the hands have done.
  var hands = FuzzHands()
  /// The buttons that are down and mean something.
  var isDown: Set<String> = []
  var pages = FuzzPages()
  var autoLive = false
  /// The scenes that were on air when they were stored.
  var composites: [String: String] = [:]
  var isPlugged = true
  /// Shows asked for whose reading may still become an order.
  var opening = 0
  /// Steps of running macros that may still become orders.
  var steps: [String: [[String]]] = [:]
  /// The move that is just being made.
  var moving: Command?
  /// Where the T-bar was lately: of what came while an order was under way the newest is sent.
  var levers: [UInt8] = []
  /// The orders that throws came to, and whether the switcher has refused one since something was taken back.
  var thrown: Set<Order.ID> = []
  var isThrowLeft = false
  /// Where each slider and knob stands, and those that may still be resting after a step.
  var stands: [String: UInt8] = [:]
  var resting: [String: UInt8] = [:]
  /// Where the last event that was to move it put each fader.
  var expected: [Conflation.Target: Command] = [:]
  /// The last move that was to be carried out.
  var moves: [Conflation.Target: Command] = [:]
  /// How many orders the event that is just being sent has come to.
  var made = 0

  struct Unexplained {
    var command: Command
    /// The steps of running macros that may have come to it.
    var words: Set<[String]>
  }

  /// Orders that no hand explains.
  var unexplained: [Order.ID: Unexplained] = [:]

  init(mapping name: String, seed: UInt64) throws {
    surface = try Shipped.surface()
    telling = FuzzTelling(surface: surface)
    table = FuzzTable(try String(contentsOfFile: "\(Shipped.folder)/\(name).yaml", encoding: .utf8))
    random = FuzzRandom(seed: seed)
    switcher = FuzzSwitcher(loop: loop, state: .rehearsal, seed: seed + 1)
    port = FuzzPort(loop: loop)
    let journal = FuzzJournal()
    session = Session(
      director: Director(surface: surface, mapping: try Shipped.mapping(name)), switchers: [switcher], loop: loop,
      library: try FuzzLibrary(loop: loop, seed: seed + 2)
    ) { entries, time in journal.fuzz?.read(entries, at: time) }
    journal.fuzz = self
    switcher.onOrder = { [unowned self] in witness($0) }
    session.start()
    session.connect(port)
    loop.run(for: .seconds(10))
  }

  /// What a control asks for on the page that is turned to.
  func line(_ control: String) -> FuzzTable.Line? { table.line(control, on: pages.current) }

  /// What the table comes to, by what the switcher has told.
  var oracle: FuzzOracle { FuzzOracle(told: switcher.told, autoLive: autoLive, composites: composites) }

  /// Does one thing at random.
  func step() {
    events += 1
    switch Int.random(in: 0..<1000, using: &random) {
    case 0: replug()
    case 1: overflow()
    case 2: fall()
    case 3..<10: otherHand()
    case 10..<20: nonsense()
    default: hand()
    }
    loop.run(for: pause())
    if let light = port.flooded { fault("the light of \(light) turns over too often") }
  }

  private func pause() -> Duration {
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<60: .microseconds(Int.random(in: 0...2_000, using: &random))
    case 60..<95: .milliseconds(Int.random(in: 1...40, using: &random))
    case 95..<99: .milliseconds(Int.random(in: 40...700, using: &random))
    default: .milliseconds(Int.random(in: 700...2_500, using: &random))
    }
  }

  func note(_ words: String) {
    if history.count == 40 { history.removeFirst(20) }
    history.append("\(loop.now) \(words)")
  }

  func fault(_ words: String) {
    faults.append("event \(events) at \(loop.now): \(words)\n  after: \(history.suffix(20).joined(separator: "; "))")
  }
}

/// The way from the session's journal to a fuzz run that is still being made.
private final class FuzzJournal: @unchecked Sendable {  // one thread
  weak var fuzz: Fuzz?
}
