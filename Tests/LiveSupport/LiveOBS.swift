import Foundation
package import Testing

/// The real OBS that `Tests/Rigs/run-obs.sh` has started around this test run.
package struct LiveOBS: Sendable {
  package var host: String
  package var port: Int
  package var password: String

  package init(host: String, port: Int, password: String) {
    (self.host, self.port, self.password) = (host, port, password)
  }

  package static let current: LiveOBS? = {
    let environment = ProcessInfo.processInfo.environment
    guard let host = environment["OBS_HOST"], let port = environment["OBS_PORT"].flatMap({ Int($0) }),
      let password = environment["OBS_PASSWORD"]
    else { return nil }
    return LiveOBS(host: host, port: port, password: password)
  }()

  /// Where it is demanded (VIDEO_DIRECTOR_OBS=1) the tests run, and fail, without it too.
  package static let isExpected = current != nil || ProcessInfo.processInfo.environment["VIDEO_DIRECTOR_OBS"] == "1"

  /// What OBS was asked for, by its own log of the messages that have reached it (`run-obs.sh -l`).
  ///
  /// - Parameter start: the bytes of the log to pass over.
  package static func requests(inLog path: String, from start: Int = 0) throws -> [String] {
    let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)).dropFirst(start), as: UTF8.self)
    // What it answered is there too, and names the requests again.
    let asked = text.components(separatedBy: "Incoming message").dropFirst().flatMap {
      $0.components(separatedBy: "Outgoing message").prefix(1)
    }
    return asked.flatMap { $0.matches(of: /"requestType": ?"(\w+)"/) }.map { String($0.1) }
  }

  package static func required() throws -> LiveOBS {
    try #require(current, "OBS_HOST, OBS_PORT and OBS_PASSWORD are not set: run Tests/Rigs/test-obs.sh")
  }
}

extension Trait where Self == ConditionTrait {
  package static var needsOBS: Self {
    .enabled(if: LiveOBS.isExpected, "no OBS here: Tests/Rigs/test-obs.sh starts one")
  }
}
