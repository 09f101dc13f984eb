import Mappings
public import Surfaces

/// The actions that fit a control, with the names that the switcher and the show know today.
public struct ActionOffers: Sendable {
  /// In the words of a mapping.
  public let list: [String]
  private let control: Control

  public init(for control: Control, names: ActionNames = ActionNames()) {
    self.control = control
    let input: Phrase.Input = control.kind.isContinuous ? .position : .button
    let phrases = Vocabulary.phrases.filter { $0.input == input }
    var list = Self.texts(phrases, names, of: names.switchers.first)
    for switcher in names.switchers.dropFirst() {
      let own = phrases.filter { !ActionNames.ofTheDesk.contains($0.verb) }
      list += Self.texts(own, names, of: switcher).map { "\(switcher.name): \($0)" }
    }
    self.list = list
  }

  private static func texts(
    _ phrases: [Phrase], _ names: ActionNames, of switcher: ActionNames.OfSwitcher?
  ) -> [String] {
    var list: [String] = []
    for phrase in phrases {
      for text in filled(phrase.form, names: names.sets(phrase.verb, of: switcher))
      where !list.contains(text) && (try? Vocabulary.parse(text)) != nil {
        list.append(text)
      }
    }
    return list
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

extension Phrase {
  fileprivate var verb: String { String(form.prefix { $0 != " " }) }
}
