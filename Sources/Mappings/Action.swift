/// Something that an operator can ask for, spelled the same in mapping files, on the command line, in the log
/// and on the printed picture.
///
/// The set is open: a new action is a file in `Actions/` and a line in ``Vocabulary``.
public protocol Action: Sendable {
  /// The first words that mean this action.
  static var verbs: [String] { get }
  /// Every form, with a sentence and an example.
  static var phrases: [Phrase] { get }

  /// Reads what follows the verb.
  init(verb: String, _ words: inout Words) throws(WordProblem)

  /// The action in words: what `init` reads.
  var words: String { get }

  /// The kind of control that it can be bound to.
  var input: Phrase.Input { get }

  /// The switcher that it speaks of; `nil` where it names none, which means the first.
  var switcher: String? { get }
  /// The action without the switcher's name.
  var bare: any Action { get }

  /// Where what it moves stands now, from 0 (bottom) to 1 (top); `nil` where that is unknown, or it moves nothing.
  func position(in situation: Situation, _ move: Binding.Move) -> Double?

  /// What to do when it is asked for.
  func perform(_ ask: Ask, in situation: Situation) -> Intent

  /// What its button does when it is held, where its binding says nothing else.
  var whenHeld: (any Action)? { get }

  /// Whether what it does ends with the release of its button: it has to be pressed, and held, to mean anything.
  var isMomentary: Bool { get }

  /// What its control's light should show.
  func light(in situation: Situation) -> Light
}

extension Action {
  public var switcher: String? { nil }
  public var bare: any Action { self }
  public func light(in situation: Situation) -> Light { .dark }
  public var whenHeld: (any Action)? { nil }
  public var isMomentary: Bool { false }
  public func position(in situation: Situation, _ move: Binding.Move) -> Double? { nil }
}

/// How an action was asked for.
public enum Ask: Hashable, Sendable {
  case pressed
  /// A slider or knob stands at a position from 0 (bottom) to 1 (top), by a law of its binding.
  case position(Double, Binding.Move)
}

/// One form of an action, for help, completion and schema.
public struct Phrase: Hashable, Sendable {
  public enum Input: String, Hashable, Sendable {
    case button
    /// A slider or knob.
    case position
  }

  /// `scene N|NAME preview`.
  public var form: String
  public var meaning: String
  public var example: String
  public var input: Input

  public init(_ form: String, _ meaning: String, example: String, input: Input = .button) {
    self.form = form
    self.meaning = meaning
    self.example = example
    self.input = input
  }
}
