public import Switching

/// A switcher under test, on whatever loop it lives.
public protocol Subject: Sendable {
  var switcher: any Switcher { get }
  /// What it has reported so far, in order.
  var reports: [SwitcherReport] { get }
  /// Makes it connect, if it has not yet.
  func start() async throws
  /// Gives an order on the loop, and does not wait.
  func send(_ command: Command) -> Order.ID
  /// Lets time pass until the reports satisfy a condition.
  ///
  /// - Returns: whether they did within ten seconds.
  func wait(until condition: @escaping @Sendable ([SwitcherReport]) -> Bool) async -> Bool
}

extension [SwitcherReport] {
  /// The state that the reports add up to.
  public var state: SwitcherState {
    reduce(into: SwitcherState()) { state, report in
      if case .update(let update) = report { state.apply(update) }
    }
  }

  /// The answers to an order.
  public func answers(to id: Order.ID) -> [SwitcherReport.Answer] {
    compactMap { if case .answer(id, let answer) = $0 { answer } else { nil } }
  }
}

/// What a switcher did otherwise than the protocol says.
public struct Violation: Error, CustomStringConvertible {
  public var description: String

  public init(description: String) { self.description = description }
}

extension Subject {
  public var state: SwitcherState { reports.state }

  /// Gives an order and waits for its answer.
  public func perform(_ command: Command) async throws -> SwitcherReport.Answer {
    let id = send(command)
    guard await wait(until: { !$0.answers(to: id).isEmpty }), let answer = reports.answers(to: id).first else {
      throw Violation(description: "\(command) is not answered")
    }
    return answer
  }

  /// Gives an order that must be taken.
  public func take(_ command: Command) async throws {
    let answer = try await perform(command)
    guard answer == .taken else { throw Violation(description: "\(command) is answered \(answer)") }
  }

  /// Waits until the state is as described.
  public func expect(_ what: String, _ condition: @escaping @Sendable (SwitcherState) -> Bool) async throws {
    guard await wait(until: { condition($0.state) }) else {
      throw Violation(description: "not so: \(what); the state is \(state)")
    }
  }
}
