package import ATEM
import Switching

/// What a recorded state says, in the form that decoders which are not ours print.
package struct Reading: Codable {
  var version: String
  var product: String
  var videoMode: UInt8
  var names: [String: String]
  var program: [String: UInt16]
  var preview: [String: UInt16]
  var style: UInt8
  var rates: [String: UInt8]
  var upstream: [String: Bool]
  var downstream: [String: Bool]
  var keyFills: [String: [UInt16]]
  var auxiliaries: [String: UInt16]
  var tally: [String: UInt8]
  var black: Bool
  /// Level in 0.01 dB, mix option, balance.
  var audio: [String: [Int?]]
  var master: Int?
  var macros: [String: String]
  var stills: [String: String]
  var clips: [String: String]
  var ties: [String: Bool]
  var selection: UInt8
  var players: [String: [UInt8]]
  var recording: Bool?
  var streaming: Bool?

  /// As the product reads it.
  package init(_ state: ATEMState) {
    version = "\(state.version)"
    product = state.product
    videoMode = state.videoMode?.mode ?? .max
    names = keyed(state.sources.mapValues(\.longName))
    program = keyed(state.program)
    preview = keyed(state.preview)
    style = state.style.rawValue
    rates = keyed(Dictionary(uniqueKeysWithValues: state.rates.map { ($0.key.rawValue, $0.value) }))
    (upstream, downstream) = ([:], [:])
    for (key, onAir) in state.keys {
      switch key {
      case .upstream(let number): upstream["\(number)"] = onAir
      case .downstream(let number): downstream["\(number)"] = onAir
      }
    }
    keyFills = keyed(state.keySources.mapValues { [$0.fill, $0.cut] })
    auxiliaries = keyed(state.auxiliaries)
    tally = keyed(state.tally.mapValues(\.rawValue))
    black = state.isBlack ?? false
    audio = [:]
    for (id, source) in state.audio {
      let key = id.source.map { "\(id.input)/\($0)" } ?? "\(id.input)"
      audio[key] = [hundredths(source.level), Int(source.option.classic.rawValue), Int(source.balance)]
    }
    master = state.masterLevel.flatMap(hundredths)
    macros = keyed(state.macros)
    stills = keyed(state.stills)
    clips = keyed(state.clipNames)
    ties = keyed(state.ties)
    selection = state.nextSelection
    players = keyed(state.players.mapValues { [$0.kind.rawValue, $0.still, $0.clip] })
    recording = state.outputs[.record].map { $0 == .started }
    streaming = state.outputs[.stream].map { $0 == .started }
  }

  /// Every single value under a name of its own.
  package var values: [String: String] {
    var values: [String: String] = [:]
    for child in Mirror(reflecting: self).children { flatten(child.value, under: child.label ?? "", into: &values) }
    return values
  }
}

private func keyed<Key, Value>(_ values: [Key: Value]) -> [String: Value] {
  Dictionary(uniqueKeysWithValues: values.map { ("\($0.key)", $0.value) })
}

private func hundredths(_ level: Decibels) -> Int? {
  level == .silence ? nil : Int((level.value * 100).rounded())
}

private func flatten(_ value: Any, under name: String, into values: inout [String: String]) {
  let mirror = Mirror(reflecting: value)
  switch mirror.displayStyle {
  case .dictionary:
    for child in mirror.children {
      guard let (key, value) = child.value as? (key: String, value: Any) else { continue }
      flatten(value, under: name + "." + key, into: &values)
    }
  case .collection:
    for (index, child) in mirror.children.enumerated() {
      flatten(child.value, under: "\(name)[\(index)]", into: &values)
    }
  default: values[name] = "\(value)"
  }
}
