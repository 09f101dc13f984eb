import MIDI
public import Mappings
public import Surfaces
import Switching

/// Decides: what a hand did and what the switcher said become orders, lights and reasons.
///
/// Pure: the same events at the same times give the same decisions. Time is the loop's, since the session began.
public struct Director: Sendable {
  public internal(set) var surface: Surface
  public internal(set) var mapping: Mapping
  /// In the order of the desk: an action that names none is for the first.
  var sides: [Side]
  /// The bindings of each page; `table` is that of the page turned to.
  var tables: [[Binding?]]
  var table: [Binding?]
  /// The lamps of each page; `lamps` has those of the page turned to.
  var allLamps: [[Lamp]] = []
  var lamps: [Lamp] = []
  var isHeld: [Bool]
  /// What each button meant when it was pressed.
  var held: [Binding?]
  var pages = TurnedPages()
  var gestures: Gestures
  var tremble: Tremble
  var takeover: SoftTakeover
  var guide: TakeoverGuide
  var tBar: TBar
  /// The side of the throw under way, or of the last.
  var thrown = 0
  /// What each slider and knob moved last, and on which side.
  var moved: [(side: Int, target: Conflation.Target)?]
  /// The control whose wish is just being carried out.
  var hand: Int?
  /// Until when the lights of refused presses flash.
  var flashes: [Duration?]
  var lights: LightBoard
  var lastOrder = 0
  /// Whether something that lights show has changed since they were last thought of.
  var isChanged = true
  /// Whether orders are only thought, not given: then nothing is awaited either.
  public let isDry: Bool
  /// The side that a show was last asked of.
  public internal(set) var stage = 0
  var macros: [MacroRun] = []
  /// The macros that are being read, and those that called them.
  var awaited: [String: [String]] = [:]
  /// The macro whose step is just being done, by its place.
  var running: Int?

  /// - Parameters:
  ///   - switchers: what the mapping calls them; one alone needs no name.
  ///   - isDry: whether orders are only thought, not given.
  ///   - composites: those of earlier sessions.
  public init(
    surface: Surface, mapping: Mapping, switchers: [String] = [""], isDry: Bool = false,
    composites: [String: Composite] = [:]
  ) {
    sides = switchers.map { Side(name: $0, pages: mapping.pageNames) }
    self.surface = surface
    self.mapping = mapping
    self.isDry = isDry
    let count = surface.controls.count
    tables = mapping.pageNames.indices.map { mapping.table(for: surface, page: $0) }
    table = tables[0]
    isHeld = Array(repeating: false, count: count)
    held = Array(repeating: nil, count: count)
    gestures = Gestures(count: count)
    tremble = Tremble(count: count)
    takeover = SoftTakeover(count: count)
    guide = TakeoverGuide(surface: surface)
    tBar = TBar(count: count)
    moved = Array(repeating: nil, count: count)
    flashes = Array(repeating: nil, count: count)
    lights = LightBoard(surface: surface)
    lookUpLamps()
    changeDesk { ($0.allowsScripts, $0.composites) = (mapping.allowsScripts, composites) }
  }

  /// When ``tick(at:into:)`` has something to do.
  public func next(after now: Duration) -> Duration? {
    var next = lights.next(after: now)
    func consider(_ time: Duration?) {
      if let time, next.map({ time < $0 }) ?? true { next = time }
    }
    consider(gestures.next)
    consider(tremble.next)
    consider(guide.next)
    for index in sides.indices { consider(sides[index].book.deadline) }
    for flash in flashes { consider(flash) }
    for macro in macros { consider(macro.due) }
    return next
  }

  // MARK: The switchers

  /// What the actions of the first switcher look at.
  public var situation: Situation { sides[0].situation }

  /// The side that an action speaks of; `nil` where the desk has no switcher of that name.
  func side(of action: any Action) -> Int? {
    guard let name = action.switcher else { return 0 }
    return sides.firstIndex { $0.name == name }
  }

  /// Changes what the desk keeps for itself.
  mutating func changeDesk(_ change: (inout Situation) -> Void) {
    for side in sides.indices { change(&sides[side].situation) }
    isChanged = true
  }

  func refusal(of side: Int) -> Reason? { sides[side].refusal(isNamed: sides.count > 1) }

  // MARK: Time

  /// Does what time alone brings about: buttons are held, guards run out, patience ends.
  public mutating func tick(at now: Duration, into decision: inout Decision) {
    runMacros(at: now, into: &decision)
    if let end = guide.next, end <= now {
      guide.expire(at: now)
      isChanged = true
    }
    for control in table.indices {
      if let position = tremble.rested(control, at: now) {
        let event = ControlEvent(Control.ID(rawValue: control), .moved(position))
        move(event, to: position, read: nil, at: now, into: &decision)
      }
      if let flash = flashes[control], now >= flash {
        flashes[control] = nil
        isChanged = true
      }
      guard let binding = held[control], let meaning = gestures.tick(control, binding, at: now) else { continue }
      let event = ControlEvent(Control.ID(rawValue: control), .pressed)
      carryOut(meaning, of: binding, event, read: nil, at: now, into: &decision)
    }
    for side in sides.indices {
      isChanged = isChanged || sides[side].book.deadline.map { $0 <= now } ?? false
      sides[side].book.expire(at: now) { decision.entries.append(.unconfirmed($0)) }
    }
  }
}
