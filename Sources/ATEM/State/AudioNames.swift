/// What the sources of the audio mixer are called: after the picture they come with, made distinct.
package struct AudioNames: Hashable, Sendable {
  private var names: [AudioSourceID: String] = [:]
  private var ids: [String: AudioSourceID] = [:]
  private var order: [AudioSourceID] = []

  package init() {}

  init(_ sources: some Collection<AudioSourceID>, sources pictures: SourceNames) {
    order = sources.sorted { ($0.input, $0.source ?? 0) < ($1.input, $1.source ?? 0) }
    for (id, name) in distinct(order.map { ($0, $0.label(pictures), Int($0.input)) }) {
      names[id] = name
      ids[name] = id
    }
  }

  /// In the mixer's own order.
  package var all: [(id: AudioSourceID, name: String)] { order.map { ($0, self[$0]) } }

  package subscript(id: AudioSourceID) -> String { names[id] ?? "Audio \(id.input)" }

  package func id(named name: String) -> AudioSourceID? { ids[name] }

  func renames(since old: AudioNames) -> [(String, String)] {
    orderedRenames(names.compactMap { id, name in old.names[id].map { ($0, name) } })
  }
}

extension AudioSourceID {
  /// The numbers are those of the recorded states: 1 to 40 are the pictures' own, 2001 on the media players'.
  fileprivate func label(_ pictures: SourceNames) -> String {
    let name =
      switch input {
      case 1...999: pictures[input]
      case 1001: "XLR"
      case 1201: "RCA"
      case 1301...1399: "Microphone \(input - 1300)"
      case 1401: "TRS"
      case 1501...1599: "MADI \(input - 1500)"
      case 2001...2004: pictures[3010 + (input - 2001) * 10]
      default: "Audio \(input)"
      }
    switch source {
    case Self.left: return name + " left"
    case Self.right: return name + " right"
    default: return name
    }
  }
}
