import Mappings
public import Surfaces

/// A change of a mapping's text.
public enum MappingEdit: Sendable {
  public typealias Slot = MappingOutline.Slot

  /// Sets parts of a binding (`do`, `hold`, …) and takes others away.
  case set(Slot, [String: String], removing: [String] = [])
  case unset([Slot])
  /// Onto a control that is free.
  case move(Slot, to: Slot)
  /// Onto a control that is free.
  case copy(Slot, to: Slot)
  case swap(Slot, Slot)
  case addPage(String)

  /// The text after the change, read again before it is given back.
  ///
  /// - Throws: ``Problems`` where the change cannot be made, would make something else do something else, or leads
  ///   to a mapping with problems that it did not have.
  public func applied(to text: String, file: String, surface: Surface) throws(Problems) -> String {
    func refusal(_ message: String, _ advice: String, line: Int? = nil) -> Problems {
      Problems([Problem(file: file, line: line, message: message, advice: advice)])
    }
    let before = try MappingOutline(text, file: file)
    if let objection = objection(to: before, surface) { throw refusal(objection.message, objection.advice) }
    var edited = MappingText(text, surface: surface)
    do { try cut(&edited) } catch {
      throw refusal("\(error.what) is written in a form that this does not edit", "edit it by hand")
    }
    let after: MappingOutline
    do { after = try MappingOutline(edited.text, file: file) } catch {
      throw refusal(
        "the change would reach further than it should", "an anchor here is repeated elsewhere: edit it by hand")
    }
    guard MappingText.comments(text) == MappingText.comments(edited.text) else {
      throw refusal("the change would lose a comment", "edit it by hand")
    }
    var wanted = Self.meaning(of: before)
    change(&wanted)
    let got = Self.meaning(of: after)
    let changed = Set(wanted.keys).union(got.keys).filter { wanted[$0] != got[$0] }.map(\.title).sorted()
    guard changed.isEmpty, before.pages.map(\.name).allSatisfy(after.pages.map(\.name).contains) else {
      throw refusal(
        "the change would reach further than it should: \(changed.prefix(5).joined(separator: ", "))",
        "something here repeats or is repeated (an anchor, an alias): edit it by hand")
    }
    let problems = Self.problems(in: edited.text, file, surface)
    guard !problems.isEmpty else { return edited.text }
    let known = Self.problems(in: text, file, surface)
    let new = problems.filter { problem in
      !known.contains { $0.message == problem.message && $0.advice == problem.advice }
    }
    guard new.isEmpty else { throw Problems(new) }
    return edited.text
  }

  private static func problems(in text: String, _ file: String, _ surface: Surface) -> [Problem] {
    do {
      _ = try MappingFile.parse(text, file: file, surface: surface)
      return []
    } catch { return error.list }
  }

  // MARK: on the text

  private func cut(_ text: inout MappingText) throws(MappingText.Unknown) {
    switch self {
    case .set(let slot, let parts, let removed):
      let ordered = parts.sorted { Self.order($0.key) < Self.order($1.key) }.map { (name: $0.key, text: $0.value) }
      if !ordered.isEmpty { try text.set(slot, ordered) }
      if !removed.isEmpty { try text.remove(slot, parts: removed) }
    case .unset(let slots): for slot in slots { try text.unset(slot) }
    case .copy(let from, let to): try text.copy(from, to: to)
    case .move(let from, let to): try text.move(from, to: to)
    case .swap(let a, let b): try text.swap(a, b)
    case .addPage(let name): try text.addPage(name)
    }
  }

  private static func order(_ part: String) -> Int {
    BindingOptions.names.firstIndex(of: part) ?? BindingOptions.names.count
  }

  // MARK: on the meaning

  private typealias Meaning = [Slot: [String: String]]

  private static func meaning(of outline: MappingOutline) -> Meaning {
    var meaning: Meaning = [:]
    for entry in outline.entries {
      meaning[entry.slot] = Dictionary(entry.parts.map { ($0.name, $0.text) }) { first, _ in first }
    }
    return meaning
  }

  private func change(_ meaning: inout Meaning) {
    switch self {
    case .set(let slot, let parts, let removed):
      var all = (meaning[slot] ?? [:]).filter { !$0.value.isEmpty }.merging(parts) { _, new in new }
      for name in removed { all[name] = nil }
      meaning[slot] = all.isEmpty ? nil : all
    case .unset(let slots): for slot in slots { meaning[slot] = nil }
    case .copy(let from, let to): meaning[to] = meaning[from]
    case .move(let from, let to):
      meaning[to] = meaning[from]
      meaning[from] = nil
    case .swap(let a, let b): (meaning[a], meaning[b]) = (meaning[b], meaning[a])
    case .addPage: break
    }
  }

  // MARK: what speaks against it

  private func objection(to outline: MappingOutline, _ surface: Surface) -> (message: String, advice: String)? {
    func unknown(_ slot: Slot) -> (message: String, advice: String)? {
      if surface.control(named: slot.control) == nil {
        return (
          "unknown control \(slot.control)",
          nearest(to: slot.control, among: surface.controls.lazy.map(\.name)).map { "did you mean \($0)?" }
            ?? "`video-director map controls` lists them"
        )
      }
      guard let page = slot.page, !outline.pages.contains(where: { $0.name == page }) else { return nil }
      let near = nearest(to: page, among: outline.pages.map(\.name)).map { "did you mean \($0)? else " } ?? ""
      return ("there is no page \(page)", "\(near)make it with --new-page")
    }
    func free(_ slot: Slot) -> (message: String, advice: String)? {
      guard let entry = outline[slot] else { return nil }
      return (
        "\(slot.title) is bound already, to \(entry.action ?? "something")",
        "`map swap` exchanges the two, `map unset` clears it first"
      )
    }
    func bound(_ slot: Slot) -> (message: String, advice: String)? {
      outline[slot] == nil ? ("\(slot.title) is bound to nothing", "`map list` shows what is bound") : nil
    }
    func lacking(_ slot: Slot, _ parts: [String]) -> (message: String, advice: String)? {
      parts.allSatisfy { outline[slot]?[$0] == nil }
        ? ("\(slot.title) has no \(parts.joined(separator: ", "))", "`map show` shows what it has") : nil
    }
    switch self {
    case .set(let slot, let parts, let removed) where parts.isEmpty:
      return unknown(slot) ?? bound(slot) ?? lacking(slot, removed)
    case .set(let slot, _, _): return unknown(slot)
    case .unset(let slots): return slots.lazy.compactMap { bound($0) }.first
    case .copy(let from, let to), .move(let from, let to):
      return bound(from) ?? unknown(to) ?? free(to)
    case .swap(let a, let b): return bound(a) ?? bound(b)
    case .addPage(let name):
      return outline.pages.contains { $0.name == name } ? ("there is a page \(name) already", "use it") : nil
    }
  }
}

extension MappingOutline.Slot {
  /// `solo-1`, `solo-1 on page talk`.
  public var title: String { control + (page.map { " on page \($0)" } ?? "") }
}
