import Direction
import MIDI
import Mappings
import ShowFiles
import Surfaces
import Switching
import Testing

/// The shipped surface, and tables for it.
enum Shipped {
  static let folder =
    #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/Mappings/korg-nanokontrol2"

  static func surface() throws -> Surface { try SurfaceFile.read("\(folder)/surface.yaml") }

  static func mapping(_ name: String) throws -> Mapping {
    let path = "\(folder)/\(name).yaml"
    return try MappingFile.parse(MappingFile.text(path), file: path, surface: surface())
  }

  static func mapping(lines: String...) throws -> Mapping {
    try mapping(text: "version: 1\nsurface: korg-nanokontrol2\nbindings:\n" + lines.map { "  \($0)\n" }.joined())
  }

  static func mapping(text: String) throws -> Mapping {
    try MappingFile.parse(text, file: "test.yaml", surface: surface())
  }
}

/// A director with its hands and its switcher played by the test; time is whatever the test says.
struct TestDesk {
  var director: Director
  var now = Duration.zero
  private var decision = Decision()
  private(set) var orders: [Order] = []
  private(set) var entries: [Entry] = []
  private(set) var wishes: [ShowWish] = []
  /// What was to be kept, each time.
  private(set) var kept: [[String: Composite]] = []
  private(set) var lit: Set<String> = []
  private(set) var lightMessages = 0
  /// When each light was told something.
  private(set) var told: [String: [Duration]] = [:]

  /// - Parameter state: what the first switcher said when it connected; `nil` leaves it unconnected.
  init(
    _ mapping: Mapping, switchers: [String] = [""], state: SwitcherState? = .test, isDry: Bool = false,
    composites: [String: Composite] = [:]
  ) throws {
    director = Director(
      surface: try Shipped.surface(), mapping: mapping, switchers: switchers, isDry: isDry, composites: composites)
    director.receive(Entry.SurfaceNews.connected("test"), at: now, into: &decision)
    carryOut()
    if let state { connect(state) }
  }

  mutating func connect(_ state: SwitcherState = .test, _ switcher: Int = 0) {
    report(.link(.connecting), from: switcher)
    report(.update(.everything(state)), from: switcher)
    report(.link(.up), from: switcher)
  }

  mutating func report(_ report: SwitcherReport, from switcher: Int = 0) {
    director.receive(report, from: switcher, at: now, into: &decision)
    carryOut()
  }

  mutating func news(_ news: ShowNews) {
    director.receive(news, at: now, into: &decision)
    carryOut()
  }

  var remarks: [String] { entries.compactMap { if case .remark(let words, _) = $0 { words } else { nil } } }

  /// The file of the mapping, or of the surface, is another now.
  mutating func use(_ mapping: Mapping, on surface: Surface? = nil) {
    director.use(mapping, on: surface ?? director.surface, at: now, into: &decision)
    carryOut()
  }

  mutating func device(_ news: Entry.SurfaceNews) {
    director.receive(news, at: now, into: &decision)
    carryOut()
  }

  /// A message as the controller sends it.
  mutating func controlChange(_ controller: UInt7, _ value: UInt7) {
    let event = MIDIEvent.controlChange(ControlChange(controller: controller, value: value))
    guard let event = director.surface.decode(event) else { return }
    director.receive(event, read: now, at: now, into: &decision)
    carryOut()
  }

  mutating func press(_ name: String) {
    change(name, 127)
    change(name, 0)
  }

  /// Presses a guarded button for as long as its guard asks.
  mutating func hold(_ name: String, _ time: Duration = .seconds(1)) {
    change(name, 127)
    wait(time)
    change(name, 0)
  }

  /// Moves a control, or presses and releases it by its value.
  mutating func change(_ name: String, _ value: UInt7) {
    guard let id = director.surface.control(named: name) else { return }
    controlChange(director.surface[id].controller, value)
  }

  /// Lets time pass, with every tick on the way.
  mutating func wait(_ time: Duration) {
    let end = now + time
    while let next = director.next(after: now), next <= end {
      now = next
      director.tick(at: now, into: &decision)
      carryOut()
    }
    now = end
  }

  /// The switcher takes the last order.
  mutating func takeLast() {
    if let last = orders.last { report(.answer(last.id, .taken)) }
  }

  /// The switcher tells the level that the last order was for.
  mutating func showLast() {
    guard case .level(let input, let level)? = orders.last?.command else {
      Issue.record("the last order is no level")
      return
    }
    report(.update(.level(input: input, level)))
  }

  private mutating func carryOut() {
    director.light(at: now, into: &decision)
    orders += decision.orders
    entries += decision.entries
    wishes += decision.wishes
    if let composites = decision.composites { kept.append(composites) }
    lightMessages += decision.lights.count
    for light in decision.lights {
      let name = director.surface[light.control].name
      told[name, default: []].append(now)
      if light.isOn { lit.insert(name) } else { lit.remove(name) }
    }
    decision = Decision()
  }

  /// The orders so far, as they are written.
  var commands: [String] { orders.map(\.command.description) }

  /// What came of the last press.
  var verdict: Entry.Verdict? {
    entries.lazy.reversed().compactMap { entry in
      if case .meaning(_, _, _, let verdict) = entry { return verdict }
      if case .event(let event, _, _, let action, let verdict) = entry, event.change != .released || action != nil {
        return verdict
      }
      return nil
    }.first
  }

  var refusal: String? { if case .refused(let reason) = verdict { "\(reason)" } else { nil } }
}

extension SwitcherState {
  /// Four scenes, two inputs, a preview.
  static var test: SwitcherState {
    var state = SwitcherState()
    state.product = "Test"
    state.scenes = ["Camera 1", "Camera 2", "Slides", "Black"]
    (state.program, state.preview, state.previewBus) = ("Camera 1", "Camera 2", true)
    state.transitions = ["Cut", "Fade"]
    (state.transition, state.transitionDuration) = ("Fade", 300)
    state.inputs = [AudioInput(name: "Desk"), AudioInput(name: "Music")]
    state.outputs = [.stream: .stopped, .record: .stopped]
    return state
  }
}
