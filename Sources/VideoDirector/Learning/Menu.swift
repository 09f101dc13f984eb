import ShowFiles

/// A list to choose from by arrow keys and by typing a part of what is meant.
struct Menu {
  enum Key: Equatable {
    case up, down, first, last, enter, erase, cancel, tab
    case letter(Character)
  }

  let offers: ActionOffers
  private(set) var typed = ""
  private(set) var selected = 0
  private(set) var complaint: String?

  /// Rows to show at a time.
  static let height = 10

  init(_ offers: ActionOffers) { self.offers = offers }

  var matches: [String] { offers.matches(typed) }

  /// Takes a key in; gives back the action where one was chosen.
  mutating func press(_ key: Key) -> String? {
    complaint = nil
    switch key {
    case .up: selected = max(0, selected - 1)
    case .down: selected = min(max(0, matches.count - 1), selected + 1)
    case .first: selected = 0
    case .last: selected = max(0, matches.count - 1)
    case .letter(let letter):
      typed.append(letter)
      selected = 0
    case .erase:
      _ = typed.popLast()
      selected = 0
    case .cancel, .tab: break
    case .enter:
      if matches.indices.contains(selected) { return matches[selected] }
      switch offers.answer(typed) {
      case .action(let action): return action
      case .several: break
      case .none(let reason): complaint = reason
      }
    }
    return nil
  }

  /// What to show, the chosen row marked.
  var rows: [String] {
    let first = max(0, min(selected - Self.height / 2, matches.count - Self.height))
    let shown = matches.enumerated().dropFirst(first).prefix(Self.height).map { index, offer in
      (index == selected ? "> " : "  ") + offer
    }
    return shown + ["\(matches.count) of \(offers.list.count)  \(complaint ?? "arrows, Enter, or type")", ": \(typed)"]
  }
}
