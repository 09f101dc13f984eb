/// What the sources are called: by their long names, made distinct.
///
/// Scenes come first, inputs before all else, each kind by number. Where two have one name, the first keeps it and each
/// later one bears its number too: `Camera`, `Camera (7)`.
package struct SourceNames: Hashable, Sendable {
  package struct Name: Hashable, Sendable {
    package var id: SourceID
    package var name: String
  }

  /// What can go on the program bus.
  package private(set) var scenes: [Name] = []
  private var names: [SourceID: String] = [:]
  private var ids: [String: SourceID] = [:]

  package init() {}

  init(_ sources: some Collection<Source>) {
    let ordered = sources.sorted { $0.rank < $1.rank }
    let labelled = distinct(ordered.map { ($0.id, $0.label, Int($0.id)) })
    for (source, label) in zip(ordered, labelled) {
      names[source.id] = label.name
      ids[label.name] = source.id
      if source.isScene { scenes.append(Name(id: source.id, name: label.name)) }
    }
  }

  package subscript(id: SourceID) -> String { names[id] ?? "Source \(id)" }

  package func id(named name: String) -> SourceID? { ids[name] }

  /// Old and new names, in an order in which none is taken before it is free.
  func renames(since old: SourceNames) -> [(String, String)] {
    orderedRenames(names.compactMap { id, name in old.names[id].map { ($0, name) } })
  }
}

extension Source {
  fileprivate var rank: (Int, Int, SourceID) { (isScene ? 0 : 1, isInput ? 0 : 1, id) }

  fileprivate var label: String {
    longName.isEmpty ? shortName.isEmpty ? "Source \(id)" : shortName : longName
  }
}

/// Gives every name once: a later one of the same name bears its number.
func distinct<ID>(_ named: [(id: ID, name: String, number: Int)]) -> [(id: ID, name: String)] {
  var taken: Set<String> = []
  // A name that stands for itself is never given to another that only bears a number.
  let plain = Set(named.map(\.name))
  return named.map { id, name, number in
    var distinct = name
    while taken.contains(distinct) || (distinct != name && plain.contains(distinct)) { distinct += " (\(number))" }
    taken.insert(distinct)
    return (id, distinct)
  }
}

/// Puts renames in an order in which no new name is still somebody's old one.
func orderedRenames(_ renames: [(String, String)]) -> [(String, String)] {
  var rest = renames.filter { $0.0 != $0.1 }.sorted { $0.0 < $1.0 }
  var ordered: [(String, String)] = []
  while let next = rest.firstIndex(where: { rename in !rest.contains { $0.0 == rename.1 } }) {
    ordered.append(rest.remove(at: next))
  }
  return ordered + rest
}
