import ShowFiles

/// A list to choose from by arrow keys and by typing a part of what is meant.
struct Menu {
  enum Key: Equatable {
    case up, down, enter, erase, cancel, tab
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
    return shown + ["\(matches.count) of \(offers.list.count)  \(complaint ?? "arrows, Enter, or type") : \(typed)"]
  }

  /// The keys in what a terminal sent.
  static func keys(_ bytes: [UInt8]) -> [Key] {
    var keys: [Key] = []
    var rest = String(decoding: bytes, as: UTF8.self)[...]
    while let letter = rest.first {
      if rest.hasPrefix("\u{1B}[A") || rest.hasPrefix("\u{1B}OA") {
        keys.append(.up)
        rest = rest.dropFirst(3)
        continue
      }
      if rest.hasPrefix("\u{1B}[B") || rest.hasPrefix("\u{1B}OB") {
        keys.append(.down)
        rest = rest.dropFirst(3)
        continue
      }
      switch letter {
      case "\t": keys.append(.tab)
      case "\r", "\n": keys.append(.enter)
      case "\u{7F}", "\u{8}": keys.append(.erase)
      case "\u{3}", "\u{4}", "\u{1B}": keys.append(.cancel)
      case _ where letter.isASCII && (letter.asciiValue ?? 0) < 0x20: break
      default: keys.append(.letter(letter))
      }
      rest = rest.dropFirst()
    }
    return keys
  }
}
