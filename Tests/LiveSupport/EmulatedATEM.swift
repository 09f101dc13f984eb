import Foundation
package import Testing

/// The emulated ATEM that `Tests/Rigs/run-atem.sh` has started around this test run.
package struct EmulatedATEM: Sendable {
  package let url: String
  private let folder: URL

  package static let current: EmulatedATEM? = {
    let environment = ProcessInfo.processInfo.environment
    guard let host = environment["ATEM_HOST"], let port = environment["ATEM_PORT"], let folder = environment["OBS_DIR"]
    else { return nil }
    return EmulatedATEM(url: "atem://\(host):\(port)", folder: URL(filePath: folder))
  }()

  /// What has happened in it so far, a line each.
  package var events: [String] {
    get throws {
      let text = try String(contentsOf: folder.appending(path: "atem.log"), encoding: .utf8)
      return text.split(separator: "\n").map(String.init)
    }
  }

  /// What it has been told since so many events.
  package func obeyed(since before: Int) throws -> [String] {
    try events.dropFirst(before).filter { $0.hasPrefix("obeyed") }
  }

  /// Cuts its power, or gives it back.
  package func power(_ isOn: Bool) throws {
    let file = folder.appending(path: "atem.off")
    if isOn { try FileManager.default.removeItem(at: file) } else { try Data().write(to: file) }
  }
}

extension Trait where Self == ConditionTrait {
  package static var needsATEM: Self {
    .enabled(if: EmulatedATEM.current != nil, "no emulated ATEM here: Tests/Rigs/run-atem.sh starts one")
  }
}
