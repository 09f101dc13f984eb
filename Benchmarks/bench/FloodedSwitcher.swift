import Foundation
import Synchronization

/// What a flood ends in, seen from its own side.
protocol FloodedSwitcher: Sendable {
  var host: String { get }
  var port: Int { get }
  var password: String? { get }

  /// How often an input was muted or unmuted.
  var muteCount: Int { get }

  /// The levels of the inputs, in dB.
  var allLevels: [String: Double] { get throws }
}

extension StandIn: FloodedSwitcher {
  var host: String { "127.0.0.1" }
  var password: String? { nil }
  var muteCount: Int { count(of: "SetInputMute") }
}

/// The OBS that `Tests/Rigs/run-obs.sh` has started around this, with eight inputs.
final class FloodedOBS: FloodedSwitcher {
  let host: String
  let port: Int
  let password: String?
  private let inputs: [String]
  private let changes = Atomic<Int>(0)

  /// `nil` where no OBS was started.
  init?() throws {
    let environment = ProcessInfo.processInfo.environment
    guard let host = environment["OBS_HOST"], let port = environment["OBS_PORT"].flatMap({ Int($0) }),
      let password = environment["OBS_PASSWORD"]
    else { return nil }
    (self.host, self.port, self.password) = (host, port, password)
    var obs = try RawOBS(host: host, port: port, password: password, events: 0)
    defer { obs.close() }
    for number in 2...8 {
      obs.ask(
        "CreateInput",
        #"{"sceneName":"Cam 1","inputName":"Input \#(number)","inputKind":"ffmpeg_source","inputSettings":{}}"#)
    }
    inputs = (obs.ask("GetInputList", "{}")["inputs"] as? [[String: Any]] ?? [])
      .compactMap { $0["inputName"] as? String }
    let watching = try RawOBS(host: host, port: port, password: password, events: 1 << 3)  // Inputs
    Thread.detachNewThread { [self] in
      var witness = watching
      while let (message, _) = witness.next() {
        guard let body = message["d"] as? [String: Any], body["eventType"] as? String == "InputMuteStateChanged" else {
          continue
        }
        changes.add(1, ordering: .relaxed)
      }
    }
  }

  var muteCount: Int { changes.load(ordering: .relaxed) }

  var allLevels: [String: Double] {
    get throws {
      var obs = try RawOBS(host: host, port: port, password: password ?? "", events: 0)
      defer { obs.close() }
      return inputs.reduce(into: [:]) { levels, name in
        levels[name] = obs.ask("GetInputVolume", #"{"inputName":"\#(name)"}"#)["inputVolumeDb"] as? Double
      }
    }
  }
}
