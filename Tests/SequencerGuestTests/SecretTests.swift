import Foundation
import LiveSupport
import Testing

extension RealSequencer {
  @Test(
    "the password of a run is in no line of it, not in its journal, its arguments, its environment; nothing of it listens"
  )
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
    #expect(try listening(bridge.processIdentifier) == [])
    #expect(bridge.interrupt() == 0)
    #expect(!bridge.told.contains { $0.contains("opensesame") }, "\(bridge.told)")
    #expect(try !String(contentsOfFile: journal, encoding: .utf8).contains("opensesame"))
  }

  /// The sockets of a process that take connections, as the kernel lists them: proc_pid_net(5).
  private func listening(_ process: Int32) throws -> [String] {
    let files = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd")
    let own = files.compactMap {
      try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/fd/\($0)")
    }
    #expect(own.contains { $0.hasPrefix("socket:") }, "it has the socket of its claim")
    func sockets(_ table: String, inode: Int, where takes: ([Substring]) -> Bool) throws -> [String] {
      try String(contentsOfFile: "/proc/\(process)/net/\(table)", encoding: .utf8).split(separator: "\n").dropFirst()
        .map { $0.split(separator: " ") }.filter(takes).map { "socket:[\($0[inode])]" }
    }
    // 0A is LISTEN; the bit of an accepting socket is 0x10000. What is bound to a port hears datagrams.
    let all =
      try ["tcp", "tcp6"].flatMap { try sockets($0, inode: 9) { $0[3] == "0A" } }
      + ["udp", "udp6"].flatMap { try sockets($0, inode: 9) { _ in true } }
      + sockets("unix", inode: 6) { Int($0[3], radix: 16).map { $0 & 0x10000 != 0 } ?? false }
    return all.filter(own.contains)
  }
}
