import Mappings
public import Surfaces
public import Switching

/// The actions that fit a control, with the names that the switcher and the show know today.
public struct ActionOffers: Sendable {
  /// In the words of a mapping.
  public let list: [String]
  private let control: Control

  /// - Parameters:
  ///   - state: what the switcher says of itself; empty where none is asked.
  ///   - inventory: what else the switcher has.
  ///   - layers: the show's layers, and how many shots each has.
  public init(
    for control: Control, state: SwitcherState = SwitcherState(), inventory: Inventory = Inventory(),
    layers: [String: Int] = [:]
  ) {
    self.control = control
    let input: Phrase.Input = control.kind.isContinuous ? .position : .button
    var list: [String] = []
    for phrase in Vocabulary.phrases where phrase.input == input {
      let verb = phrase.form.prefix { $0 != " " }
      let texts = Self.filled(phrase.form, names: Self.names(String(verb), state, inventory, layers))
      for text in texts where !list.contains(text) && (try? Vocabulary.parse(text)) != nil { list.append(text) }
    }
    self.list = list
  }

  /// What an answer means: the number of an offer, an action, or words that only one offer has.
  public enum Answer: Equatable {
    case action(String)
    case several([String])
    case none(String)
  }

  public func answer(_ text: String) -> Answer {
    if let number = Int(text) {
      return list.indices.contains(number - 1)
        ? .action(list[number - 1]) : .none("there is no number \(number): 1 to \(list.count)")
    }
    let matching = matches(text)
    do {
      let action = try Vocabulary.parse(text)
      guard (action.input == .position) == control.kind.isContinuous else {
        return .none("\(action.words) does not fit a \(control.kind.rawValue)")
      }
      return .action(action.words)
    } catch {
      switch matching.count {
      case 0: return .none("\(error.message): \(error.advice)")
      case 1: return .action(matching[0])
      default: return .several(matching)
      }
    }
  }

  /// The offers that have all of the words.
  public func matches(_ text: String) -> [String] {
    let words = text.lowercased().split(separator: " ")
    return list.filter { offer in words.allSatisfy(offer.lowercased().contains) }
  }

  /// What may stand for the names of a verb's forms, together.
  private static func names(
    _ verb: String, _ state: SwitcherState, _ inventory: Inventory, _ layers: [String: Int]
  ) -> [[String]] {
    func counted(_ names: [String]) -> [[String]] {
      names.isEmpty ? (1...8).map { [String($0)] } : names.map { [quoted($0)] }
    }
    return switch verb {
    case "scene": counted(state.scenes)
    case "audio": counted(state.inputs.map(\.name))
    case "transition": counted(state.transitions)
    case "composite": counted([])
    case "switcher-macro": counted(state.macros)
    case "key":
      state.keys.keys.compactMap { if case .upstream(let number) = $0 { number } else { nil } }.sorted()
        .map { [String($0)] }
    case "downstream-key":
      state.keys.keys.compactMap { if case .downstream(let number) = $0 { number } else { nil } }.sorted()
        .map { [String($0)] }
    case "item": state.items.keys.map { [quoted($0.scene), quoted($0.name)] }.sorted { $0.joined() < $1.joined() }
    case "filter": state.filters.keys.map { [quoted($0.source), quoted($0.name)] }.sorted { $0.joined() < $1.joined() }
    case "media": (inventory.media ?? []).map { [quoted($0)] }
    case "hotkey": (inventory.hotkeys ?? []).map { [quoted($0)] }
    case "layer":
      layers.sorted { $0.key < $1.key }.flatMap { layer, shots in
        (1...max(1, shots)).map { [quoted(layer), String($0)] }
      }
    default: []
    }
  }

  /// A form with each of its choices made, and its capitals replaced by names.
  private static func filled(_ form: String, names: [[String]]) -> [String] {
    let words = form.split(separator: " ").map(String.init)
    let places = words.filter { $0 == $0.uppercased() && $0.contains(where: \.isLetter) && !$0.hasPrefix("[") }
    let sets = places.isEmpty ? [[]] : names
    return sets.flatMap { names in
      var texts = [""]
      var rest = names[...]
      for word in words where !word.hasPrefix("[") {
        let isPlace = word == word.uppercased() && word.contains(where: \.isLetter)
        guard !isPlace || !rest.isEmpty else { return [String]() }
        let choices = isPlace ? [rest.removeFirst()] : word.split(separator: "|").map(String.init)
        texts = texts.flatMap { text in choices.map { text.isEmpty ? $0 : "\(text) \($0)" } }
      }
      return texts
    }
  }
}
