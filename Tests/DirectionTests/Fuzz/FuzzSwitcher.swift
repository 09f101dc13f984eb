import Direction
import Mappings
import Rehearsal
import ShowFiles
import Switching

/// A rehearsal that takes its time, and is lost now and then; in simulated time.
final class FuzzSwitcher: Switcher, @unchecked Sendable {  // one thread: the test's
  let name = "fuzz"
  private let loop: SimulatedLoop
  private var random: FuzzRandom
  private var report: (@Sendable (SwitcherReport) -> Void)?
  private(set) var machine: RehearsalMachine
  /// What it has said of itself so far.
  private(set) var told = SwitcherState()
  private(set) var isUp = false
  /// Orders not answered yet.
  private(set) var open: [Order.ID: Command] = [:]
  /// Told each order before it is carried out.
  var onOrder: ((Order) -> Void)?
  /// Counts connections: what was under way in one is nothing in the next.
  private var connection = 0
  /// Whether it does all that it can.
  var isWilling = false
  private var lastAnswer = Duration.zero
  /// News that are told after their answers, and are not told yet.
  private var late = 0
  private var timer: (any LoopTimer)?

  init(loop: SimulatedLoop, state: SwitcherState, seed: UInt64) {
    self.loop = loop
    machine = RehearsalMachine(state: state)
    random = FuzzRandom(seed: seed)
  }

  func objection(to command: Command) -> String? { nil }

  func start(reporting report: @escaping @Sendable (SwitcherReport) -> Void) {
    self.report = report
    rise()
  }

  func stop() { report = nil }

  func perform(_ order: Order) {
    onOrder?(order)
    // What it will not do it may say before it returns.
    if !isWilling, Conflation.target(of: order.command) == nil, Int.random(in: 0..<50, using: &random) == 0 {
      report?(.answer(order.id, .refused("no")))
      return
    }
    open[order.id] = order.command
    // Answers come in the order of the orders, after 0 to 40 ms.
    lastAnswer = max(lastAnswer, loop.now + .milliseconds(Int.random(in: 0...40, using: &random)))
    let mine = connection
    loop.schedule(after: lastAnswer - loop.now) { [unowned self] in
      guard mine == connection else { return }
      advance()
      let (answer, updates) = machine.perform(order.command, at: loop.now)
      open[order.id] = nil
      // What is done may be told before the answer or after it, but in the order in which it was done.
      if Bool.random(using: &random), late == 0 {
        say(updates)
      } else {
        late += 1
        loop.schedule(after: .zero) { [unowned self] in
          late -= 1
          say(updates, mine)
        }
      }
      report?(.answer(order.id, answer))
      advance()
    }
  }

  /// Somebody else's hand on the switcher.
  func change(_ command: Command) {
    advance()
    say(machine.perform(command, at: loop.now).updates)
    advance()
  }

  func fall() {
    guard isUp else { return }
    connection += 1
    isUp = false
    open = [:]
    report?(.link(.down(reason: "pulled")))
    loop.schedule(after: .milliseconds(Int.random(in: 1...3000, using: &random))) { [unowned self] in rise() }
  }

  private func rise() {
    guard !isUp else { return }
    report?(.link(.connecting))
    advance()
    // What is left of a throw belongs to the connection that is over.
    _ = machine.perform(.transitionPosition(0), at: loop.now)
    say([.everything(machine.state)])
    isUp = true
    report?(.link(.up))
  }

  private func say(_ updates: [SwitcherUpdate], _ connection: Int? = nil) {
    guard connection == nil || connection == self.connection else { return }
    for update in updates {
      told.apply(update)
      report?(.update(update))
    }
  }

  private func advance() {
    let updates = machine.advance(to: loop.now)
    if isUp { say(updates) }
    timer?.cancel()
    timer = machine.next.map { next in loop.schedule(after: next - loop.now) { [unowned self] in advance() } }
  }
}

/// The example show, read once, handed out after a moment, or not at all.
final class FuzzLibrary: ShowLibrary, @unchecked Sendable {  // one thread: the test's
  private let loop: SimulatedLoop
  private let show: Show
  private let macros: [String: Macro]
  private var random: FuzzRandom

  init(loop: SimulatedLoop, seed: UInt64) throws {
    self.loop = loop
    random = FuzzRandom(seed: seed)
    let tree = try ContentTree.read(ShowTests.content)
    show = tree.show
    macros = try Dictionary(uniqueKeysWithValues: tree.macros.map { ($0, try MacroFile.read($1, name: $0)) })
  }

  func fulfil(_ wish: ShowWish, reply: @escaping @Sendable (ShowNews) -> Void) {
    let isThere = Int.random(in: 0..<10, using: &random) > 0
    loop.schedule(after: .milliseconds(Int.random(in: 0...50, using: &random))) { [self] in
      switch wish {
      case .macro(let name): reply(macros[name].flatMap { isThere ? .macro($0) : nil } ?? .nothing(wish, "no macro"))
      case .open, .reload: reply(isThere ? .show(show, notes: []) : .nothing(wish, "no show"))
      case .script: reply(.nothing(wish, "no scripts"))
      }
    }
  }

  func close() {}
  func stop() {}
}

/// The same numbers in every run, all 64 bits of them (SplitMix64).
struct FuzzRandom: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
