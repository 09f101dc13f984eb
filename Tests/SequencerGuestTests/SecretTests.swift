import Foundation
import LiveSupport
import Testing

extension RealSequencer {
  @Test("the password of a run is in no line of it, not in its journal, its arguments, its environment")
  func password() throws {
    let controller = try FakeNanoKontrol2()
    defer { controller.quit() }
    let journal = FileManager.default.temporaryDirectory.appending(path: "secret-\(UUID().uuidString).jsonl").path
    let bridge = try Bridge(
      ["run", "--switcher", "obs://127.0.0.1:1", "--journal", journal], password: "opensesame",
      variables: ["BESIDE": "it"])
    defer { bridge.clear() }
    _ = try Guest.wait(for: "the controller") { bridge.told.contains { $0.contains("nanoKONTROL2 (") } ? true : nil }
    func told(_ name: String) throws -> String {
      String(
        decoding: try Data(contentsOf: URL(fileURLWithPath: "/proc/\(bridge.processIdentifier)/\(name)")), as: UTF8.self
      )
    }
    #expect(try told("environ").contains("BESIDE=it"), "the environment was seen at all")
    #expect(try !told("environ").contains("opensesame"))
    #expect(try !told("cmdline").contains("opensesame"))
    #expect(bridge.interrupt() == 0)
    #expect(!bridge.told.contains { $0.contains("opensesame") }, "\(bridge.told)")
    #expect(try !String(contentsOfFile: journal, encoding: .utf8).contains("opensesame"))
  }
}
